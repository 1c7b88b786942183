"""Charts before they are drawn: rows of bars, and plots of points and lines. All positions run from 0 to 1.

A chart repeats what a table or text near it says, so a writer that cannot draw leaves it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tender_eval.languages.runs import plain

Colour = Literal["bar", "won", "now", "flips", "stays", "track", "nominal", "effective", "low", "high"] | int
"""What a mark stands for: a number is a part of a whole, from 0."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from ``start`` to ``end``; ``says`` is told of it, ``label`` is written below it where there is room."""

    start: float
    end: float
    colour: Colour = "bar"
    says: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Whisker:
    """A thin line with ends, such as two standard errors to each side."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A point in a row."""

    at: float
    colour: Colour = "bar"


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across a row, such as where a winner changes."""

    at: float
    colour: Colour = "flips"


Mark = Bar | Whisker | Dot | Tick


@dataclass(frozen=True, slots=True)
class Lane:
    """Marks that lie on one track, and the text at its right."""

    marks: tuple[Mark, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """What stands above one or more lanes: a label at the left, a value at the right."""

    label: str
    lanes: tuple[Lane, ...]
    value: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Rows from top to bottom on one axis.

    Attributes:
        says: what the chart shows, for those who cannot see it.
        key: what colours stand for.
        numbered: whether the parts are numbered in the key, as labels below the bars have them.
        ends: what stands at the two ends of the axis; empty where it has no scale.
        zero: where the line of nought stands.
        ticks: places on the axis with what stands there, in place of ``ends``.
        note: what stands below.
    """

    id: str
    title: str
    says: str
    rows: tuple[BarRow, ...]
    key: tuple[tuple[Colour, str], ...] = ()
    numbered: bool = False
    ends: tuple[str, str] | None = None
    zero: float | None = None
    note: str = ""
    ticks: tuple[tuple[float, str], ...] = ()

    def __post_init__(self) -> None:
        for name in ("title", "says", "note"):
            object.__setattr__(self, name, plain(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a plot, with its label, and how far it may be off in each direction."""

    x: float
    y: float  # from the bottom
    label: str = ""
    across: Whisker | None = None
    up: Whisker | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """Points, and lines, over two axes; ``across`` and ``up`` are places on an axis with what stands there.

    The first line stands out from the others.
    """

    id: str
    title: str
    says: str
    points: tuple[Point, ...]
    lines: tuple[tuple[tuple[float, float], ...], ...] = ()
    across: tuple[tuple[float, str], ...] = ()
    up: tuple[tuple[float, str], ...] = ()
    axes: str = ""  # what runs across and what up, in a sentence
    name_across: str = ""  # of the axes, as they are written at them
    name_up: str = ""
    key: tuple[str, ...] = ()  # what numbers at points stand for, from 1
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "says", "axes", "note"):
            object.__setattr__(self, name, plain(getattr(self, name)))
