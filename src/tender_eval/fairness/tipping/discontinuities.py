"""Where on a path of weights anything can jump, so that no change and change back hides between two weights tried.

On such a path the points available at every criterion move in straight lines. What decides is then a comparison of
two straight lines (two bids in the order of the rule, of a shortlist or of a tie break; a bid and a minimum), but
for what is rounded; and however often that is, a comparison cannot come out otherwise than without rounding unless
the lines are as near as all roundings together can take them. So the weights that matter are where such lines meet
and, where they are that near, those at which a rounded number steps. Between two neighbours of these nothing changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import numpy as np

from tender_eval.engine.plan import Gate, Plan
from tender_eval.engine.questions import shares_out_money
from tender_eval.fairness.findings.notes import NoNearest
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.linear_order import is_monotone, kept_above_zero, linear_figures, order_of
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Unsupported

SAME = 1e-12  # of what is compared: below this, lines lie on one another


class Comparison(NamedTuple):
    """A sum over the scored criteria that decides by its sign, and what steps while it is near zero.

    ``coefficients`` ``(leaves,)`` times the weights, and ``constant``, are compared; roundings move it by ``slack`` at
    the most. ``steps`` ``(steps, leaves)`` times the weights step at the whole multiples of the scheme's last place,
    ``shifts`` of it ``(steps,)`` further on.
    """

    coefficients: Array
    constant: float
    slack: float
    steps: Array
    shifts: Array


class Lines(NamedTuple):
    """The points available at each scored criterion on the path: ``start + rise * weight``, ``(leaves,)`` each."""

    start: Array
    rise: Array


def all_changes_found(plan: Plan, discontinuous: bool) -> bool:
    """Whether all weights between which the winner may change can be found, under a scheme of this kind.

    Without jumps one change on a path is all there can be, where it is of a straight line or monotone.
    """
    order = order_of(plan)
    if isinstance(kept_above_zero(plan), Unsupported):
        return False
    if isinstance(order, NoNearest):
        return not discontinuous and is_monotone(plan)
    if not discontinuous:
        return True
    if plan.rounding and plan.rounding.digits:  # what figures step by changes with the best one
        return False
    return not (
        any(_turns_on_others(plan, gate) for gate in plan.gates)
        or (plan.scheme.shortlist is not None and plan.compares and not plan.recomputes)
        or (plan.rounds("total") and not (order.is_points or order.weights_do_not_matter))
        or (not order.points_count_alike and plan.rounds("group") and not plan.rounds("criterion"))
    )


def _turns_on_others(plan: Plan, gate: Gate) -> bool:
    """Whether a minimum turns on weights and on who else is in: then who was turned away turns on who was in before."""
    weighed = plan.node(gate.node).parts or plan.rounds("criterion")
    return bool(gate.relative and gate.share is not None and weighed)


def discontinuities(
    plan: Plan, comparisons: Sequence[Comparison], lines: Lines, start: float, end: float, most: int
) -> Array:
    """The weights between two at which something may jump, from the lowest; all among the ``most`` nearest to start."""
    low, high = sorted((start, end))
    if not comparisons or low == high:
        return np.zeros(0)
    by = np.array([c.coefficients for c in comparisons])
    at = by @ lines.start + [c.constant for c in comparisons]
    rise = by @ lines.rise
    size = np.abs(by) @ (np.abs(lines.start) + np.abs(lines.rise) * high)
    slack = np.array([c.slack for c in comparisons])
    slack = np.where(slack > 0, slack + SAME * size, 0)
    flat = np.abs(rise) * high <= SAME * size
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.sort(np.array([(-slack - at) / rise, (slack - at) / rise]), axis=0)
    near = np.abs(at) <= slack + SAME * size
    first = np.where(flat, np.where(near, low, np.inf), np.maximum(ends[0], low))
    last = np.where(flat, np.where(near, high, -np.inf), np.minimum(ends[1], high))
    places = plan.scheme.rounding.places if plan.scheme.rounding is not None else 0
    found = [first, last]
    for n in np.flatnonzero(first < last).tolist():
        ends_of = (float(first[n]), float(last[n]))
        found += _rounding_boundaries(
            comparisons[n], lines, float(Fraction(1, 10**places)), ends_of, most if start < end else -most
        )
    every = np.unique(np.concatenate(found))
    return np.asarray(every[(every > low) & (every < high)])


def _rounding_boundaries(
    of: Comparison, lines: Lines, step: float, ends: tuple[float, float], most: int
) -> Iterator[Array]:
    """The weights between two at which numbers on straight lines pass the places where they step.

    Of those of one number the first ``most``, or the last where it is below zero.
    """
    for at, rise, shift in zip(of.steps @ lines.start, of.steps @ lines.rise, of.shifts, strict=True):
        if abs(rise) * (ends[1] - ends[0]) > SAME * step:
            least, last = sorted((at + rise * end) / step - shift for end in ends)
            if (most > 0) == (rise > 0):
                last = min(last, np.ceil(least) + abs(most))
            else:
                least = max(least, np.floor(last) - abs(most))
            yield ((np.arange(np.ceil(least), np.floor(last) + 1) + shift) * step - at) / rise


def comparisons(
    scenario: Scenario, ranked: Collection[str], scores: Mapping[str, Mapping[str, Fraction]]
) -> list[Comparison]:
    """What decides who wins a scenario while these bids are ranked, with these scores by bid and scored criterion."""
    return list(_Comparisons(scenario, ranked, scores).all())


class _Comparisons:
    def __init__(
        self, scenario: Scenario, ranked: Collection[str], scores: Mapping[str, Mapping[str, Fraction]]
    ) -> None:
        self.plan, self.winner = scenario.plan, scenario.winner
        self.order = order_of(self.plan)
        leaves = [leaf.id for leaf in self.plan.leaves]
        self.ranked = linear_figures(scenario, {bid: scores[bid] for bid in scenario.rows if bid in ranked})
        self.scores = {bid: np.array([float(own.get(leaf, np.nan)) for leaf in leaves]) for bid, own in scores.items()}
        r = self.plan.scheme.rounding
        self.shift = 0.5 if r is not None and r.mode.startswith("half") else 0.0
        self.step = float(Fraction(1, 10**r.places)) if r is not None else 1.0
        self._rounded = cache(lambda criteria, total: rounded_sums(self.plan, criteria, total))
        self._mask = cache(lambda criteria: multiplicities(self.plan, criteria))

    def all(self) -> Iterator[Comparison]:
        plan = self.plan
        yield from self._orders()
        for gate in plan.gates:
            if gate.share is not None:
                yield from self._thresholds((gate.node,), float(gate.share))
        asked = plan.scheme.shortlist
        if asked is not None and asked.at_least is not None:
            yield from self._thresholds(plan.shortlist_by, float(asked.at_least))
        elif asked is not None:
            there = self._with_scores(plan.shortlist_by)
            yield from (self._points_apart(plan.shortlist_by, a, b) for n, a in enumerate(there) for b in there[:n])
        least = kept_above_zero(plan)
        if least is not None and not isinstance(least, Unsupported):
            yield from self._thresholds(least, 0.0)

    def _orders(self) -> Iterator[Comparison]:
        """Who of two is first by the rule, and where they tie, by the tie breaks."""
        plan, order = self.plan, self.order
        everyone = tuple(self.ranked.scores)
        ones = everyone if shares_out_money(plan) else [bid for bid in everyone if bid in self.winner]
        pairs = dict.fromkeys((min(a, b), max(a, b)) for a in ones for b in everyone if a != b)
        for one, other in pairs:
            if not isinstance(order, NoNearest) and not order.weights_do_not_matter:
                ahead = self.ranked.difference(one, other)
                by = np.array([float(c) for c in ahead.coefficients])
                yield self._between(
                    order.criteria, one, other, by, float(ahead.constant), order.is_points, max(float(ahead.times), 1.0)
                )
            for tie in plan.ties:
                if tie.criterion:
                    yield self._points_apart((tie.criterion,), one, other)

    def _points_apart(self, criteria: tuple[str, ...], one: str, other: str) -> Comparison:
        """By how many points one bid is ahead of another at some criteria."""
        by = self._mask(criteria) * (self.scores[one] - self.scores[other])
        return self._between(criteria, one, other, by, 0.0, False, 1.0)

    def _between(
        self,
        criteria: tuple[str, ...],
        one: str,
        other: str,
        by: Array,
        constant: float,
        total: bool,
        times: float,
    ) -> Comparison:
        """A comparison of two bids by their points at some criteria, of which one counts ``times`` at the most."""
        sums, rest = self._rounded(criteria, total)
        own, others = self.scores[one], self.scores[other]
        sums = sums[(sums * (own - others) != 0).any(axis=1)]  # what is equal steps at once
        steps = np.concatenate([sums * own, sums * others, (rest * (own - others))[None]])
        shifts = np.append(np.full(2 * len(sums), self.shift), 0.0)  # what is not rounded may make up for what is
        slack = len(sums) * self.step * times
        return Comparison(by, constant, slack, steps, shifts)

    def _thresholds(self, criteria: tuple[str, ...], share: float) -> Iterator[Comparison]:
        """Whether each bid has a share of the points of some criteria."""
        (sums, rest), mask = self._rounded(criteria, False), self._mask(criteria)
        shifts = np.append(np.full(len(sums), self.shift), 0.0)
        for bid in self._with_scores(criteria):
            scores = np.nan_to_num(self.scores[bid])
            steps = np.concatenate([sums * scores, (mask * share - rest * scores)[None]])
            yield Comparison(mask * (scores - share), 0.0, len(sums) * self.step, steps, shifts)

    def _with_scores(self, criteria: tuple[str, ...]) -> list[str]:
        """The bids whose scores at some criteria are known, also where they were turned away later."""
        mask = self._mask(criteria) > 0
        return [bid for bid, scores in self.scores.items() if np.isfinite(scores[mask]).all()]


def multiplicities(plan: Plan, criteria: Sequence[str]) -> Array:
    """How often each scored criterion counts in some criteria together, ``(leaves,)``."""
    below = [leaf for name in criteria for leaf in plan.node(name).leaves]
    return np.array([float(below.count(leaf.id)) for leaf in plan.leaves])


def rounded_sums(plan: Plan, criteria: Sequence[str], total: bool) -> tuple[Array, Array]:
    """What is rounded on the way to the points of some criteria together, and what reaches them as it is.

    Returns:
        Sums that are rounded, as masks over the scored criteria ``(sums, leaves)``; the rest ``(leaves,)``.
        What was rounded once is not rounded again further up: it is a multiple of the last place.
    """
    sums: list[Array] = []

    def rest_of(name: str) -> Array:
        parts = plan.node(name).parts
        rest = np.sum([rest_of(part) for part in parts], axis=0) if parts else multiplicities(plan, (name,))
        return settled(rest, "group" if parts else "criterion")

    def settled(rest: Array, stage: str) -> Array:
        if plan.rounds(stage) and rest.any():
            sums.append(rest)
            return np.zeros(len(rest))
        return rest

    rest = np.sum([rest_of(name) for name in criteria], axis=0)
    rest = settled(rest, "total") if total else rest
    return np.array(sums).reshape(-1, len(plan.leaves)), rest
