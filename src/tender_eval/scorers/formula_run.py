"""Runs the tree of a published formula: each node becomes a function, once, that serves both arithmetics."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from tender_eval.model import numeric
from tender_eval.model.enclosure import MOST_BITS, fraction
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.wording import shown
from tender_eval.plugins.table import BidTable, FigureError
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


class Run:
    """One evaluation of a formula.

    Attributes:
        active: the bids whose figures count where the formula stands just now; in a branch of ``if_`` only
            those that take it. What goes wrong elsewhere is of no consequence.
        scored: the bids whose score the formula sets at all.
        found: what was worked out over all bids, by the text of the call.
    """

    __slots__ = ("_columns", "active", "bids", "exact", "found", "present", "scored")

    def __init__(self, bids: BidTable, columns: tuple[str, ...], scored_alone: bool) -> None:
        self.bids = bids
        self.present: Mask = bids.present
        self.active: Mask = bids.present
        if scored_alone:  # an only bid gets its published score, whatever the formula makes of it
            self.active = bids.present & (bids.present.sum(axis=0) > 1)
        self.scored = self.active
        self.exact = numeric.is_exact(bids.column(columns[0])) if columns else bids.present.ndim == 1
        self.found: dict[str, Any] = {}
        self._columns = columns

    def constant(self, value: Fraction | int) -> Any:
        """A number in the arithmetic of the run."""
        return fraction(value) if self.exact else float(value)

    def within(self, active: Mask, part: Part) -> Any:
        """The value of a part where only these bids count."""
        before, self.active = self.active, active
        value = part(self)
        self.active = before
        return value

    def spread(self, value: Any) -> Array:
        """A value as one score for each bid."""
        if self.exact:
            return value if isinstance(value, np.ndarray) else numeric.exact_array([value] * len(self.present))
        array = np.asarray(value, dtype=np.float64)
        return array if array.ndim == 2 else np.broadcast_to(array, self.present.shape)

    def figures_at(self, place: tuple[int, ...], shape: tuple[int, ...]) -> str:
        """The figures of the bid at one place, for people."""
        return ", ".join(
            f"{name} = {shown(np.broadcast_to(self.bids.column(name), shape)[place])}" for name in self._columns
        )


Part = Callable[[Run], Any]


def blame(run: Run, bad: Any, message: str, hint: str = "", values: Array | None = None) -> None:
    """Raise what is wrong, with the figures of the first bid that is concerned; nothing if none is.

    Args:
        message: ``{}`` in it stands for that bid's value.

    Raises:
        FigureError: some bid that counts here is concerned.
    """
    concerned = np.logical_and(run.active, bad)
    if not concerned.any():
        return
    place = tuple(int(i) for i in np.argwhere(concerned)[0])
    if values is not None:
        message = message.replace("{}", shown(np.broadcast_to(values, concerned.shape)[place]))
    figures = run.figures_at(place, concerned.shape)
    raise FigureError(f"{message} where {figures}" if figures else message, hint)


def part_of(node: Node, text: str) -> Part:
    """The function of a node: from a run to one value, one a draw, or one for each bid.

    Args:
        text: the whole formula.
    """
    return _MAKERS[type(node)](node, text)


def _number(node: Number, text: str) -> Part:
    exact, broken = node.value, float(node.value)
    return lambda run: exact if run.exact else broken


def _named(node: Named, text: str) -> Part:
    column = node.column
    return lambda run: run.bids.column(column)


def _negative(node: Negative, text: str) -> Part:
    inner = part_of(node.of, text)
    return lambda run: -inner(run)


def _chain(node: Chain, text: str) -> Part:
    first = part_of(node.first, text)
    rest = [(sign, part_of(part, text), text[part.start : part.end]) for sign, part in node.rest]

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


def _power(node: Power, text: str) -> Part:
    base, exponent, source = (
        part_of(node.base, text),
        part_of(node.exponent, text),
        text[node.start : node.end],
    )
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


def _function(node: Function, text: str) -> Part:
    several = [part_of(part, text) for part in node.of]
    if node.function == "abs":
        inner = several[0]
        return lambda run: abs(inner(run))
    pick = numeric.smaller if node.function == "min" else numeric.larger
    return lambda run: reduce(pick, [part(run) for part in several])


def _choice(node: Choice, text: str) -> Part:
    left, right = part_of(node.left, text), part_of(node.right, text)
    then, otherwise = part_of(node.then, text), part_of(node.otherwise, text)

    def run_choice(run: Run) -> Any:
        holds = _holds(left(run), node.sign, right(run))
        chosen = run.within(np.logical_and(run.active, holds), then)
        other = run.within(np.logical_and(run.active, np.logical_not(holds)), otherwise)
        return numeric.where(holds, chosen, other)

    return run_choice


def _holds(a: Any, sign: str, b: Any) -> Any:
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


def _over_bids(node: OverBids, text: str) -> Part:
    source = text[node.start : node.end]
    if node.of is None:
        return lambda run: run.found.setdefault(source, _count(run))
    inner = part_of(node.of, text)
    own = differs(node.of)
    over = {
        "lowest": numeric.lowest,
        "highest": numeric.highest,
        "mean": numeric.mean,
        "median": numeric.median,
    }[node.function]

    def run_over(run: Run) -> Any:
        if source not in run.found:
            value = run.within(run.scored, inner)
            run.found[source] = over(value, run.present) if own else value
        return run.found[source]

    return run_over


def _count(run: Run) -> Any:
    number = run.present.sum(axis=0)
    return Fraction(int(number)) if run.exact else number.astype(np.float64)


def differs(node: Node) -> bool:
    """Whether a part can differ between bids."""
    if isinstance(node, OverBids):
        return False
    return isinstance(node, Named) or any(differs(part) for part in node.parts)


_MAKERS: dict[type[Node], Callable[[Any, str], Part]] = {
    Number: _number,
    Named: _named,
    Negative: _negative,
    Chain: _chain,
    Power: _power,
    Function: _function,
    Choice: _choice,
    OverBids: _over_bids,
}
