"""Where the pieces of a chart come to lie on a page, as the templates ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from tender_eval.documents.charts import Bar, BarChart, BarRow, Colour, Lane, Point
from tender_eval.languages.lists import in_a_row

TEXT = 21  # pixels of the line of text above the lanes of a row
ONE_LINE = 42  # characters of a label and its value that fit into a line on a telephone
LANE = 15  # of a lane, with what parts it from the next
LABELS = 19  # more where labels stand below the bars
AFTER = 10  # between two rows
AXIS = 16  # for the figures at the ends of the axis
BESIDE_VALUES = 0.68  # of the width that lanes with values beside them take up
PLOT_HEIGHT = 300
LABEL_NEEDS = 26  # pixels above a point; where there are fewer, its label stands below
NEAR_X, NEAR_Y = 0.05, 18.0  # of the width, and pixels, within which two points share a label


class ChartLayout(NamedTuple):
    """The rows of a chart with their places from the top, and those of their lanes."""

    rows: tuple[tuple[BarRow, int, tuple[tuple[Lane, int], ...]], ...]
    lane: int
    height: int
    width: float  # of the lanes, as a share of that of the chart


def layout_of(chart: BarChart) -> ChartLayout:
    """The places of the rows of a chart, in pixels; the value of a row stands right above its lanes."""
    labelled = any(isinstance(m, Bar) and m.label for row in chart.rows for lane in row.lanes for m in lane.marks)
    lane = LANE + (LABELS if labelled else 0)
    rows, y = [], 0
    for row in chart.rows:
        text = TEXT * (2 if row.value and len(row.label) + len(row.value) > ONE_LINE else 1)
        lanes = tuple((found, y + text + n * lane) for n, found in enumerate(row.lanes))
        rows.append((row, y, lanes))
        y += text + lane * len(row.lanes) + AFTER
    return ChartLayout(tuple(rows), lane, y + (AXIS if chart.ends or chart.ticks else 0), share_of_width(chart))


def share_of_width(chart: BarChart) -> float:
    """How wide lanes are: there is room beside them where any has a value."""
    return BESIDE_VALUES if any(lane.value for row in chart.rows for lane in row.lanes) else 1.0


def percent(share: float | Fraction) -> str:
    """A share of the width in per cent, within it.

    >>> percent(1 / 3), percent(Fraction(1)), percent(-0.1)
    ('33.333', '100', '0')
    """
    return f"{100 * min(max(float(share), 0.0), 1.0):.3f}".rstrip("0").rstrip(".")


def down(up: float) -> str:
    """Where a height of a plot lies, in pixels from the top.

    >>> down(1.0), down(0.25)
    ('0', '225')
    """
    return f"{PLOT_HEIGHT * (1 - min(max(up, 0.0), 1.0)):.1f}".removesuffix(".0")


def anchor(x: float) -> str:
    """At which end of a label its point lies, so that it stays on the page."""
    return "end" if x > 0.9 else "start" if x < 0.1 else "middle"


def line(points: Sequence[tuple[float, float]]) -> str:
    """A line in a box of 1000 by 1000."""
    return " ".join(f"{1000 * x:.1f},{1000 * (1 - y):.1f}" for x, y in points)


def class_of(colour: Colour) -> str:
    """The class of a colour; that of a part of a whole by its number."""
    return f"p{colour}" if isinstance(colour, int) else colour


def labelled(points: Sequence[Point]) -> list[tuple[Point, str, int]]:
    """Each label once, beside the first of the points that lie on each other, with its distance from it."""
    groups: list[list[Point]] = []
    for point in (p for p in points if p.label):
        near = next((g for g in groups if _near(g[0], point)), None)
        if near is None:
            groups.append([point])
        else:
            near.append(point)
    return [
        (group[0], in_a_row(p.label for p in group), -12 if float(down(group[0].y)) > LABEL_NEEDS else LABEL_NEEDS)
        for group in groups
    ]


def _near(one: Point, other: Point) -> bool:
    return abs(one.x - other.x) < NEAR_X and abs(one.y - other.y) * PLOT_HEIGHT < NEAR_Y


FILTERS: Mapping[str, Callable[..., object]] = {
    "percent": percent, "down": down, "anchor": anchor, "line": line, "class_of": class_of, "placed": layout_of,
    "labelled": labelled,
}  # fmt: skip
