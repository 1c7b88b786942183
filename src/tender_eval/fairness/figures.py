"""What a made-up bid states: for each figure that a scheme reads, one that earns about a given share of the marks."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.plan import Leaf, Plan
from tender_eval.plugins.table import Reads

ZERO = Fraction(0)
FREE = ("marks", "values", "declarations")
"""The kinds of figures that a bid states one by one; facts of suppliers and prices are made together."""


class Wanted(NamedTuple):
    """A column that the scheme reads, and the criterion that scores it, where one does."""

    reads: Reads
    leaf: Leaf | None


def wanted(plan: Plan) -> dict[str, Wanted]:
    """Every column that is read, by name; where several read it, the first that is a criterion."""
    found: dict[str, Wanted] = {}
    for leaf in plan.leaves:
        for reads in leaf.reads:
            found.setdefault(str(reads.column), Wanted(reads, leaf))
    for _, reads in plan.reads():
        found.setdefault(str(reads.column), Wanted(reads, None))
    return found


def by_conditions(plan: Plan) -> set[str]:
    """The columns that conditions turn on."""
    found: set[str] = set()
    for condition in plan.scheme.conditions:
        found |= {*condition.needs}
        if condition.pooled:
            found.add("pooled." + condition.reads.removeprefix("supplier."))
    return found


def earning(share: Fraction, want: Wanted, seen: tuple[Fraction, Fraction], nearest: bool = False) -> Fraction:
    """The figure that earns about this share of the marks.

    On a scale it is the highest mark that earns no more than the share, or the ``nearest`` to it. Otherwise it
    lies at the share of the way from the worst to the best figure: those that the reader states, or else those
    ``seen`` in bids.
    """
    reads, leaf = want
    if reads.one_of:
        shares = getattr(leaf.params, "shares", ()) if leaf else ()
        if len(shares) != len(reads.one_of):
            shares = [Fraction(n, max(len(reads.one_of) - 1, 1)) for n in range(len(reads.one_of))]
        marks = list(zip(reads.one_of, shares, strict=True))
        if nearest:
            return min(marks, key=lambda mark: abs(mark[1] - share))[0]
        return max((m for m, s in marks if s <= share), default=reads.one_of[0])
    low, high = span(want, seen)
    if reads.better == "lower":
        share = 1 - share
    return low + share * (high - low)


def span(want: Wanted, seen: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """The least and the most that a figure is likely to be."""
    reads, leaf = want
    stated = _stated(leaf, reads.column) if leaf else ()
    low, high = (min(stated), max(stated)) if stated else seen
    if reads.at_least is not None:
        low = reads.at_least if not stated else max(low, reads.at_least)
    if reads.at_most is not None:
        high = reads.at_most if not stated else min(high, reads.at_most)
    if reads.above is not None and low <= reads.above:
        low = reads.above + abs(high - reads.above) / 100 if high > reads.above else reads.above + 1
    return low, max(low, high)


def _stated(leaf: Leaf, column: str) -> tuple[Fraction, ...]:
    """The figures that the parameters of a scorer name as the ends of what it tells apart.

    Parameters are looked at by name, since scorers of plugins may bring any: what is no number counts for nothing.
    """
    params = leaf.params
    for risk in getattr(params, "risks", None) or ():
        if getattr(risk, "reads", None) == column:
            return _numbers(getattr(band, "from_", None) for band in getattr(risk, "bands", None) or ())
    if column != getattr(params, "field", None):
        return ()
    if points := getattr(params, "points", None):
        return _numbers(getattr(point, "value", None) for point in points)
    found = _numbers(getattr(params, name, None) for name in ("full_at", "zero_at", "at_least"))
    return (ZERO, *found) if len(found) == 1 else found


def _numbers(values: Iterable[object]) -> tuple[Fraction, ...]:
    return tuple(Fraction(v) for v in values if isinstance(v, Fraction | int) and not isinstance(v, bool))


def plain(price: Fraction, digits: int = 3) -> Fraction:
    """A figure held to so many leading digits, as people write prices.

    >>> [str(plain(Fraction(n))) for n in ("123456", "0.023456", "112.5")]
    ['123000', '1/50', '112']
    """
    if price <= 0:
        return price
    places = 0
    while price * 10**places < 10 ** (digits - 1) and places < 2:
        places += 1
    scaled, power = price * 10**places, 1
    while scaled / power >= 10**digits:
        power *= 10
    held = Fraction(round(scaled / power) * power, 10**places)
    return held if held > 0 else price
