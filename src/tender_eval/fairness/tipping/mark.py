"""Whether one mark, given one step higher or lower on its scale, changes who wins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.engine.plan import Leaf, Plan
from tender_eval.fairness.findings.results import MarkTipping, Order
from tender_eval.fairness.scenarios.reranking import Reranking, award_changes
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.table import Reads


class MarkedCriterion(NamedTuple):
    """A criterion whose score is the panel's mark: ``column`` is what it reads, ``reads`` what marks there are."""

    criterion: str
    column: str
    reads: Reads

    def steps_from(self, mark: Fraction) -> tuple[Fraction, ...]:
        """The marks next to this one: those of the scale; without a scale one more and one less, on its range."""
        if self.reads.one_of:
            scale = sorted(self.reads.one_of)
            below, above = [m for m in scale if m < mark], [m for m in scale if m > mark]
            return (*below[-1:], *above[:1])
        low, high = self.reads.at_least, self.reads.at_most
        near = [mark - 1 if low is None else max(mark - 1, low), mark + 1 if high is None else min(mark + 1, high)]
        return tuple(m for m in near if m != mark)

    def nearest(self, mark: Fraction) -> Fraction:
        """The mark of the scale nearest to a mean; the higher of two that are as near. Without a scale, itself."""
        if not self.reads.one_of:
            return mark
        return min(sorted(self.reads.one_of, reverse=True), key=lambda m: abs(m - mark))


def marked_criteria(plan: Plan) -> tuple[MarkedCriterion, ...]:
    """The criteria that are scored by a mark on a scale, or out of a highest mark; each column once."""
    found: dict[str, MarkedCriterion] = {}
    for leaf in plan.leaves:
        if (reads := _mark(leaf)) is not None:
            found.setdefault(reads.column, MarkedCriterion(leaf.id, reads.column, reads))
    return tuple(found.values())


def _mark(leaf: Leaf) -> Reads | None:
    reads = leaf.reads[0] if len(leaf.reads) == 1 else None
    if reads is None or not reads.column.startswith("marks."):
        return None
    return reads if reads.one_of or (reads.at_least is not None and reads.at_most is not None) else None


MarkStep = tuple[str, MarkedCriterion, Fraction, Fraction]
"""A bid, a criterion, the mark there and the mark to try."""


def mark_tipping(scenario: Scenario) -> tuple[MarkTipping, ...]:
    """Every mark of a bid that competes which, given one step higher or lower, changes who wins, or makes it nobody.

    All are tried in float64 at once; those that change the winner are evaluated exactly.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    steps = [step for step in mark_steps(scenario) if scenario.competing[scenario.rows[step[0]]]]
    if not steps:
        return ()
    now, found = Reranking(scenario), []
    now.at(now.points)
    for n in np.flatnonzero(_screened(scenario, steps)):
        bid, at, mark, to = steps[n]
        winner = _winner(scenario.with_mark(bid, at.criterion, to), now)
        if winner is not None and set(winner) != set(scenario.winner):
            found.append(MarkTipping(bid, at.criterion, mark, to, winner))
    return tuple(found)


def _winner(scenario: Scenario, like: Reranking) -> Order | None:
    """Who wins, or None where such bids cannot be evaluated."""
    try:
        ranking = Reranking(scenario, like).at(like.points)
    except Refused:
        return None
    return None if ranking is None else ranking.winner


def _screened(scenario: Scenario, steps: list[MarkStep]) -> Mask:
    """Which steps may change the winner; all, where some cannot be evaluated together with the others."""
    try:
        return award_changes(scenario, scenario.batch(marks_in_draws(scenario, steps)))
    except Refused:
        return np.ones(len(steps), dtype=np.bool_)


def mark_steps(scenario: Scenario) -> Iterator[MarkStep]:
    """Every mark that counts, with each that is a step from it."""
    for at in marked_criteria(scenario.plan):
        for bid in scenario.bids.bids:
            mark = bid.marks.get(at.column.removeprefix("marks."))
            if mark is None or not isinstance(mark.value, Fraction):
                continue
            for to in at.steps_from(mark.value):
                yield bid.id, at, mark.value, to


def marks_in_draws(scenario: Scenario, steps: Sequence[MarkStep | None]) -> dict[str, Array]:
    """The columns of marks ``(bids, draws)``, one change in each draw, or none."""
    columns: dict[str, Array] = {}
    for n, step in enumerate(steps):
        if step is not None:
            bid, at, _, to = step
            if at.column not in columns:
                columns[at.column] = np.repeat(scenario.columns[at.column][:, None], len(steps), axis=1)
            columns[at.column][scenario.rows[bid], n] = float(to)
    return columns
