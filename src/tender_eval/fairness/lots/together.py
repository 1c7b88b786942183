"""All lots of a tender at once: each a scenario, and the scheme's own award across them, exactly and over draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.evaluating.batch import BatchResult
from tender_eval.fairness.findings.across import Award
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.lots.award import AcrossLots, award_lots, winners_across
from tender_eval.lots.batch import award_draws
from tender_eval.lots.contest import contest_of, divisors_of
from tender_eval.lots.policy import LotPolicy, policy_of
from tender_eval.lots.questions import keeps_to_limits, most_draws
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest


@dataclass(frozen=True)
class Together:
    """The lots of a tender by id, each as a scenario of its own.

    Raises:
        Refused: from whatever evaluates, with every problem of the bids, or naming the plugin at fault.
    """

    compiled: CompiledScheme
    bids: Bids

    @cached_property
    def lots(self) -> Mapping[str, Scenario]:
        """A scenario for each lot."""
        return {lot.id: Scenario(self.compiled.for_lot(lot.id), self.bids, lot.id) for lot in self.bids.tender.lots}

    @cached_property
    def by_itself(self) -> Mapping[str, Scenario]:
        """A scenario for each lot were there no other: offers for several lots have no place in it."""
        if not self.bids.any_for_several:
            return self.lots
        return {lot: Scenario(self.compiled.for_lot(lot), self.bids.alone, lot) for lot in self.lots}

    @cached_property
    def policy(self) -> LotPolicy:
        """How the scheme awards lots."""
        return policy_of(self.compiled.scheme, self.compiled.plan.catalogue)

    @cached_property
    def evaluations(self) -> Mapping[str, Evaluation]:
        """The evaluation of each lot, of every bid and offer for it."""
        return {lot: scenario.evaluation for lot, scenario in self.lots.items()}

    @cached_property
    def across(self) -> AcrossLots:
        """The award as it stands."""
        return award_lots(self.compiled, self.bids, self.evaluations)

    @property
    def tied(self) -> bool:
        """Whether limits tie the lots together, so that a lot can go to another than its first."""
        return keeps_to_limits(self.policy)

    @cached_property
    def award(self) -> Award:
        """Who is awarded each lot as it stands."""
        return self.award_of(self.across)

    def award_of(self, across: AcrossLots) -> Award:
        """Who is awarded each lot."""
        return {lot: across.winners(lot) for lot in self.lots}

    def award_with(self, changed: Mapping[str, Scenario]) -> Award | None:
        """The exact award with these lots changed; None where they cannot be evaluated."""
        try:
            other = {lot: scenario.evaluation for lot, scenario in changed.items()}
            return winners_across(self.compiled, self.bids, {**self.evaluations, **other})
        except Refused:
            return None

    def award_without(self, bid: str) -> Award | None:
        """The exact award as if this bid had never been made."""
        rest = Together(self.compiled, replace(self.bids, bids=tuple(b for b in self.bids.bids if b.id != bid)))
        try:
            won = winners_across(rest.compiled, rest.bids, rest.evaluations)
            return {**dict.fromkeys(self.lots, ()), **won}
        except Refused:
            return None

    @cached_property
    def most_draws(self) -> int:
        """How many draws can be awarded in some seconds."""
        return most_draws(self.policy, self._exact_contest)

    @cached_property
    def in_draws(self) -> bool:
        """Whether the award can be made in floats: not where a mechanism adds up what has divisors of its own."""
        totals = self.policy.mechanism.item.totals
        return not (totals and divisors_of(self.compiled, self.bids, self.evaluations) is not None)

    @cached_property
    def _exact_contest(self) -> Contest:
        across = self.across
        return contest_of(self.policy, self.bids, self.evaluations, across.capacities, (), across.qualified)

    @cached_property
    def _contest(self) -> Contest:
        exact = self._exact_contest
        return exact._replace(
            capacity=None if exact.capacity is None else exact.capacity.astype(np.float64),
            values=exact.values.astype(np.float64),
            most_value=None if exact.most_value is None else float(exact.most_value),
        )

    @cached_property
    def _reserved(self) -> Mask:
        """The bids ``(bids, lots)`` that the tests of the limits keep out, whatever their marks and prices."""
        stands = self.across.qualified.stands
        out = [[not stands(lot, bid.id) for lot in self.lots] for bid in self.bids.offers]
        return np.array(out, dtype=np.bool_)

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {bid.id: row for row, bid in enumerate(self.bids.offers)}

    @cached_property
    def _places(self) -> Mapping[str, Array]:
        """The rows of each lot's bids among all bids, ``(bids of the lot,)``."""
        rows = self._rows
        return {lot: np.array([rows[bid] for bid in scenario.rows], dtype=np.int64) for lot, scenario in
                self.lots.items()}  # fmt: skip

    def award_draws(self, results: Mapping[str, BatchResult], draws: int) -> Array:
        """The row of the bid that is awarded each lot, ``(lots, draws)``, -1 for none; other lots stay as they are."""
        base, names = self._contest, list(self.lots)
        shape = (*base.standing.shape, draws)
        figures, ranks = np.zeros(shape), np.zeros(shape, dtype=np.int64)
        for column, lot in enumerate(names):
            if lot in results:
                places = self._places[lot]
                figures[places, column] = np.nan_to_num(results[lot].figures)
                ranks[places, column] = results[lot].ranks
            else:
                figures[:, column] = base.figures[:, column].astype(np.float64)[:, None]
                ranks[:, column] = base.ranks[:, column][:, None]
        ranks[self._reserved] = 0
        contest = base._replace(figures=figures, ranks=ranks, standing=ranks > 0)
        return award_draws(self.policy.mechanism, self.policy.floats, contest).winner

    @cached_property
    def rows_awarded(self) -> Array:
        """The row of the bid that is awarded each lot now, ``(lots,)``, -1 for none."""
        return np.array([self._rows[won[0]] if won else -1 for won in self.award.values()])

    def changes(self, results: Mapping[str, BatchResult], draws: int) -> Mask:
        """In which draws any lot goes to another than now, ``(draws,)``."""
        return np.asarray((self.award_draws(results, draws) != self.rows_awarded[:, None]).any(axis=0))
