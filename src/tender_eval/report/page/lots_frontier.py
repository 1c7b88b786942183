"""The chart of the frontier: designs by what small providers win and by price, with error bars both ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tender_eval.languages.inert import cut
from tender_eval.report.page.charts import percent
from tender_eval.report.page.lots_charts import ends_of, rounded, ticks
from tender_eval.simulation.outcome import FrontierPoint

LONGEST_AT_POINT = 7  # columns of a name that stands beside its point
FRONTIER_HEIGHT = 300  # pixels
LABEL_NEEDS = 26  # pixels above a point; where there are fewer, its label stands below
NEAR_X, NEAR_Y = 8.0, 18.0  # per cent and pixels within which two points share a label


@dataclass(frozen=True, slots=True)
class Point:
    """A design on the frontier chart; the label of those that lie together stands at the first of them."""

    x: str
    y: str
    left: str
    right: str
    top: str
    bottom: str
    label: str
    anchor: str
    dy: int
    behind: bool


@dataclass(frozen=True, slots=True)
class FrontierChart:
    """Designs by the share that small providers win, across, and by price, up; ticks with their places."""

    numbered: bool  # the labels are numbers, for names too long to stand beside a point
    points: tuple[Point, ...]
    across: tuple[tuple[str, str], ...]
    up: tuple[tuple[str, str], ...]


def frontier_chart(found: Sequence[FrontierPoint]) -> FrontierChart | None:
    """The designs by price and by what small providers win; None where one of the two is not known of any."""
    placed = [
        (n, p, p.figures["small_win_share"], p.figures["price_ratio"])
        for n, p in enumerate(found, 1)
        if p.figures["small_win_share"].mean is not None and p.figures["price_ratio"].mean is not None
    ]
    if not placed:
        return None
    across = ticks(0.0, max(end for _, _, share, _ in placed for end in ends_of(share)) or 1.0)
    prices = [end for _, _, _, price in placed for end in ends_of(price)]
    up = ticks(min(prices) - 0.01, max(prices) + 0.01)

    def x(value: float) -> float:
        return value / across[-1]

    def y(value: float) -> float:
        return FRONTIER_HEIGHT * (up[-1] - value) / (up[-1] - up[0])

    spots = [(100 * x(share.mean or 0.0), y(price.mean or 0.0)) for _, _, share, price in placed]
    numbered = any(len(p.label) > LONGEST_AT_POINT for p in found)
    labels = _labels(spots, [str(n) if numbered else cut(p.label, LONGEST_AT_POINT) for n, p, *_ in placed])
    points = []
    for (_, p, share, price), (across_at, up_at), label in zip(placed, spots, labels, strict=True):
        left, right = (percent(x(max(end, 0.0))) for end in ends_of(share))
        bottom, top = (f"{y(end):.1f}" for end in ends_of(price))
        anchor, dy = (
            "end" if across_at > 90 else "start" if across_at < 8 else "middle",
            -13 if up_at > LABEL_NEEDS else LABEL_NEEDS,
        )
        points.append(
            Point(
                percent(across_at / 100), f"{up_at:.1f}", left, right, top, bottom, label, anchor, dy,
                bool(p.dominated_by),
            )
        )  # fmt: skip
    return FrontierChart(
        numbered,
        tuple(points),
        tuple((percent(x(v)), rounded("small_win_share", v)) for v in across),
        tuple((f"{y(v):.1f}", rounded("price_ratio", v)) for v in up),
    )


def _labels(spots: Iterable[tuple[float, float]], names: Sequence[str]) -> list[str]:
    """The names of the points; those that lie close to each other stand together at the first."""
    leaders: list[tuple[float, float]] = []
    labels: list[list[str]] = []
    whose: list[int | None] = []
    for (x, y), name in zip(spots, names, strict=True):
        near = (n for n, (ax, ay) in enumerate(leaders) if abs(ax - x) < NEAR_X and abs(ay - y) < NEAR_Y)
        group = next(near, None)
        if group is None:
            leaders.append((x, y))
            labels.append([name])
            whose.append(len(leaders) - 1)
        else:
            labels[group].append(name)
            whose.append(None)
    return ["" if group is None else ", ".join(labels[group]) for group in whose]
