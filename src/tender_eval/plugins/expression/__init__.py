"""Expressions: what a method works out, stated once, for all that read it.

One tree is run on fractions and on float64 arrays, is written out as a spreadsheet formula, and tells what searches
and checks ask of a method. A method states it in ``expression(params)``::

    from tender_eval.plugins import expression as e

    def expression(self, params):
        return e.within(e.figure(params.field) / e.parameter("full_at", params.full_at))

Numbers stand for themselves; ``+ - * / **`` and a minus sign join parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from tender_eval.model.explanation.formulas import FacetOf
from tender_eval.model.explanation.terms import Facet, Title
from tender_eval.model.numeric import ROUNDING_MODES
from tender_eval.plugins.expression.tree import (
    Available,
    Choice,
    Comparison,
    Earned,
    Figure,
    Function,
    Lookup,
    Node,
    Operand,
    OverBids,
    Parameter,
    Points,
    Round,
    Sign,
    Table,
    Titled,
    exact,
    node,
)

__all__ = [
    "Comparison", "Node", "Table", "absolute", "available", "compare", "count", "deviation", "earned",
    "figure", "highest", "if_", "larger", "log", "look_up", "lowest", "mean", "median", "named", "node", "parameter",
    "parameter_of", "points", "root", "rounded", "smaller", "steps", "total", "within",
]  # fmt: skip


def parameter(name: str, value: Fraction | int) -> Parameter:
    """A number that the scheme states, by the name that it is shown under."""
    return Parameter(name, exact(value))


def parameter_of(facet: Facet, of: str, value: Fraction | int) -> Parameter:
    """The same of one that built-in methods state for each of several things: the facet of that thing."""
    return Parameter(FacetOf(facet, of), exact(value))


def figure(column: str) -> Figure:
    """The bid's figure in a column that the method has declared in ``reads``."""
    return Figure(str(column))


def points(*criteria: str) -> Points:
    """The points that the bid earned at these criteria together, or at all root criteria."""
    return Points(tuple(map(str, criteria)))


def available(*criteria: str) -> Available:
    """The points that could be earned at these criteria together, or at all root criteria."""
    return Available(tuple(map(str, criteria)))


def earned(criterion: str) -> Earned:
    """The share of full marks that the bid earned at a criterion."""
    return Earned(str(criterion))


def lowest(of: Operand) -> OverBids:
    """The lowest that a part comes to among the bids in the comparison."""
    return OverBids("lowest", node(of))


def highest(of: Operand) -> OverBids:
    """The highest; see `lowest`."""
    return OverBids("highest", node(of))


def mean(of: Operand) -> OverBids:
    """The arithmetic mean; see `lowest`."""
    return OverBids("mean", node(of))


def median(of: Operand) -> OverBids:
    """The median; see `lowest`."""
    return OverBids("median", node(of))


def deviation(of: Operand, kind: Literal["sample", "population"] = "sample") -> OverBids:
    """The standard deviation, by the number of bids less one (sample) or by their number; see `lowest`."""
    _one_of(kind, "sample", "population")
    return OverBids(f"{kind}_deviation", node(of))


def count() -> OverBids:
    """How many bids there are in the comparison."""
    return OverBids("count", None)


def smaller(*of: Operand) -> Function:
    """The smallest of two or more parts."""
    return Function("min", tuple(map(node, of)))


def larger(*of: Operand) -> Function:
    """The largest of two or more parts."""
    return Function("max", tuple(map(node, of)))


def within(of: Operand, low: Operand = 0, high: Operand = 1) -> Function:
    """A part held between two bounds, by default those of a score."""
    return larger(low, smaller(high, of))


def absolute(of: Operand) -> Function:
    """A part without its sign."""
    return Function("abs", (node(of),))


def root(of: Operand) -> Function:
    """The square root."""
    return Function("root", (node(of),))


def log(of: Operand) -> Function:
    """The natural logarithm."""
    return Function("log", (node(of),))


def rounded(of: Operand, places: int, mode: str) -> Round:
    """A part rounded to decimal places; see `tender_eval.model.numeric.round_to` for the modes.

    Raises:
        ValueError: there is no such mode.
    """
    _one_of(mode, *ROUNDING_MODES)
    return Round(node(of), places, mode)


def compare(left: Operand, sign: Sign, right: Operand) -> Comparison:
    """A comparison of two parts.

    Raises:
        ValueError: the sign is none.
    """
    _one_of(sign, "<", "<=", ">", ">=", "==", "!=")
    return Comparison(node(left), sign, node(right))


def if_(test: Comparison, then: Operand, otherwise: Operand) -> Choice:
    """One part where a comparison holds, another where it does not.

    Raises:
        TypeError: the test is none, as ``a == b`` in Python is.
    """
    if not isinstance(test, Comparison):
        raise TypeError(f'{test!r} compares nothing: write compare(a, "==", b)')
    return Choice(test, node(then), node(otherwise))


def look_up(of: Operand, table: Table, how: Literal["mark", "lower", "upper", "line"]) -> Lookup:
    """What a table gives for a part; see `tender_eval.plugins.expression.tree.Lookup`.

    Raises:
        ValueError: the table has no rows, or its figures do not rise.
    """
    _one_of(how, "mark", "lower", "upper", "line")
    rows = tuple((exact(figure), exact(earns)) for figure, earns in table.rows)
    if not rows or any(high <= low for (low, _), (high, _) in pairwise(rows)):
        raise ValueError(f"the figures of the table {table.name or table.scale} do not rise from row to row")
    return Lookup(node(of), table._replace(rows=rows), how)


def steps(of: Operand, table: Table) -> Choice:
    """What a table gives in steps from each of its figures on, and nothing below the first."""
    found = look_up(of, table, "lower")
    return if_(compare(of, "<", found.table.rows[0][0]), 0, found)


def named(title: str | Title, of: Operand) -> Titled:
    """A part with a title, which is shown by itself before what is made of it."""
    return Titled(title, node(of))


def total(parts: Iterable[Operand]) -> Node:
    """The sum of parts, at least one."""
    first, *rest = map(node, parts)
    for part in rest:
        first = first + part
    return first


def _one_of(stated: str, *known: str) -> None:
    if stated not in known:
        raise ValueError(f'"{stated}" is none of {", ".join(known)}')
