"""The charts of a simulation: levels with error bars, shares of a whole, and what assumptions move.

Across, everything is in per cent of the width, so that a chart fits a phone and a page; down, in pixels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tender_eval.languages.inert import cut
from tender_eval.report.lots_figures import ENDS, assumption, error, written
from tender_eval.report.page.charts import ROW, Bar, Chart, Segment, percent
from tender_eval.simulation.outcome import DesignOutcome, Effect, Estimate, Moved

LONGEST_LABEL = 34  # columns beside a value that still fit on a phone
LONGEST_ASSUMPTION = 46
SPAN = 2.0  # standard errors to each side of a mean
FUNNEL_ROW = 66
TICKS = 4
UNKNOWN = "not known"
MOVED_ROW = 64


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


def levels_chart(
    designs: Sequence[DesignOutcome], name: str, *, most: float | None = None, near: float | None = None
) -> Levels:
    """A figure of every design with its error.

    Args:
        most: where the axis ends at the least, for figures that have a natural end.
        near: at least so much is shown of the axis around the figures, in place of all from nought.
    """
    found = [(d.label, d[name], _value(name, d[name])) for d in designs]
    ends = [end for _, e, _ in found for end in ends_of(e)]
    if near is None:
        low, high = 0.0, most or ticks(0.0, max(ends, default=0.0) or 1.0)[-1]
    else:
        least, largest = min(ends, default=0.0), max(ends, default=0.0)
        wide = max(near - (largest - least), 0.0) / 2
        low, *_, high = ticks(least - wide, largest + wide)
    return _levels(found, low, high, (rounded(name, low), rounded(name, high)), near is not None)


def weeks_chart(designs: Sequence[DesignOutcome], weeks: Mapping[str, float]) -> Levels:
    """The weeks that each design takes a team."""
    most = ticks(0.0, max(weeks.values(), default=0.0) or 1.0)[-1]
    found = [(d.label, weeks.get(d.label)) for d in designs]
    told = [(label, Estimate(w, None, 0), UNKNOWN if w is None else f"{w:.1f}") for label, w in found]
    return _levels(told, 0.0, most, ("0", rounded("weeks", most)), False)


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
    ends = [abs(end) for m in moved for e in _both(m.effects[name]) if e for end in ends_of(e)]
    scale = max(ends, default=0.0) or 1.0
    rows = []
    for n, m in enumerate(moved):
        low, high = (_push(e, name, scale) for e in _both(m.effects[name]))
        rows.append(MovedRow(cut(assumption(m.name), LONGEST_ASSUMPTION), low, high, n * MOVED_ROW))
    return tuple(rows)


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


def _levels(
    found: Sequence[tuple[str, Estimate, str]], low: float, high: float, ends: tuple[str, str], dots: bool
) -> Levels:
    """Rows of means by label, each with its text, on an axis from ``low`` to ``high``."""

    def at(value: float) -> str:
        return percent(min(max((value - low) / (high - low), 0.0), 1.0))

    rows = []
    for n, (label, estimate, value) in enumerate(found):
        least, most = ends_of(estimate) or (low, low)
        mean = low if estimate.mean is None else estimate.mean
        known = estimate.mean is not None
        rows.append(Level(cut(label, LONGEST_LABEL), value, known, at(mean), at(least), at(most), n * ROW))
    return Levels(tuple(rows), dots, *ends, height=len(rows) * ROW)


def _value(name: str, estimate: Estimate) -> str:
    if estimate.mean is None:
        return UNKNOWN
    return written(name, estimate.mean) + (f" ± {error(name, estimate)}" if estimate.se is not None else "")


def _push(estimate: Estimate | None, name: str, scale: float) -> Push | None:
    if estimate is None or estimate.mean is None:
        return None

    def at(value: float) -> float:
        return 0.5 + value / scale / 2

    least, most = ends_of(estimate)
    start, end = sorted((0.5, at(estimate.mean)))
    value = written(name, estimate.mean, difference=True, unit="")
    return Push(percent(start), percent(end - start), percent(at(least)), percent(at(most)), value)


def _both(effect: Effect) -> tuple[Estimate | None, Estimate | None]:
    return effect.low, effect.high


def ends_of(estimate: Estimate) -> tuple[float, ...]:
    """The ends of the line of an estimate's error; none where it has no mean."""
    if estimate.mean is None:
        return ()
    return estimate.mean - SPAN * (estimate.se or 0.0), estimate.mean + SPAN * (estimate.se or 0.0)


def _whole(share: float) -> str:
    """
    >>> _whole(0.791), _whole(0.004)
    ('79%', 'under 1%')
    """
    return f"{100 * share:.0f}%" if share >= 0.01 else "under 1%"
