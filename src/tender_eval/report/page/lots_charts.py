"""The charts of a simulation: levels with error bars, shares of a whole, what assumptions move, and the frontier.

Across, everything is in per cent of the width, so that a chart fits a phone and a page; down, in pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tender_eval.report.inert import cut
from tender_eval.report.lots_figures import ENDS, assumption, error, written
from tender_eval.report.page.charts import ROW, Bar, Chart, Segment
from tender_eval.simulation.outcome import DesignOutcome, Effect, Estimate, FrontierPoint, Moved

LONGEST_LABEL = 34  # columns beside a value that still fit on a phone
LONGEST_ASSUMPTION = 46
LONGEST_AT_POINT = 7
SPAN = 2.0  # standard errors to each side of a mean
FUNNEL_ROW = 66
TICKS = 4
FRONTIER_HEIGHT = 300  # pixels
MOVED_ROW = 64
NEAR_X, NEAR_Y = 8.0, 18.0  # per cent and pixels within which two points share a label


@dataclass(frozen=True, slots=True)
class Level:
    """One design: a bar of ``width`` from the left, or a dot at its end, and the line of its error."""

    label: str
    value: str
    known: bool
    width: str
    low: str
    high: str
    y: int


@dataclass(frozen=True, slots=True)
class Levels:
    """A figure of every design on one axis, whose ends are ``least`` and ``most``."""

    rows: tuple[Level, ...]
    dots: bool  # the axis does not begin at nought, so that lengths say nothing
    least: str
    most: str
    height: int


@dataclass(frozen=True, slots=True)
class Push:
    """What one end of an assumption's range does: a bar from ``start``, with its error, and its figure."""

    start: str
    width: str
    low: str
    high: str
    value: str


@dataclass(frozen=True, slots=True)
class MovedRow:
    """An assumption with its low and its high; None where that is the value it has."""

    label: str
    low: Push | None
    high: Push | None
    y: int


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


def levels_chart(
    designs: Sequence[DesignOutcome], name: str, *, most: float | None = None, near: float | None = None
) -> Levels:
    """A figure of every design with its error.

    Args:
        most: where the axis ends at the least, for figures that have a natural end.
        near: at least so much is shown of the axis around the figures, in place of all from nought.
    """
    return level_rows([(d.label, d[name]) for d in designs], name, most=most, near=near)


def level_rows(
    found: Sequence[tuple[str, Estimate]], name: str, *, most: float | None = None, near: float | None = None
) -> Levels:
    """As `levels_chart`, of means by label; an estimate without an error has no line."""
    ends = [end for _, e in found for end in _ends(e)]
    if near is None:
        low, high = 0.0, max([*ends, most or 0.0], default=0.0) or 1.0
        high = high if most else ticks(low, high)[-1]
    else:
        least, largest = min(ends, default=0.0), max(ends, default=0.0)
        wide = max(near - (largest - least), 0.0) / 2
        low, *_, high = ticks(least - wide, largest + wide)
    rows = [_level(label, e, name, low, high, n) for n, (label, e) in enumerate(found)]
    return Levels(tuple(rows), near is not None, rounded(name, low), rounded(name, high), len(rows) * ROW)


def rounded(name: str, value: float) -> str:
    """A round figure of an axis in its unit.

    >>> rounded("small_win_share", 0.25), rounded("small_bidders", 5.0), rounded("authority_cost", 80000.0)
    ('25%', '5', '£80,000')
    """
    text = written(name, value)
    number, percent, _ = text.partition("%")
    return (number.rstrip("0").rstrip(".") if "." in number else number) + percent


def funnel_chart(designs: Sequence[DesignOutcome]) -> Chart:
    """Where the small providers of every design end, each a part of a bar; ``says`` has the number of its key."""
    bars = []
    for n, design in enumerate(designs):
        segments, x = [], 0.0
        for part, (end, what) in enumerate(ENDS.items()):
            estimate = design.figures.get(f"funnel.{end}")
            share = (estimate.mean if estimate else None) or 0.0
            if share > 0:
                segments.append(Segment(percent(x), percent(share), part, f"{what}: {_whole(share)}"))
            x += share
        bars.append(Bar(cut(design.label, LONGEST_LABEL), "", tuple(segments), False, n * ROW))
    return Chart(tuple(bars), tuple(ENDS.values()), len(bars) * ROW)


def moved_chart(moved: Sequence[Moved], name: str) -> tuple[MovedRow, ...]:
    """What each assumption does to the answer in one figure: to the left of the middle less, to the right more."""
    ends = [abs(end) for m in moved for e in _both(m.effects[name]) if e for end in _ends(e)]
    scale = max(ends, default=0.0) or 1.0
    rows = []
    for n, m in enumerate(moved):
        low, high = (_push(e, name, scale) for e in _both(m.effects[name]))
        rows.append(MovedRow(cut(assumption(m.name), LONGEST_ASSUMPTION), low, high, n * MOVED_ROW))
    return tuple(rows)


def frontier_chart(found: Sequence[FrontierPoint]) -> FrontierChart | None:
    """The designs by price and by what small providers win; None where one of the two is not known of any."""
    placed = [
        (n, p, p.figures["small_win_share"], p.figures["price_ratio"])
        for n, p in enumerate(found, 1)
        if p.figures["small_win_share"].mean is not None and p.figures["price_ratio"].mean is not None
    ]
    if not placed:
        return None
    across = ticks(0.0, max(end for _, _, share, _ in placed for end in _ends(share)) or 1.0)
    prices = [end for _, _, _, price in placed for end in _ends(price)]
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
        left, right = (percent(x(max(end, 0.0))) for end in _ends(share))
        bottom, top = (f"{y(end):.1f}" for end in _ends(price))
        anchor, dy = "end" if across_at > 90 else "start" if across_at < 8 else "middle", -13 if up_at > 26 else 26
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


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Round figures from the last below ``low`` to the first above ``high``.

    >>> ticks(0.0, 4.5), ticks(0.907, 0.928)
    ((0.0, 2.0, 4.0, 6.0), (0.9, 0.91, 0.92, 0.93))
    """
    raw = (high - low) / TICKS or 1.0
    tens = 10.0 ** math.floor(math.log10(raw))
    step = next(s for s in (1, 2, 5, 10) if s * tens >= raw * 0.999) * tens
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, max(last, first + 1) + 1))


def percent(share: float) -> str:
    """A share of the width.

    >>> percent(1 / 3), percent(1.0), percent(0.0)
    ('33.333', '100', '0')
    """
    return f"{100 * share:.3f}".rstrip("0").rstrip(".")


def _level(label: str, estimate: Estimate, name: str, low: float, high: float, number: int) -> Level:
    y, short = number * ROW, cut(label, LONGEST_LABEL)
    if estimate.mean is None:
        return Level(short, "not known", False, "0", "0", "0", y)

    def at(value: float) -> str:
        return percent(min(max((value - low) / (high - low), 0.0), 1.0))

    value = written(name, estimate.mean) + (f" ± {error(name, estimate)}" if estimate.se is not None else "")
    least, most = _ends(estimate)
    return Level(short, value, True, at(estimate.mean), at(least), at(most), y)


def _push(estimate: Estimate | None, name: str, scale: float) -> Push | None:
    if estimate is None or estimate.mean is None:
        return None

    def at(value: float) -> float:
        return 0.5 + value / scale / 2

    least, most = _ends(estimate)
    start, end = sorted((0.5, at(estimate.mean)))
    value = written(name, estimate.mean, difference=True, unit="")
    return Push(percent(start), percent(end - start), percent(at(least)), percent(at(most)), value)


def _both(effect: Effect) -> tuple[Estimate | None, Estimate | None]:
    return effect.low, effect.high


def _ends(estimate: Estimate) -> tuple[float, ...]:
    """The ends of the line of an estimate's error; none where it has no mean."""
    if estimate.mean is None:
        return ()
    return estimate.mean - SPAN * (estimate.se or 0.0), estimate.mean + SPAN * (estimate.se or 0.0)


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


def _whole(share: float) -> str:
    """
    >>> _whole(0.791), _whole(0.004)
    ('79%', 'under 1%')
    """
    return f"{100 * share:.0f}%" if share >= 0.01 else "under 1%"
