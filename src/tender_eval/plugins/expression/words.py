"""An expression as people read it, in the notation of published formulas."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, assert_never, cast

from tender_eval.model.digits import shown
from tender_eval.model.explanation.formulas import FacetOf
from tender_eval.plugins.expression.tree import (
    AnyNode,
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
    Titled,
)

Named = Callable[[FacetOf], str]
_HOW = {"mark": "of the mark", "lower": "in steps", "upper": "in steps", "line": "in straight lines"}


def in_notation(of: FacetOf) -> str:
    """The facet of something as a name in no language."""
    return f"{of.facet.value}({of.of})"


def said(node: Node, named: Named = in_notation) -> str:
    """An expression in one line; a bracket stands where it is needed.

    Args:
        named: what facets of things are called; else they stand in the notation.

    >>> price = Figure("price")
    >>> said(1 - (price - OverBids("lowest", price)) / OverBids("lowest", price))
    '1 - (price - lowest(price)) / lowest(price)'
    """
    return _Words(named).of(node)


def compared(test: Comparison) -> str:
    """A comparison in one line."""
    return _Words(in_notation).compared(test)


class _Words(NamedTuple):
    """The words of every part."""

    named: Named

    def of(self, node: Node) -> str:  # noqa: PLR0912  one kind of node a case
        match of_kind := cast("AnyNode", node):
            case Number(value=value):
                return shown(value)
            case Parameter(name=name):
                return self._name(name)
            case Figure(column=column):
                return column
            case Points(criteria=criteria):
                return f"points({', '.join(criteria)})"
            case Available(criteria=criteria):
                return f"available({', '.join(criteria)})"
            case Earned(criterion=criterion):
                return f"share({criterion})"
            case OverBids(function=function, of=of):
                return f"{function}({'' if of is None else self.of(of)})"
            case Chain(first=first, rest=rest):
                adds = rest[0][0] in "+-"
                told = self._bracketed(first, adds, first=True)
                return told + "".join(f" {sign} {self._bracketed(part, adds)}" for sign, part in rest)
            case Negative(of=of):
                return f"-{self._tight(of)}"
            case Power(base=base, exponent=exponent):
                return f"{self._tight(base)} ** {self._tight(exponent)}"
            case Function(function=function, of=several):
                return f"{function}({', '.join(map(self.of, several))})"
            case Round(of=of, places=places, mode=mode):
                return f"round({self.of(of)}, {places}, {mode})"
            case Choice(test=test, then=then, otherwise=otherwise):
                return f"if_({self.compared(test)}, {self.of(then)}, {self.of(otherwise)})"
            case Lookup(of=of, table=table, how=how):
                return f"{table.scale or self._name(table.name) or 'table'}({self.of(of)}, {_HOW[how]})"
            case Titled(of=of):
                return self.of(of)
            case _:
                assert_never(of_kind)

    def compared(self, test: Comparison) -> str:
        return f"{self.of(test.left)} {test.sign} {self.of(test.right)}"

    def _name(self, name: str | FacetOf) -> str:
        return name if isinstance(name, str) else self.named(name)

    def _bracketed(self, node: Node, adds: bool, first: bool = False) -> str:
        """A part of a chain: a sum needs brackets in a product, and behind a sign; a product behind one of its own."""
        bare = _bare(node)
        if isinstance(bare, Chain):
            sums = bare.rest[0][0] in "+-"
            plain = (first and sums == adds) or (adds and not sums)
            return self.of(bare) if plain else f"({self.of(bare)})"
        return f"({self.of(bare)})" if isinstance(bare, Negative) and not first else self.of(bare)

    def _tight(self, node: Node) -> str:
        bare = _bare(node)
        return f"({self.of(bare)})" if isinstance(bare, Chain | Negative | Power) else self.of(bare)


def _bare(node: Node) -> Node:
    while isinstance(node, Titled):
        node = node.of
    return node
