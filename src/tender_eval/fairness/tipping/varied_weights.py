"""The weight of one criterion or group, moved while all the others keep their proportions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.numeric import Array


class VariedWeight(NamedTuple):
    """The points of every scored criterion as one criterion or group takes ``weight`` of ``total``."""

    criterion: str
    leaves: tuple[str, ...]
    weight: Fraction
    total: Fraction
    current: Mapping[str, Fraction]

    def points_at(self, weight: Fraction) -> dict[str, Fraction]:
        """The points at this weight; within the group, and among the others, proportions stay."""
        parts, rest = weight / self.weight, (self.total - weight) / (self.total - self.weight)
        return {name: points * (parts if name in self.leaves else rest) for name, points in self.current.items()}

    def points_draws(self, weights: Array) -> dict[str, Array]:
        """The same for many weights ``(draws,)`` in float64."""
        parts = weights / float(self.weight)
        rest = (float(self.total) - weights) / float(self.total - self.weight)
        return {name: float(p) * (parts if name in self.leaves else rest) for name, p in self.current.items()}


def varied_weights(scenario: Scenario) -> tuple[VariedWeight, ...]:
    """The criteria whose weight can be moved: every scored one, and every group at the top."""
    now = {leaf.id: leaf.points for leaf in scenario.plan.leaves}
    total = sum(now.values(), Fraction(0))
    wanted = [n for n in scenario.plan.nodes if n.id in now or n.id in scenario.plan.roots]
    found = [
        VariedWeight(n.id, n.leaves, sum((now[leaf] for leaf in n.leaves), Fraction(0)), total, now) for n in wanted
    ]
    return tuple(varied for varied in found if 0 < varied.weight < total)


def is_discontinuous(scenario: Scenario) -> bool:
    """Whether a weight can make a figure jump, or move it otherwise than along a simple curve."""
    plan = scenario.plan
    groups = {node.id for node in plan.nodes if len(node.leaves) > 1}
    gates = any(gate.share is not None and gate.node in groups for gate in plan.gates)
    rounds = any(plan.rounds(stage) for stage in ("criterion", "group", "total"))
    jumps = rounds or gates or bool(plan.scaled) or plan.scheme.award.near_tie is not None
    return jumps or plan.scheme.shortlist is not None or not plan.rule.rule.item.exact
