"""What an invented bid states: for each figure that a scheme reads, one that earns about a given share of the marks."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.plan import Leaf, Plan
from tender_eval.engine.questions import expression_of, likely
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Figure, Lookup
from tender_eval.plugins.scorer import NOTHING
from tender_eval.plugins.table import Reads

ZERO = Fraction(0)
FREE = ("marks", "values", "benefits", "declarations")
"""The kinds of figures that a bid states one by one; facts of suppliers and prices are made together."""


class NeededColumn(NamedTuple):
    """A column that the scheme reads, and the criterion that scores it, where one does."""

    reads: Reads
    leaf: Leaf | None


def needed_columns(plan: Plan) -> dict[str, NeededColumn]:
    """Every column that is read, by name; where several read it, the first that is a criterion."""
    found: dict[str, NeededColumn] = {}
    for leaf in plan.leaves:
        for reads in leaf.reads:
            found.setdefault(str(reads.column), NeededColumn(reads, leaf))
    for _, reads in plan.reads():
        found.setdefault(str(reads.column), NeededColumn(reads, None))
    for column in plan.adjusted_by():
        found.setdefault(column, NeededColumn(Reads(column), None))
    return found


def by_conditions(plan: Plan) -> set[str]:
    """The columns that conditions turn on."""
    found: set[str] = set()
    for condition in plan.scheme.conditions:
        found |= {*condition.needs, condition.column}
    return found


def value_earning(
    share: Fraction,
    want: NeededColumn,
    seen: tuple[Fraction, Fraction],
    nearest: bool = False,
    known: Mapping[str, Fraction] = NOTHING,
) -> Fraction:
    """The figure that earns about this share of the marks.

    On a scale it is the highest mark that earns no more than the share, or the ``nearest`` to it. Otherwise it
    lies at the share of the way from the worst to the best figure: those that the reader states, or else those
    ``seen`` in bids.
    """
    reads, leaf = want
    if reads.one_of:
        marks = marks_of(leaf, reads)
        if nearest:
            return min(marks, key=lambda mark: abs(mark[1] - share))[0]
        return max((m for m, s in marks if s <= share), default=min(marks, key=lambda mark: mark[1])[0])
    low, high = value_range(want, seen, known)
    if reads.better == "lower":
        share = 1 - share
    return low + share * (high - low)


def value_range(
    want: NeededColumn, seen: tuple[Fraction, Fraction], known: Mapping[str, Fraction] = NOTHING
) -> tuple[Fraction, Fraction]:
    """The least and the most that a figure is likely to be; ``known`` are figures of the tender."""
    reads, leaf = want
    found = likely(leaf, reads.column, known) if leaf else Unsupported("no criterion scores it")
    stated = not isinstance(found, Unsupported)
    low, high = seen if isinstance(found, Unsupported) else (found.low, found.high)
    if reads.at_least is not None:
        low = reads.at_least if not stated else max(low, reads.at_least)
    if reads.at_most is not None:
        high = reads.at_most if not stated else min(high, reads.at_most)
    if reads.above is not None and low <= reads.above:
        low = reads.above + abs(high - reads.above) / 100 if high > reads.above else reads.above + 1
    return low, max(low, high)


def marks_of(leaf: Leaf | None, reads: Reads) -> list[tuple[Fraction, Fraction]]:
    """Each mark that may be given with the share of full marks that it earns; in even steps where nothing says so."""
    expression = expression_of(leaf) if leaf else Unsupported("no criterion scores it")
    for part in () if isinstance(expression, Unsupported) else expression.walk():
        if isinstance(part, Lookup) and part.how == "mark" and part.of == Figure(reads.column):
            return list(part.table.rows)
    last = max(len(reads.one_of) - 1, 1)
    falls = reads.better == "lower"
    return [(mark, Fraction(last - n if falls else n, last)) for n, mark in enumerate(reads.one_of)]
