"""The exact evaluation of one tender or lot: conditions, kernel, ranking, award, and every figure explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from tender_eval.engine.evaluating.flags import flags_of
from tender_eval.engine.evaluating.places import Places, places_of
from tender_eval.engine.evaluating.preparation import prepare
from tender_eval.engine.evaluating.ranking import exact_ranks, level_with_best, ranking_keys
from tender_eval.engine.evaluating.trace import ALLOCATION, Notebook, TraceBuilder
from tender_eval.engine.evaluating.workings import hold_workings
from tender_eval.engine.plan import Gate, Plan
from tender_eval.engine.questions import check_accepts
from tender_eval.engine.scoring.guarded import of_third_party
from tender_eval.engine.scoring.kernel import run
from tender_eval.engine.scoring.outcome import Outcome
from tender_eval.engine.scoring.promises import HeldExact
from tender_eval.model import numeric
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.flags import Flag
from tender_eval.model.explanation.formulas import Worked
from tender_eval.model.explanation.labels import CommonFigure, RankOf, ranked_figure
from tender_eval.model.explanation.reasons import (
    BelowMinimumMark,
    BelowMinimumPoints,
    NearTheBest,
    NotFunded,
    NotShortlisted,
    Reason,
    RuleReason,
    SupplierHasPlace,
    Titled,
    TurnedAwayByRule,
)
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Scheme
from tender_eval.model.suppliers import suppliers_of


def evaluate_exact(plan: Plan, bids: Bids, lot: str = "") -> Evaluation:
    """Evaluate bids in exact arithmetic.

    Raises:
        Refused: with every problem of the bids, or naming the plugin at fault.
    """
    return _Run(plan, bids, lot).evaluation()


def _places(scheme: Scheme) -> int:
    """To how many places results are printed: all that anything is rounded to, else two."""
    own = [criterion.rounding.places for criterion in scheme.walk() if criterion.rounding]
    of_scheme = scheme.rounding.places if scheme.rounding and not scheme.rounding.digits else 2
    return max([of_scheme, *own])


@dataclass(slots=True)
class _Ranking:
    """Ranks, figures and money of the bids, by row.

    ``near`` are the bids near enough to the best figure to be taken for equal to it, in rank order; none where it is
    alone.
    """

    ranks: list[int]
    awards: Array | None = None
    undecided: bool = False
    settled: tuple[str, ...] = ()
    near: Mapping[str, NearTheBest] = field(default_factory=dict)


class _Run:
    def __init__(self, plan: Plan, bids: Bids, lot: str) -> None:
        self.plan, self.bids, self.lot = plan, bids, lot
        self.ids = tuple(b.id for b in bids.bids)
        problems = Problems()
        prepared = prepare(plan, bids, problems)
        problems.refuse()
        self.conditions, self.columns = prepared.conditions, prepared.columns
        self.eligible, self.beside = prepared.eligible, prepared.beside
        self.notebook = Notebook()
        self.arithmetic = HeldExact(self.notebook.open)
        self.outcome: Outcome = run(
            plan, self.arithmetic, self.columns.arrays, self.eligible, plan.roots, self.columns.lacking,
            prepared.removed,
        )  # fmt: skip
        hold_workings(plan, self.outcome, self.notebook.of)
        if of_third_party(plan.rule.rule):  # our own are held to it by tests, and a short run loads no expression
            for judged in self.outcome.judged:
                check_accepts(plan.rule, judged, self.ids)
        self.trace = TraceBuilder(plan, self.outcome, self.notebook, self.columns.steps, self.ids)

    def evaluation(self) -> Evaluation:
        """The result, with bids in rank order and the rejected ones last."""
        scheme, rule = self.plan.scheme, self.plan.rule.rule
        ranking = self._ranking()
        places = self._places(ranking)
        flags = flags_of(self.plan, self.bids, self.columns, self.outcome.present, self._priced(), self.beside)
        tied = {rank for rank, bids in Counter(ranking.ranks).items() if rank and bids > 1}
        results = [self._result(row, ranking, flags[row], tied, places) for row in range(len(self.ids))]
        return Evaluation(
            scheme_id=scheme.id, scheme_title=scheme.title, scheme_sha256=scheme.sha256,
            bids_sha256=self.bids.sha256, rule=rule.item.name, rule_by=str(rule.origin),
            figure=ranked_figure(rule.item.figure), best=rule.item.best, winner=places.chosen, tied=places.undecided,
            bids=tuple(sorted(results, key=lambda b: (b.rank is None, b.rank or 0, b.id))),
            places=_places(scheme),
            rounding_mode=scheme.rounding.mode if scheme.rounding else "half_up", lot=self.lot,
            diagnostics=(*self.plan.notices, *self.bids.notices), settled=ranking.settled, left_out=self.bids.left_out,
            then=scheme.award.then, near=tuple(ranking.near), illustrative=scheme.illustrative,
        )  # fmt: skip

    def _ranking(self) -> _Ranking:
        out = self.outcome
        ranks = exact_ranks(
            ranking_keys(self.plan, out.figures, out.points, self.columns.arrays, out.present), out.present
        )
        settled = self._settled(ranks)
        return replace(self._allocated(ranks), settled=settled, near=self._near(ranks))

    def _near(self, ranks: list[int]) -> dict[str, NearTheBest]:
        out = self.outcome
        if self.plan.scheme.award.near_tie is None or not out.present.any():
            return {}
        level = level_with_best(out.figures, self.plan, out.present)
        best = next(level[row] for row, rank in enumerate(ranks) if rank == 1)
        near = sorted((rank, self.ids[row], row) for row, rank in enumerate(ranks) if rank and level[row] == best)
        return {name: NearTheBest(out.figures[row], best) for _, name, row in near} if len(near) > 1 else {}

    def _settled(self, ranks: list[int]) -> tuple[str, ...]:
        """Break the ties that people settled: each of which every bid stands in the order that was drawn or stated.

        The ranks are changed in place; returns the bids that it parted, in that order.
        """
        order = {name: n for n, name in enumerate(self.bids.settled.get(self.lot, ()))}
        level: dict[int, list[int]] = {}
        for row, rank in enumerate(ranks):
            if rank:
                level.setdefault(rank, []).append(row)
        parted: list[str] = []
        for rank, rows in level.items():
            if len(rows) > 1 and all(self.ids[row] in order for row in rows):
                for n, row in enumerate(sorted(rows, key=lambda row: order[self.ids[row]])):
                    ranks[row] = rank + n
                    parted.append(self.ids[row])
        return tuple(sorted(parted, key=order.__getitem__))

    def _allocated(self, ranks: list[int]) -> _Ranking:
        rule, tally = self.plan.rule, self.outcome.tally
        basis = self.outcome.counted
        if tally is None or not basis.any():
            return _Ranking(ranks)
        among = np.array(ranks, dtype=np.int64)[basis]
        found = self.arithmetic.allocate(rule, among, tally, self.notebook.open(ALLOCATION, basis))
        if found is None:
            return _Ranking(ranks)
        money = numeric.exact_array([0] * len(ranks))
        money[basis] = found.amounts
        return _Ranking(ranks, money, found.undecided)

    def _priced(self) -> Mask:
        """The bids that were evaluated and whose price is known."""
        lacking = self.columns.lacking.get("price")
        return self.outcome.shortlisted if lacking is None else self.outcome.shortlisted & ~lacking

    def _places(self, ranking: _Ranking) -> Places:
        """Who is awarded, and whether a tie leaves it undecided."""
        ranked = sorted((rank, self.ids[row]) for row, rank in enumerate(ranking.ranks) if rank)
        if ranking.awards is not None:
            money = dict(zip(self.ids, ranking.awards, strict=True))
            return Places(tuple(name for _, name in ranked if money[name] > 0), ranking.undecided, {})
        return places_of(ranked, self.plan.scheme.award.suppliers, suppliers_of(self.bids.bids))

    def _result(
        self, row: int, ranking: _Ranking, flags: tuple[Flag, ...], tied: set[int], places: Places
    ) -> BidResult:
        bid, rank = self.bids.bids[row], ranking.ranks[row] or None
        award = ranking.awards[row] if ranking.awards is not None and rank else None
        figure = self.outcome.figures[row] if rank else None
        criteria = self.trace.criteria(row)
        met = tuple(c.step for c in self.conditions[row] if c)
        top = self.trace.figure(row, figure) if figure is not None else Step(CommonFigure.NOT_RANKED, None)
        if figure is None:
            top = Step(CommonFigure.NOT_RANKED, None, inputs=tuple(c.step for c in criteria if c.depth == 0))
        note = ranking.near.get(bid.id)
        given = () if award is None else (self.trace.award(row, award),)
        return BidResult(
            id=bid.id, name=bid.name, status=self._status(row), rank=rank, tied=bool(rank) and rank in tied,
            figure=figure, award=award, criteria=criteria, flags=flags, reasons=self._reasons(row, award, places),
            step=Step(RankOf(bid.id), rank and Fraction(rank), where=bid.where, inputs=(*met, top, *given), note=note),
            beside=self.beside[row].steps,
        )  # fmt: skip

    def _status(self, row: int) -> str:
        if removed := self.bids.bids[row].removed:
            return removed.kind
        if self.outcome.present[row]:
            return "ranked"
        return "not_shortlisted" if self.eligible[row] and not self.outcome.shortlisted[row] else "rejected"

    def _reasons(self, row: int, award: Fraction | None, places: Places) -> tuple[Reason, ...]:
        if removed := self.bids.bids[row].removed:
            return (removed,)
        found: list[Reason] = [c.reason for c in self.conditions[row] if c and c.reason]
        if self.eligible[row] and not self.outcome.shortlisted[row]:
            found.append(self._not_shortlisted())
        for why, who in self.outcome.turned_away:
            if who[row]:
                found.append(self._turned_away(why, row))
        if award == 0:
            found.append(self._not_funded(row, award))
        if holder := places.passed_over.get(self.ids[row]):
            found.append(SupplierHasPlace(holder))
        return tuple(found)

    def _not_shortlisted(self) -> NotShortlisted:
        asked, by = self.plan.scheme.shortlist, tuple(map(self._titled, self.plan.shortlist_by))
        return NotShortlisted(by, asked.top, asked.at_least) if asked else NotShortlisted(by)

    def _turned_away(self, why: Gate | RuleReason | str, row: int) -> Reason:
        if isinstance(why, str):
            return TurnedAwayByRule(self.plan.rule.rule.item.name, why)
        return self._below(why, row) if isinstance(why, Gate) else why

    def _below(self, gate: Gate, row: int) -> Reason:
        criterion = self._titled(gate.node)
        if gate.mark is not None:
            return BelowMinimumMark(criterion, self.columns.arrays[gate.column][row], gate.mark, gate.short is not None)
        points, available = self.outcome.tested[gate.node][row], self.plan.node(gate.node).points
        return BelowMinimumPoints(criterion, points, available, gate.share or Fraction(0))

    def _not_funded(self, row: int, award: Fraction) -> NotFunded:
        step = self.trace.award(row, award)
        if step.note is not None:
            return NotFunded(step.note)
        return NotFunded(step.how if isinstance(step.how, Worked) else Worked(()))

    def _titled(self, node: str) -> Titled:
        return Titled(node, self.plan.node(node).title)
