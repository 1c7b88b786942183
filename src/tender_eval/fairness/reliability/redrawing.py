"""The marks that another panel of as many people, as reliable as this one, would give the same bids.

What people's marks differ by is taken apart into who is lenient or severe, and the rest; another panel is as many
people drawn with replacement from these, each with that leaning and, at every bid, the rest of some mark at that
criterion. What the bids deserve is not known: the marks that this panel gave are off by as much as another's. An
agreed mark is taken to vary between panels as the mean of as many marks does, and to be one of the two on either side
of where that leads, the nearer one oftener.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle, islice

import numpy as np
from numpy.random import Generator

from tender_eval.engine.facts.panel_marks import computed
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import scales_of_marks
from tender_eval.fairness.findings.reliability import TooLittle
from tender_eval.fairness.reliability.given import MarkedBy, PanelMarks
from tender_eval.fairness.reliability.true_marks import spread_of_bids
from tender_eval.fairness.statistics.severity import additive
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.panel_rule import PanelRule

LEAST_FREEDOM = 10  # degrees of freedom of what marks differ by: known to about half of itself, either way
LEAST_RESIDUALS = 10  # of a criterion, to draw from its own alone


@dataclass(frozen=True)
class Disagreement:
    """What marks of these people differ by, in shares of the highest mark, made as wide as that of as many others.

    Attributes:
        leanings: of each person.
        residuals: of every mark that others gave as well.
        by_criterion: the same of each criterion that has enough of its own.
        usual: how many people marked a bid at a criterion, usually.
    """

    leanings: Array
    residuals: Array
    by_criterion: dict[str, Array]
    usual: int

    def pool(self, one: MarkedBy) -> Array:
        """The residuals that marks at a criterion are drawn with."""
        return self.by_criterion.get(one.criterion, self.residuals)


def disagreement(panel: PanelMarks) -> Disagreement | TooLittle:
    """What the panel's marks differ by."""
    if not panel.criteria:
        return TooLittle.ONE_PERSON
    together = panel.together
    found = together.compared
    if found.people < 2:
        return TooLittle.ONE_PERSON
    fitted = additive(found)
    if isinstance(fitted, TooLittle):
        return fitted
    if fitted.freedom < LEAST_FREEDOM:
        return TooLittle.FEW_IN_COMMON
    wider = np.sqrt(found.given.sum() / fitted.freedom)
    at = np.flatnonzero(together.several) // len(panel.bids)  # the criterion of each unit
    own = {
        one.criterion: _there(fitted.residuals[at == n]) * wider
        for n, one in enumerate(panel.criteria)
        if len(_there(fitted.residuals[at == n])) >= LEAST_RESIDUALS
    }
    leanings = fitted.leanings * np.sqrt(found.people / (found.people - 1))
    usual = int(np.median(found.given.sum(axis=1)))
    return Disagreement(leanings, _there(fitted.residuals) * wider, own, usual)


def _there(values: Array) -> Array:
    return np.asarray(values[~np.isnan(values)])


def redrawn(
    panel: PanelMarks, found: Disagreement, plan: Plan, rng: Generator, draws: int
) -> dict[str, dict[str, Array]]:
    """The marks ``(draws,)`` that count in each of so many other panels, by column and bid."""
    rule, scales = plan.scheme.panel, scales_of_marks(plan)
    counts = [[one.counts.get(bid) for one in panel.criteria] for bid in panel.bids]
    there = np.array([[mark is not None for mark in row] for row in counts])
    sizes = np.array([[_size(one, bid, found.usual) for one in panel.criteria] for bid in panel.bids])
    by_errors = np.array([float((found.pool(one) ** 2).mean()) for one in panel.criteria]) / sizes.mean(axis=0)
    this, other = (_People(found, rng, int(sizes.max(initial=0)), draws) for _ in range(2))
    off = [this.off(one, at).sum(axis=0) / at[:, None] for one, at in zip(panel.criteria, sizes.T, strict=True)]
    errors = np.stack(off, axis=1)
    marks = np.array([[_middle(one, bid, rule) for one in panel.criteria] for bid in panel.bids])
    spread = spread_of_bids(marks, there, by_errors)
    deserved = marks[..., None] - errors if spread is None else spread.drawn(marks, errors, rng)
    given: dict[str, dict[str, Array]] = {}
    for n, (one, at) in enumerate(zip(panel.criteria, sizes.T, strict=True)):
        single, highest = other.off(one, at), float(one.highest)
        if rule.computed:
            own = on_scale(one, (deserved[:, n] + single) * highest, rng)
            scale = scales.get(one.column.removeprefix("marks."))
            counting = computed(
                own, np.broadcast_to(other.there(at), own.shape), rule, scale, _weights(panel, rule, len(own))
            )
        else:
            counting = on_scale(one, (deserved[:, n] + single.sum(axis=0) / at[:, None]) * highest, rng)
        given[one.column] = {bid: counting[row] for row, bid in enumerate(panel.bids) if there[row, n]}
    return given


def _weights(panel: PanelMarks, rule: PanelRule, people: int) -> list[Fraction]:
    """How much the marks of another panel's people count: as those of this one, one after the other."""
    own = [rule.weight(panel.roles.get(who, "")) or Fraction(1) for who in panel.people]
    return list(islice(cycle(own), people))


def _size(one: MarkedBy, bid: str, usual: int) -> int:
    """How many people another panel would have mark a bid: as many as did, or as usually do."""
    given = len(one.individual.get(bid, {}))
    return given if given >= 2 else usual


def _middle(one: MarkedBy, bid: str, rule: PanelRule) -> float:
    """What marks are drawn around: the agreed mark, or the mean of those that another is computed of; in shares."""
    given = one.individual.get(bid, {})
    if rule.computed and given:
        return float(sum(given.values(), Fraction(0)) / len(given) / one.highest)
    return float(one.counts.get(bid, Fraction(0)) / one.highest)


class _People:
    """The people of so many panels, each with a leaning that goes with all their marks."""

    def __init__(self, found: Disagreement, rng: Generator, most: int, draws: int) -> None:
        self._found, self._rng = found, rng
        self._leanings = found.leanings[rng.integers(len(found.leanings), size=(most, draws))]

    def there(self, sizes: Array) -> Mask:
        """Who marks each bid, of so many ``(people, bids, 1)``."""
        return np.asarray(np.arange(len(self._leanings))[:, None, None] < sizes[:, None])

    def off(self, one: MarkedBy, sizes: Array) -> Array:
        """By how much each mark is off ``(people, bids, draws)``; nothing of those who do not mark a bid."""
        people, draws = self._leanings.shape
        pool = self._found.pool(one)
        off = self._leanings[:, None] + pool[self._rng.integers(len(pool), size=(people, len(sizes), draws))]
        return np.asarray(off * self.there(sizes))


def on_scale(one: MarkedBy, marks: Array, rng: Generator) -> Array:
    """Marks that can be given: of the two on either side the nearer one oftener; without a scale, within the range."""
    reads = one.at.reads
    if not reads.one_of:
        low, high = (None if end is None else float(end) for end in (reads.at_least, reads.at_most))
        return np.asarray(np.clip(marks, low, high))
    scale = np.array(sorted(map(float, reads.one_of)))
    if len(scale) == 1:
        return np.full_like(marks, scale[0])
    held = np.clip(marks, scale[0], scale[-1])
    above = np.clip(np.searchsorted(scale, held, side="right"), 1, len(scale) - 1)
    start, end = scale[above - 1], scale[above]
    return np.where(rng.random(marks.shape) * (end - start) < held - start, end, start)
