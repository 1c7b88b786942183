"""Whether an expression is one: its nodes are of the kinds that all its readers know, and not too many.

Whoever builds a tree by hand may put anything into it; a spreadsheet would then say something else than the engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from tender_eval.model.explanation.formulas import FacetOf
from tender_eval.model.explanation.terms import Title
from tender_eval.model.numeric import ROUNDING_MODES, is_exact_number
from tender_eval.plugins.answers import represented
from tender_eval.plugins.expression.tree import (
    MOST_PLACES,
    Available,
    Chain,
    Choice,
    Comparison,
    Earned,
    Figure,
    Function,
    Lookup,
    Negative,
    Node,
    Number,
    OverBids,
    Parameter,
    Points,
    Power,
    Round,
    Sign,
    Table,
    Titled,
)

MOST_NODES = 20_000
DEEPEST = 200
RANKS = (frozenset("+-"), frozenset("*/"))
OVER = frozenset(("lowest", "highest", "mean", "median", "sample_deviation", "population_deviation", "count"))
FUNCTIONS = frozenset(("min", "max", "abs", "root", "log"))
ALONE = frozenset(("abs", "root", "log"))
HOW = frozenset(("mark", "lower", "upper", "line"))


def unsound(expression: object) -> str:
    """What is wrong with an expression, in a few words; empty where nothing is."""
    waiting: list[tuple[object, int]] = [(expression, 1)]
    seen = 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if seen > MOST_NODES or depth > DEEPEST:
            return f"more than {MOST_NODES} parts, or more than {DEEPEST} within each other"
        if wrong := _wrong(part):
            return wrong
        if isinstance(part, Node):
            waiting += [(below, depth + 1) for below in part.parts]
    return ""


def unsound_test(test: Comparison) -> str:
    """The same of a comparison and its two sides."""
    return _test(test) or unsound(test.left) or unsound(test.right)


def _wrong(part: object) -> str:
    """What is wrong with one node by itself."""
    match part:
        case Number(value) | Parameter(_, value) if not is_exact_number(value):
            return f"the number {represented(value)}, which is not exact"
        case Figure(name) | Earned(name) if not isinstance(name, str):
            return f"the name {represented(name)}, which is no text"
        case Parameter(name) | Titled(name) if not isinstance(name, str | FacetOf | Title):
            return f"the name {represented(name)}, which is no text"
        case Points(names) | Available(names) if not _texts(names):
            return f"the criteria {represented(names)}, which are no texts"
        case OverBids(function, of) if function not in OVER or (of is None) != (function == "count"):
            return f"{represented(function)} over the bids"
        case Chain(_, rest):
            return _chain(rest)
        case Function(function, of) if function not in FUNCTIONS or not of or (function in ALONE and len(of) != 1):
            return f"{represented(function)} of {len(of)} parts"
        case Round(_, places, mode) if places not in range(MOST_PLACES + 1) or mode not in ROUNDING_MODES:
            return f"a rounding {represented(mode)} to {represented(places)} places"
        case Choice(test):
            return _test(test)
        case Lookup(_, table, how):
            return f"a table read as {represented(how)}" if how not in HOW else _table(table)
        case Number() | Parameter() | Figure() | Points() | Available() | Earned() | OverBids():
            return ""
        case Negative() | Power() | Function() | Round() | Titled():
            return ""
    return f"{type(part).__name__}, which is no part of expressions"


def _chain(rest: object) -> str:
    if not isinstance(rest, tuple) or not rest or not all(isinstance(pair, tuple) and len(pair) == 2 for pair in rest):
        return "a chain of no pairs of a sign and a part"
    signs = {sign for sign, _ in rest}
    return "" if any(signs <= rank for rank in RANKS) else f"the signs {sorted(map(str, signs))} in one chain"


def _test(test: object) -> str:
    if not isinstance(test, Comparison):
        return f"{represented(test)}, which is no comparison"
    return "" if test.sign in get_args(Sign) else f"the comparison {represented(test.sign)}"


def _table(table: object) -> str:
    if not isinstance(table, Table) or not isinstance(table.name, str | FacetOf) or not isinstance(table.scale, str):
        return "a look-up in what is no table"
    rows = table.rows
    whole = isinstance(rows, tuple) and rows and all(isinstance(row, tuple) and len(row) == 2 for row in rows)
    return (
        ""
        if whole and all(is_exact_number(cell) for row in rows for cell in row)
        else "a table without rows of two numbers"
    )


def _texts(names: object) -> bool:
    return isinstance(names, Iterable) and all(isinstance(name, str) for name in names)
