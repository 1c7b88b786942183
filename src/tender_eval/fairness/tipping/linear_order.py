"""Whether the order of two bids turns on a straight line of the weights, and on which: read from the rule's expression.

The figures of two bids are made of their points, of points available, of what they read and of what is the same for
all bids. Taken from one another, over a common denominator, they are mostly a sum of points times numbers: then one
bid is ahead of the other where a straight line in the weights is above zero. What the two share falls away. Where
anything else is left (a power, points times points, the best bid's quality over the price) there is no such line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import accepts_of, counts, expression_of
from tender_eval.fairness.findings.notes import NoNearest, NoNearestBecause
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model import numeric
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.evaluate import evaluate
from tender_eval.plugins.expression.tree import (
    Available,
    Chain,
    Earned,
    Figure,
    Negative,
    Node,
    Number,
    OverBids,
    Parameter,
    Points,
    Titled,
    differs,
)
from tender_eval.plugins.table import BidTable

ZERO, ONE = Fraction(0), Fraction(1)
MOST_TERMS = 64  # of a sum: a method that has more is no line that anybody published
# The figures of two bids that are made up, each by the first and by how far apart the others are: primes.
MADE_UP = ((Fraction(7919), Fraction(104729)), (Fraction(15485863), Fraction(32452843)))
Line = tuple[Fraction, ...]


class _OwnPoints(NamedTuple):
    """The points of one of the two bids at some criteria."""

    side: int
    criteria: tuple[str, ...]


class _OwnShare(NamedTuple):
    """The share of full marks of one of the two bids at a criterion."""

    side: int
    criterion: str


Atom = _OwnPoints | _OwnShare | Node
"""What a sum is made of, besides numbers; a `Node` is of something that is the same for both bids."""
Sum = Mapping[tuple[Atom, ...], Fraction]
"""Products of atoms, each with its factor; the number alone stands beside the empty product."""


class NotLinearError(Exception):
    """The order of two bids turns on no straight line of the weights."""


class LinearDifference(NamedTuple):
    """By how much one bid is ahead of another, up to a factor above zero; below zero it is behind.

    Attributes:
        coefficients: by the weight of each scored criterion.
        times: by how much a point of either bid counts in it, at the most.
    """

    coefficients: Line
    constant: Fraction
    times: Fraction


class LinearOrder(NamedTuple):
    """What kind of comparison the award rule makes, whatever the bids.

    Attributes:
        is_points: the figure is the points of some criteria and nothing else.
        weights_do_not_matter: to the order of any two bids.
        points_count_alike: a point of either bid counts as much as one of the other.
        criteria: whose points it is made of.
    """

    is_points: bool
    weights_do_not_matter: bool
    points_count_alike: bool
    criteria: tuple[str, ...]


def order_of(plan: Plan) -> LinearOrder | NoNearest:
    """How the award rule compares two bids, or why that is no straight line of the weights."""
    if plan.scheme.award.near_tie is not None:
        return NoNearest(NoNearestBecause.NEAR_TIES)
    if not plan.adds_up:
        return NoNearest(NoNearestBecause.NO_SUM)
    found, rule = expression_of(plan.rule), plan.rule.rule.name
    if isinstance(found, Unsupported):
        return NoNearest(NoNearestBecause.NOT_STATED, rule, found.why)
    try:
        between = _between(found, plan, _made_up(found))
        times = [abs(factor) for atoms, factor in between.items() if _points_in(atoms)]
    except NotLinearError:
        return NoNearest(NoNearestBecause.NOT_STRAIGHT, rule)
    whole = _bare(found)
    criteria = counts(plan)
    return LinearOrder(isinstance(whole, Points), all(not atoms for atoms in between), len(set(times)) <= 1, criteria)


def is_monotone(plan: Plan) -> bool:
    """Whether, as one weight moves, nobody gains on another and then loses again: by shares of full marks alone."""
    found = expression_of(plan.rule)
    if isinstance(found, Unsupported) or not plan.adds_up or plan.scheme.award.near_tie is not None:
        return False
    try:
        top, bottom = _Reading(plan, _made_up(found)[0], 0).ratio(found)
    except NotLinearError:
        return False
    return not any(bottom.keys() - {()}) and all(
        not atoms or (len(atoms) == 1 and isinstance(atoms[0], _OwnShare)) for atoms in top
    )


def kept_above_zero(plan: Plan) -> tuple[str, ...] | Unsupported | None:
    """The criteria without whose points the rule turns a bid away; None where it turns none away by points."""
    test = accepts_of(plan.rule)
    if test is None or isinstance(test, Unsupported):
        return test
    by_points = [part for side in (test.left, test.right) for part in side.walk() if isinstance(part, Points | Earned)]
    compares = any(isinstance(part, OverBids | Available) for side in (test.left, test.right) for part in side.walk())
    if not by_points and not compares:
        return None
    points = _bare(test.left)
    if test.sign == ">" and isinstance(points, Points) and _bare(test.right) == Number(ZERO):
        return points.criteria or plan.roots
    return Unsupported("the rule turns bids away by more than whether they have points")


@dataclass(frozen=True)
class LinearFigures:
    """The ranked bids: the scores at every scored criterion, ``(leaves,)`` each, and the figures of the rule."""

    plan: Plan
    scores: Mapping[str, Line]
    figures: Mapping[str, Mapping[str, Fraction]]

    @cached_property
    def _expression(self) -> Node | Unsupported:
        return expression_of(self.plan.rule)

    def difference(self, one: str, other: str) -> LinearDifference:
        """By how much one bid is ahead of another.

        Raises:
            NotLinearError: no straight line says so, as where a figure is zero that is divided by.
        """
        if isinstance(self._expression, Unsupported):
            raise NotLinearError
        between = _between(self._expression, self.plan, [self.figures[one], self.figures[other]])
        line, constant, times = [ZERO] * len(self.plan.leaves), ZERO, [ZERO, ZERO]
        for atoms, factor in between.items():
            if not atoms:
                constant = factor
                continue
            (atom,) = atoms
            counts = self._counted(_criteria(atom))
            shares: Sequence[Fraction] = (ONE,) * len(counts)
            if isinstance(atom, _OwnPoints):
                shares = self.scores[(one, other)[atom.side]]
                times[atom.side] += abs(factor)
            line = [a + factor * n * share for a, n, share in zip(line, counts, shares, strict=True)]
        return LinearDifference(tuple(line), constant, max(times))

    def _counted(self, criteria: Sequence[str]) -> list[int]:
        below = [leaf for name in criteria or self.plan.roots for leaf in self.plan.node(name).leaves]
        return [below.count(leaf.id) for leaf in self.plan.leaves]


def linear_figures(scenario: Scenario, scores: Mapping[str, Mapping[str, Fraction]]) -> LinearFigures:
    """What is compared of these bids, whose scores are given by bid and scored criterion."""
    columns, leaves = scenario.exact_columns, [leaf.id for leaf in scenario.plan.leaves]
    read = [reads.column for reads in scenario.plan.rule.reads]
    figures = {bid: {column: columns[column][scenario.rows[bid]] for column in read} for bid in scores}
    return LinearFigures(
        scenario.plan, {bid: tuple(own[leaf] for leaf in leaves) for bid, own in scores.items()}, figures
    )


def _made_up(expression: Node) -> list[dict[str, Fraction]]:
    """Figures of two bids that have nothing in common."""
    columns = dict.fromkeys(part.column for part in expression.walk() if isinstance(part, Figure))
    return [{column: first + n * step for n, column in enumerate(columns)} for first, step in MADE_UP]


def _between(expression: Node, plan: Plan, figures: Sequence[Mapping[str, Fraction]]) -> Sum:
    """By how much the first of two bids is ahead, as a sum that is a straight line of the weights.

    Raises:
        NotStraightError: it is none.
    """
    (top, bottom), (other_top, other_bottom) = (
        _Reading(plan, own, side).ratio(expression) for side, own in enumerate(figures)
    )
    for below in (bottom, other_bottom):
        _above_zero(below, plan)
    if bottom == other_bottom:
        found = _sum(top, other_top, -1)
    else:
        found = _sum(_product(top, other_bottom), _product(other_top, bottom), -1)
    if any(len(atoms) > 1 or (atoms and not isinstance(atoms[0], _OwnPoints | Available)) for atoms in found):
        raise NotLinearError
    best = 1 if plan.rule.rule.item.best == "highest" else -1
    return {atoms: best * factor for atoms, factor in found.items()}


def _above_zero(bottom: Sum, plan: Plan) -> None:
    """Refuse a denominator that may be below zero at some weights: points that are, or more taken off than there is."""
    by_leaf: dict[str, Fraction] = {}
    for atoms, factor in bottom.items():
        if len(atoms) > 1 or (atoms and not isinstance(atoms[0], _OwnPoints | Available)):
            raise NotLinearError
        for atom in atoms:
            below = [leaf for name in _criteria(atom) or plan.roots for leaf in plan.node(name).leaves]
            if isinstance(atom, _OwnPoints):
                by_leaf |= {"": min(factor, by_leaf.get("", factor))}
            else:
                by_leaf |= {leaf: by_leaf.get(leaf, ZERO) + factor for leaf in below}
    points = any(isinstance(atom, _OwnPoints) for atoms in bottom for atom in atoms)
    negative = any(leaf.unbounded_below for leaf in plan.leaves) and accepts_of(plan.rule) is None
    if bottom.get((), ZERO) < 0 or any(factor < 0 for factor in by_leaf.values()) or (points and negative):
        raise NotLinearError


def _criteria(atom: Atom) -> tuple[str, ...]:
    return atom.criteria if isinstance(atom, _OwnPoints | Available) else ()


def _points_in(atoms: tuple[Atom, ...]) -> bool:
    return any(isinstance(atom, _OwnPoints) for atom in atoms)


def _bare(node: Node) -> Node:
    return _bare(node.of) if isinstance(node, Titled) else node


class _Reading:
    """Reads the expression of one bid as one sum over another."""

    def __init__(self, plan: Plan, figures: Mapping[str, Fraction], side: int) -> None:
        self._plan, self._figures, self._side = plan, figures, side

    def ratio(self, node: Node) -> tuple[Sum, Sum]:
        """The sum, and what it is divided by.

        Raises:
            NotStraightError: it is no such ratio.
        """
        match node:
            case Number(value=value) | Parameter(value=value):
                return _number(value), _number(ONE)
            case Titled(of=of):
                return self.ratio(of)
            case Points(criteria=criteria):
                return {(_OwnPoints(self._side, criteria),): ONE}, _number(ONE)
            case Earned(criterion=criterion):
                return {(_OwnShare(self._side, criterion),): ONE}, _number(ONE)
            case Chain(first=first, rest=rest):
                found = self.ratio(first)
                for sign, part in rest:
                    found = _JOINED[sign](found, self.ratio(part))
                return found
            case Negative(of=of):
                top, bottom = self.ratio(of)
                return _sum({}, top, -1), bottom
            case Available():
                return {(node,): ONE}, _number(ONE)
            case _ if not any(isinstance(part, Points | Earned | Available | OverBids) for part in node.walk()):
                return _number(self._worked_out(node)), _number(ONE)
            case _ if not differs(node):
                return {(node,): ONE}, _number(ONE)
            case _:
                raise NotLinearError

    def _worked_out(self, node: Node) -> Fraction:
        """What figures and numbers alone come to."""
        columns = {column: numeric.exact_array([value]) for column, value in self._figures.items()}
        nobody = np.zeros(1, dtype=np.bool_)
        return Fraction(evaluate(node, BidTable(columns, np.ones(1, dtype=np.bool_)), nobody)[0])


Ratio = tuple[Sum, Sum]


def _number(value: Fraction) -> Sum:
    return {(): value} if value else {}


def _sum(a: Sum, b: Sum, sign: int = 1) -> Sum:
    found = dict(a)
    for atoms, factor in b.items():
        found[atoms] = found.get(atoms, ZERO) + sign * factor
    return {atoms: factor for atoms, factor in found.items() if factor}


def _product(a: Sum, b: Sum) -> Sum:
    if len(a) * len(b) > MOST_TERMS:
        raise NotLinearError
    found: dict[tuple[Atom, ...], Fraction] = {}
    for atoms, factor in a.items():
        for others, other in b.items():
            together = tuple(sorted((*atoms, *others), key=repr))
            found[together] = found.get(together, ZERO) + factor * other
    return {atoms: factor for atoms, factor in found.items() if factor}


def _added(a: Ratio, b: Ratio, sign: int = 1) -> Ratio:
    if a[1] == b[1]:
        return _sum(a[0], b[0], sign), a[1]
    return _sum(_product(a[0], b[1]), _product(b[0], a[1]), sign), _product(a[1], b[1])


def _divided(a: Ratio, b: Ratio) -> Ratio:
    top, bottom = _product(a[0], b[1]), _product(a[1], b[0])
    if not bottom:
        raise NotLinearError
    if not bottom.keys() - {()}:  # a number: its sign is known
        return _product(top, _number(1 / bottom[()])), _number(ONE)
    return top, bottom


_JOINED: dict[str, Callable[[Ratio, Ratio], Ratio]] = {
    "+": _added,
    "-": lambda a, b: _added(a, b, -1),
    "*": lambda a, b: (_product(a[0], b[0]), _product(a[1], b[1])),
    "/": _divided,
}
