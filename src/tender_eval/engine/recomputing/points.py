"""Points as they stood on the way: as earned, where minimums looked at them, and what was compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.plan import Gate, Plan, PlanNode
from tender_eval.engine.scoring.best_digits import to_places
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.numeric import round_fraction
from tender_eval.model.scheme import Rounding


def settled(value: Fraction, rounding: Rounding | None) -> Fraction:
    """A figure as the scheme rounds it."""
    return round_fraction(value, rounding.places, rounding.mode) if rounding else value


def rounding_of(plan: Plan, ranked: Sequence[Fraction]) -> Rounding | None:
    """How the figure that is ranked is rounded, with the places that the digits of the best one come to.

    Args:
        ranked: the figures of the bids that are ranked, before they are rounded.
    """
    stated = plan.rounding
    if stated is None or not stated.digits:
        return stated
    best = (max if plan.rule.rule.item.best == "highest" else min)(ranked, default=Fraction(0))
    return to_places(stated, best)


def compared(plan: Plan, bid: BidResult) -> bool:
    """Whether a bid counts wherever bids are compared in which it was scored: as long as it was in."""
    return bid.status == "ranked" or not plan.recomputes


def best_figure(evaluation: Evaluation) -> Fraction:
    """The best figure of all, whoever is ranked first by a near tie."""
    figures = [bid.figure for bid in evaluation.ranked if bid.figure is not None]
    return max(figures) if evaluation.best == "highest" else min(figures)


def together(bid: BidResult, criteria: Iterable[str]) -> Fraction:
    """The points of a bid at several criteria."""
    return sum((found.points for name in criteria if (found := bid.criterion(name))), Fraction(0))


def available(plan: Plan, criteria: Iterable[str]) -> Fraction:
    """The points available at several criteria."""
    return sum((plan.node(name).points for name in criteria), Fraction(0))


def earned(bid: BidResult, node: PlanNode) -> Fraction:
    """What a bid earned at a criterion before it was scaled to the best bid."""
    if node.parts:
        return together(bid, node.parts)
    found = bid.criterion(node.id)
    return (found.score or Fraction(0)) * node.points if found else Fraction(0)


def stands_as_earned(bid: BidResult, node: PlanNode) -> bool:
    """Whether the points of a bid at a criterion are those that it earned, not scaled to the best."""
    found = bid.criterion(node.id)
    return found is not None and found.points == settled(earned(bid, node), node.rounding)


def looked_at_as_earned(plan: Plan, node: PlanNode) -> bool:
    """Whether a minimum at a criterion looks at points before they are scaled to the best bid."""
    return plan.minimums_first and any(plan.node(name).scaled for name in plan.below(node.id))


def points_at_minimum(plan: Plan, bid: BidResult, node: PlanNode) -> Fraction | None:
    """The points of a bid that a minimum at a criterion looks at; None where it has none."""
    found = bid.criterion(node.id)
    if not looked_at_as_earned(plan, node):
        return found.points if found else None
    if not node.parts:
        return settled(earned(bid, node), node.rounding) if found else None
    parts = [points_at_minimum(plan, bid, plan.node(part)) for part in node.parts]
    if any(part is None for part in parts):
        return None
    return settled(sum((part for part in parts if part is not None), Fraction(0)), node.rounding)


class Tested(NamedTuple):
    """A minimum at which a bid was scored: the points or mark that it looked at, the least, and whether it is met."""

    gate: Gate
    found: Fraction
    least: Fraction
    met: bool


def minimums(plan: Plan, bid: BidResult, column: Callable[[str], Fraction | None]) -> Iterator[Tested]:
    """Each minimum at which a bid was scored.

    Args:
        column: gives the figures that were read of it.
    """
    for gate in plan.gates:
        node = plan.node(gate.node)
        if gate.share is not None:
            points, least = points_at_minimum(plan, bid, node), gate.share * node.points
            if points is not None:
                yield Tested(gate, points, least, points >= least)
        elif bid.criterion(gate.node) is not None:
            mark = column(gate.column) or Fraction(0)
            yield Tested(gate, mark, gate.mark or Fraction(0), not gate.misses(mark))
