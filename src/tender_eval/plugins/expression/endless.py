"""Whether what an expression comes to can have endless decimals, of figures that have none."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from operator import add, mul, sub, truediv

from tender_eval.model.digits import decimal_places
from tender_eval.plugins.expression.tree import (
    Chain,
    Choice,
    Function,
    Lookup,
    Node,
    Number,
    OverBids,
    Parameter,
    Power,
    Round,
    Titled,
)

_JOINED: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"+": add, "-": sub, "*": mul, "/": truediv}
_DIVIDING = ("mean", "sample_deviation", "population_deviation")  # over bids; the median halves at the most


def can_be_endless(node: Node) -> bool:
    """Whether it divides by what may be anything, takes a root or logarithm, or brings an endless number.

    >>> from tender_eval.plugins.expression import figure, lowest
    >>> [can_be_endless(figure("price") / n) for n in (8, 250000, 3, lowest(figure("price")))]
    [False, False, True, True]
    """
    value = constant(node)
    if value is not None:
        return decimal_places(value) is None
    if _divides(node):
        return True
    return any(map(can_be_endless, _handed_on(node)))


def _handed_on(node: Node) -> tuple[Node, ...]:
    """The parts whose decimals it hands on: not what it compares or looks up, nor a number that divides evenly."""
    match node:
        case Chain(first=first, rest=rest):
            return (first, *(part for sign, part in rest if sign != "/"))
        case Choice(then=then, otherwise=otherwise):
            return then, otherwise
        case Lookup(how="mark" | "lower" | "upper") | Round():
            return ()
        case _:
            return node.parts


def _divides(node: Node) -> bool:
    """Whether this very part can make an endless number of numbers that end."""
    match node:
        case Chain(rest=rest):
            return any(sign == "/" and not _divides_evenly(part) for sign, part in rest)
        case Power(exponent=exponent):
            power = constant(exponent)
            return power is None or power.denominator != 1 or power < 0
        case Function(function=function):
            return function in ("root", "log")
        case OverBids(function=function):
            return function in _DIVIDING
        case Lookup(table=table, how=how):
            return any(decimal_places(earns) is None for _, earns in table.rows) or (
                how == "line" and any(decimal_places(slope) is None for slope in _slopes(table.rows))
            )
        case _:
            return False


def _divides_evenly(divisor: Node) -> bool:
    """Whether a divisor is one number whose inverse ends; by zero nothing is divided."""
    value = constant(divisor)
    return value is not None and (value == 0 or decimal_places(1 / value) is not None)


def _slopes(rows: tuple[tuple[Fraction, Fraction], ...]) -> list[Fraction]:
    return [(end - start) / (high - low) for (low, start), (high, end) in pairwise(rows)]


def constant(node: Node) -> Fraction | None:
    """The one number that a part always is, if it is made of numbers, parameters and ``+ - * /`` alone."""
    match node:
        case Number(value=value) | Parameter(value=value):
            return value
        case Titled(of=of):
            return constant(of)
        case Chain(first=first, rest=rest):
            found = constant(first)
            for sign, part in rest:
                other = constant(part)
                if found is None or other is None or (sign == "/" and other == 0):
                    return None
                found = _JOINED[sign](found, other)
            return found
        case _:
            return None
