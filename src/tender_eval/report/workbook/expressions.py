"""A published formula (the scorer ``formula``) as a spreadsheet formula, as far as it goes.

What is taken over all bids must be one figure of theirs (``lowest(price)``), or the same for all of them
(``lowest(mean(price))``): an expression that differs between bids (``lowest(price / values.beds)``) would need a
column of its own, and is not expressed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tender_eval.report.workbook.book import as_float
from tender_eval.report.workbook.formulas import held
from tender_eval.scorers.formula_run import differs
from tender_eval.scorers.formula_tree import (
    Chain,
    Choice,
    Function,
    Named,
    Negative,
    Node,
    Number,
    OverBids,
    Power,
)
from tender_eval.scorers.grammar import parse

if TYPE_CHECKING:
    from tender_eval.report.workbook.scorers import Places

LONGEST = 4_000  # characters; Excel takes 8,192 with all that stands around it
_OVER = {"lowest": "MIN", "highest": "MAX", "mean": "AVERAGE", "median": "MEDIAN"}
_SIGNS = {"==": "=", "!=": "<>"}


@lru_cache(maxsize=64)
def _tree(text: str, field: str) -> Node | None:
    return parse(text, field)[0]


def expressible(params: Any) -> bool:
    """Whether a formula can be written for a spreadsheet."""
    root = _tree(str(params.expression), params.field)
    return root is not None and len(str(params.expression)) <= LONGEST and _simple(root)


def _simple(node: Node) -> bool:
    if isinstance(node, OverBids) and node.of is not None and differs(node.of):
        return isinstance(node.of, Named)
    return all(_simple(part) for part in node.parts)


def expression(params: Any, at: Places) -> str:
    """The formula for one bid."""
    root = _tree(str(params.expression), params.field)
    if root is None:
        raise AssertionError("a formula that is expressible has a tree")
    return held(_text(root, at), params.below_zero or "clamp")


def _text(node: Node, at: Places) -> str:
    match node:
        case Number():
            return repr(as_float(node.value))
        case Named():
            return at.column(node.column)
        case OverBids(of=None):
            return f"SUM({at.counted})"
        case OverBids(of=Named(column=column)):
            return f"{_OVER[node.function]}({at.compared(column)})"
        case OverBids(of=Node() as same):
            return _text(same, at)
        case Chain():
            parts = [_text(node.first, at), *(f"{sign}{_text(part, at)}" for sign, part in node.rest)]
            return f"({''.join(parts)})"
        case Negative():
            return f"(0-{_text(node.of, at)})"
        case Power():
            return f"({_text(node.base, at)}^{_text(node.exponent, at)})"
        case Function():
            return f"{node.function.upper()}({','.join(_text(part, at) for part in node.of)})"
        case Choice():
            sign = _SIGNS.get(node.sign, node.sign)
            test = f"{_text(node.left, at)}{sign}{_text(node.right, at)}"
            return f"IF({test},{_text(node.then, at)},{_text(node.otherwise, at)})"
    raise AssertionError(f"no such part of a formula: {node}")
