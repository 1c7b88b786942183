"""The parts of an expression as functions: each node becomes one, once, that serves both arithmetics."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from tender_eval.model import numeric, tables
from tender_eval.model.enclosure import MOST_BITS
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.expression.run import NodeFunction, Run, blame
from tender_eval.plugins.expression.tree import (
    Available,
    Chain,
    Choice,
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
    differs,
)
from tender_eval.plugins.expression.words import said


def part_of(node: Node, text: str = "") -> NodeFunction:
    """The function of a node: from a run to one value, one a draw, or one for each bid.

    Args:
        text: the whole formula that it was read from, if it was.
    """
    return _MAKERS[type(node)](node, text)


def _source(node: Node, text: str) -> str:
    """A part as people read it: as it was written, or else in the same notation."""
    return text[slice(*node.span)] if text and node.span else said(node)


def _number(node: Number | Parameter, text: str) -> NodeFunction:
    exact, broken = node.value, _float(node.value)
    return lambda run: exact if run.exact else broken


def _float(value: Fraction) -> float:
    """A number as a float; one that is too large for it is infinite, which no score or figure may be."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _figure(node: Figure, text: str) -> NodeFunction:
    column = node.column
    return lambda run: run.bids.column(column)


def _points(node: Points, text: str) -> NodeFunction:
    return lambda run: run.points.points(node.criteria or run.points.roots)


def _available(node: Available, text: str) -> NodeFunction:
    return lambda run: run.points.available(node.criteria or run.points.roots)


def _earned(node: Earned, text: str) -> NodeFunction:
    return lambda run: run.points.score(node.criterion)


def _step(node: Titled, text: str) -> NodeFunction:
    return part_of(node.of, text)


def _lookup(node: Lookup, text: str) -> NodeFunction:
    inner, (rows, _, _), how = part_of(node.of, text), node.table, node.how
    exact = [row[0] for row in rows], [row[1] for row in rows]
    broken = [_float(figure) for figure in exact[0]], [_float(earns) for earns in exact[1]]

    def look(run: Run) -> Any:
        figures, (keys, values) = run.spread(inner(run)), exact if run.exact else broken
        if how == "mark":
            return numeric.lookup(figures, keys, values)
        return tables.interpolate(figures, keys, values) if how == "line" else tables.step(figures, keys, values, how)

    return look


def _negative(node: Negative, text: str) -> NodeFunction:
    inner = part_of(node.of, text)
    return lambda run: -inner(run)


def _chain(node: Chain, text: str) -> NodeFunction:
    first = part_of(node.first, text)
    rest = [(sign, part_of(part, text), _source(part, text)) for sign, part in node.rest]

    def run_chain(run: Run) -> Any:
        value = first(run)
        for sign, part, source in rest:
            other = part(run)
            if sign == "+":
                value = value + other
            elif sign == "-":
                value = value - other
            elif sign == "*":
                value = value * other
            else:
                value = _divide(run, value, other, source)
        return value

    return run_chain


def _divide(run: Run, a: Any, b: Any, source: str) -> Any:
    if isinstance(b, np.ndarray) and not run.exact:
        try:  # the processor says whether anything was divided by zero: no pass over the figures is needed
            with np.errstate(divide="raise", invalid="raise"):
                return a / b
        except FloatingPointError:
            pass
    zero = _mask(np.equal(b, 0))
    if not zero.any():
        return a / b
    hint = "say what then holds: if_(divisor == 0, ..., ...)"
    blame(run, zero, f'the formula divides by zero in "{source}"', hint)
    return numeric.divide(a, b)


def _power(node: Power, text: str) -> NodeFunction:
    base, exponent, source = part_of(node.base, text), part_of(node.exponent, text), _source(node, text)
    return lambda run: _raise(run, base(run), exponent(run), source)


def _raise(run: Run, base: Any, exponent: Any, source: str) -> Any:
    if not run.exact:
        base = np.asarray(base, dtype=np.float64)
        try:
            with np.errstate(divide="raise", invalid="raise"):
                return base**exponent
        except FloatingPointError:
            pass
    divides = _mask(np.equal(base, 0)) & _mask(np.less(exponent, 0))
    blame(run, divides, f'the formula divides by zero in "{source}"')
    whole = _mask(np.equal(exponent, np.floor_divide(exponent, 1)))
    rootless = _mask(np.less(base, 0)) & ~whole
    blame(run, rootless, f'the formula takes a broken power of a negative number in "{source}"')
    fault = divides | rootless
    if run.exact:
        huge = _mask(np.frompyfunc(_too_large, 2, 1)(base, exponent))
        blame(run, huge, f'the formula takes too large a power in "{source}"')
        fault = fault | huge
    if fault.ndim == 0:
        return run.constant(1) if fault else numeric.power(base, exponent)
    return numeric.power(numeric.where(fault, run.constant(1), base), exponent)


def _mask(of: Any) -> Mask:
    return np.asarray(of, dtype=np.bool_)


def _too_large(base: Fraction, exponent: Fraction) -> bool:
    size = abs(base.numerator.bit_length() - base.denominator.bit_length()) + 1
    return bool(size * abs(exponent) > MOST_BITS)


def _function(node: Function, text: str) -> NodeFunction:
    several = [part_of(part, text) for part in node.of]
    if node.function == "abs":
        inner = several[0]
        return lambda run: abs(inner(run))
    if node.function in ("root", "log"):
        return _rooted(node.function, several[0], _source(node, text))
    pick = numeric.smaller if node.function == "min" else numeric.larger
    return lambda run: reduce(pick, [part(run) for part in several])


def _rooted(function: str, inner: NodeFunction, source: str) -> NodeFunction:
    """A square root, which is of no negative number, or a logarithm, which is of none that is zero either."""

    def run_rooted(run: Run) -> Any:
        value = inner(run)
        fault = _mask(np.less(value, 0) if function == "root" else np.less_equal(value, 0))
        blame(run, fault, f'the formula takes the {function} of a number that has none in "{source}"')
        if fault.any():
            value = run.constant(1) if fault.ndim == 0 else numeric.where(fault, run.constant(1), value)
        return numeric.sqrt(value) if function == "root" else numeric.log(value)

    return run_rooted


def _round(node: Round, text: str) -> NodeFunction:
    inner, places, mode = part_of(node.of, text), node.places, node.mode
    return lambda run: numeric.round_to(inner(run), places, mode)


def _choice(node: Choice, text: str) -> NodeFunction:
    left, right, sign = part_of(node.test.left, text), part_of(node.test.right, text), node.test.sign
    then, otherwise = part_of(node.then, text), part_of(node.otherwise, text)

    def run_choice(run: Run) -> Any:
        taken = whether(left(run), sign, right(run))
        chosen = run.within(np.logical_and(run.active, taken), then)
        other = run.within(np.logical_and(run.active, np.logical_not(taken)), otherwise)
        return numeric.where(taken, chosen, other)

    return run_choice


def whether(a: Any, sign: str, b: Any) -> Any:
    """Whether a comparison holds, bid by bid; in batch within the tolerance."""
    match sign:
        case "<":
            return numeric.less(a, b)
        case ">":
            return numeric.less(b, a)
        case "<=":
            return np.logical_not(numeric.less(b, a))
        case ">=":
            return np.logical_not(numeric.less(a, b))
        case "==":
            return numeric.equal(a, b)
        case _:
            return np.logical_not(numeric.equal(a, b))


def _over_bids(node: OverBids, text: str) -> NodeFunction:
    source = _source(node, text)
    if node.of is None:
        return lambda run: run.found.setdefault(source, _count(run))
    inner = part_of(node.of, text)
    own = differs(node.of)
    over = _OVER[node.function]

    def run_over(run: Run) -> Any:
        if source not in run.found:
            value = run.within(run.scored, inner)
            run.found[source] = over(value, run.present) if own else _of_equal(node.function, value)
        return run.found[source]

    return run_over


def _count(run: Run) -> Any:
    number = run.present.sum(axis=0)
    return Fraction(int(number)) if run.exact else number.astype(np.float64)


def _deviation(x: Array, present: Mask, less: int) -> Any:
    """The standard deviation of the bids that are in, by their number less so many; zero where all are equal."""
    low, high = numeric.lowest(x, present), numeric.highest(x, present)
    above = x - low  # small numbers, so that floats lose nothing in the squares
    apart = above - numeric.mean(above, present)
    variance = numeric.divide(numeric.total(apart * apart, present), numeric.count(x, present) - less)
    # Floats that stand for equal figures may differ in their last digit: that is no deviation.
    return numeric.sqrt(numeric.where(numeric.equal(low, high), 0, variance))


def _of_equal(function: str, value: Any) -> Any:
    """What is taken over bids that all have the same value."""
    return value * 0 if function.endswith("_deviation") else value


_OVER: dict[str, Callable[[Any, Mask], Any]] = {
    "lowest": numeric.lowest,
    "highest": numeric.highest,
    "mean": numeric.mean,
    "median": numeric.median,
    "sample_deviation": lambda x, present: _deviation(x, present, 1),
    "population_deviation": lambda x, present: _deviation(x, present, 0),
}
_MAKERS: dict[type[Node], Callable[[Any, str], NodeFunction]] = {
    Available: _available,
    Chain: _chain,
    Choice: _choice,
    Earned: _earned,
    Figure: _figure,
    Function: _function,
    Lookup: _lookup,
    Negative: _negative,
    Number: _number,
    OverBids: _over_bids,
    Parameter: _number,
    Points: _points,
    Power: _power,
    Round: _round,
    Titled: _step,
}
