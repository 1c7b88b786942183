"""An expression as people read it, in the notation of published formulas."""

from __future__ import annotations

from typing import assert_never, cast

from tender_eval.model.digits import shown
from tender_eval.plugins.expression.tree import (
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
    Part,
    Points,
    Power,
    Round,
    Step,
)

_HOW = {"mark": "of the mark", "lower": "in steps", "upper": "in steps", "line": "in straight lines"}


def said(node: Node) -> str:  # noqa: PLR0912  one kind of node a case
    """An expression in one line; a bracket stands where it is needed.

    >>> price = Figure("price")
    >>> said(1 - (price - OverBids("lowest", price)) / OverBids("lowest", price))
    '1 - (price - lowest(price)) / lowest(price)'
    """
    match of_kind := cast("Part", node):
        case Number(value=value):
            return shown(value)
        case Parameter(name=name) | Figure(column=name):
            return name
        case Points(criteria=criteria):
            return f"points({', '.join(criteria)})"
        case Available(criteria=criteria):
            return f"available({', '.join(criteria)})"
        case Earned(criterion=criterion):
            return f"share({criterion})"
        case OverBids(function=function, of=of):
            return f"{function}({'' if of is None else said(of)})"
        case Chain(first=first, rest=rest):
            adds = rest[0][0] in "+-"
            told = _bracketed(first, adds, first=True)
            return told + "".join(f" {sign} {_bracketed(part, adds)}" for sign, part in rest)
        case Negative(of=of):
            return f"-{_tight(of)}"
        case Power(base=base, exponent=exponent):
            return f"{_tight(base)} ** {_tight(exponent)}"
        case Function(function=function, of=several):
            return f"{function}({', '.join(map(said, several))})"
        case Round(of=of, places=places, mode=mode):
            return f"round({said(of)}, {places}, {mode})"
        case Choice(test=test, then=then, otherwise=otherwise):
            return f"if_({compared(test)}, {said(then)}, {said(otherwise)})"
        case Lookup(of=of, table=table, how=how):
            return f"{table.scale or table.name or 'table'}({said(of)}, {_HOW[how]})"
        case Step(of=of):
            return said(of)
        case _:
            assert_never(of_kind)


def compared(test: Comparison) -> str:
    """A comparison in one line."""
    return f"{said(test.left)} {test.sign} {said(test.right)}"


def _bracketed(node: Node, adds: bool, first: bool = False) -> str:
    """A part of a chain: a sum needs brackets in a product, and behind a sign; a product behind one of its own."""
    while isinstance(node, Step):
        node = node.of
    if isinstance(node, Chain):
        sums = node.rest[0][0] in "+-"
        plain = (first and sums == adds) or (adds and not sums)
        return said(node) if plain else f"({said(node)})"
    return f"({said(node)})" if isinstance(node, Negative) and not first else said(node)


def _tight(node: Node) -> str:
    while isinstance(node, Step):
        node = node.of
    return f"({said(node)})" if isinstance(node, Chain | Negative | Power) else said(node)
