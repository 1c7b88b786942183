"""Exact rankings of the same bids under many weights: the engine's arithmetic without the words that explain it.

The scores of a criterion do not turn on its weight, so each is worked out once for each set of bids that are in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from tender_eval.engine.evaluating.batch import BatchResult
from tender_eval.engine.evaluating.places import places_in_draws, places_of, rivals_of
from tender_eval.engine.evaluating.preparation import Prepared, prepare
from tender_eval.engine.evaluating.ranking import exact_ranks, ranking_keys
from tender_eval.engine.plan import Leaf, Plan
from tender_eval.engine.scoring.arithmetic import Exact, exact_figures
from tender_eval.engine.scoring.guarded import guarded
from tender_eval.engine.scoring.kernel import run
from tender_eval.engine.scoring.outcome import Outcome
from tender_eval.fairness.findings.results import Order
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model import numeric
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.suppliers import suppliers_of
from tender_eval.plugins.rule import Allocation
from tender_eval.plugins.table import Steps


class Ranking(NamedTuple):
    """Who wins, the figure of every ranked bid, from the first, and its rank."""

    winner: Order
    figures: Mapping[str, Fraction]
    ranks: Mapping[str, int] = MappingProxyType({})


class Reranking:
    """The exact rankings of a scenario's bids, by the points at its scored criteria.

    ``like`` are those of the same scheme with nearly the same bids: what is scored alike is not scored again.

    Raises:
        Refused: with every problem of the bids.
    """

    def __init__(self, scenario: Scenario, like: Reranking | None = None) -> None:
        self._scenario, self._plan = scenario, scenario.plan
        self._known: dict[tuple[str, bytes], Array] = {}
        self._latest: _Latest = {}
        self._ids = [b.id for b in scenario.bids.bids]
        self._suppliers = suppliers_of(scenario.bids.bids)
        found = None if like is None else _prepared_from(scenario, like._scenario, like._prepared)
        self._prepared: Prepared | None = found or _prepared(scenario)
        if like is not None:
            self._known |= self._scores_shared_with(like)
            self._latest |= like._latest if scenario.scheme is like._scenario.scheme else {}

    @property
    def points(self) -> dict[str, Fraction]:
        """The points at the scored criteria as the scheme has them."""
        return {leaf.id: leaf.points for leaf in self._plan.leaves}

    def at(self, points: Mapping[str, Fraction]) -> Ranking | None:
        """The ranking with these points at every scored criterion; None where the rule refuses such weights."""
        try:
            if self._prepared is None:
                return ranking_of(self._scenario.reweighted(points).evaluation)
            outcome = self._run(self._prepared, self._plan, points, self._latest, self._plan.roots)
            return self._ranking(outcome, self._prepared.columns.arrays)
        except Refused:
            return None

    def scores(self, points: Mapping[str, Fraction]) -> tuple[set[str], dict[str, dict[str, Fraction]]] | None:
        """Who is ranked with these points, and the scores of every bid at what it was scored for, as rounded.

        None where the rule refuses such weights.
        """
        try:
            if self._prepared is None:
                bids = self._scenario.reweighted(points).evaluation.bids
                given = {b.id: {c.id: c.score for c in b.criteria if c.score is not None} for b in bids}
                return {b.id for b in bids if b.rank is not None}, given
            outcome = self._run(self._prepared, self._plan, points, self._latest, ())
        except Refused:
            return None
        scored = [(name, scores, outcome.scored[name]) for name, scores in outcome.scores.items()]
        found = {bid: {n: s[row] for n, s, there in scored if there[row]} for row, bid in enumerate(self._ids)}
        return {bid for row, bid in enumerate(self._ids) if outcome.present[row]}, found

    def unrounded(self, stage: str, points: Mapping[str, Fraction]) -> list[Fraction] | None:
        """What is rounded at a stage as it was before that, in the same order at all points; None where unknown."""
        if self._prepared is None or self._plan.scheme.rounding is None or not self._plan.adds_up:
            return None
        plan = self._plan.unrounded(stage)
        try:
            outcome = self._run(self._prepared, plan, points, {}, plan.roots)
        except Refused:
            return None
        groups = [node.id for node in plan.nodes if node.parts]
        by = {
            "score": outcome.scores.values(),
            "criterion": [outcome.points[leaf.id] for leaf in plan.leaves if leaf.id in outcome.points],
            "group": [outcome.points[name] for name in groups if name in outcome.points],
            "total": [outcome.figures],
        }
        return [number for column in by[stage] for number in column[outcome.present]]

    def _run(
        self, of: Prepared, plan: Plan, points: Mapping[str, Fraction], latest: _Latest, wanted: Iterable[str]
    ) -> Outcome:
        """The bids scored; those that people took out are never ranked, and under ``recompute`` not even scored."""
        eligible, removed = of.eligible, of.removed
        if removed is not None and plan.recomputes:
            eligible, removed = eligible & ~removed, None
        arithmetic = _Reweighed(points, self._known, latest)
        return run(plan, arithmetic, of.columns.arrays, eligible, wanted, removed=removed)

    def _ranking(self, outcome: Outcome, columns: Mapping[str, Array]) -> Ranking:
        ranks = exact_ranks(
            ranking_keys(self._plan, outcome.figures, outcome.points, columns, outcome.present), outcome.present
        )
        ranked = sorted((rank, self._ids[row], row) for row, rank in enumerate(ranks) if rank)
        money = self._allocated(outcome, ranks)
        if money is None:
            places = self._plan.scheme.award.suppliers
            won = places_of(((rank, name) for rank, name, _ in ranked), places, self._suppliers).chosen
        else:
            won = tuple(name for _, name, row in ranked if money[row] > 0)
        figures = {name: outcome.figures[row] for _, name, row in ranked}
        return Ranking(won, figures, {name: rank for rank, name, _ in ranked})

    def _allocated(self, outcome: Outcome, ranks: list[int]) -> Array | None:
        """What each bid gets under a rule that shares out money."""
        rule = self._plan.rule
        basis = outcome.counted
        if not rule.rule.item.shares_out_money() or outcome.tally is None or not basis.any():
            return None
        tally, among = outcome.tally, np.array(ranks, dtype=np.int64)[basis]
        found = guarded(rule, lambda: rule.rule.item.allocate(among, tally, rule.params, Steps()))
        if not isinstance(found, Allocation):
            return None
        money = numeric.exact_array([0] * len(ranks))
        money[basis] = exact_figures(rule, found.amounts, int(basis.sum()))
        return money

    def _scores_shared_with(self, like: Reranking) -> dict[tuple[str, bytes], Array]:
        """The known scores of the criteria that read the same figures of the same bids."""
        if self._prepared is None or like._prepared is None:
            return {}
        mine, theirs = self._prepared.columns.arrays, like._prepared.columns.arrays
        same = {name for name, c in mine.items() if c is theirs[name] or np.array_equal(c, theirs[name])}
        alike = {leaf.id for leaf in self._plan.leaves if all(r.column in same for r in leaf.reads)}
        return {key: scores for key, scores in like._known.items() if key[0] in alike}


def awarded(scenario: Scenario, result: BatchResult) -> Mask:
    """Who is awarded, ``(bids, draws)``, as the engine has it: the first places, or whoever gets money."""
    if result.awards is not None:
        return np.asarray((result.ranks > 0) & (result.awards > 0))
    return places_in_draws(result.ranks, scenario.plan.scheme.award.suppliers, rivals_of(scenario.bids))


def award_changes(scenario: Scenario, result: BatchResult) -> Mask:
    """Whether others are awarded than now, ``(draws,)``."""
    now = np.array([bid.id in scenario.winner for bid in scenario.bids.bids])
    return np.asarray((awarded(scenario, result) != now[:, None]).any(axis=0))


def ranking_of(evaluation: Evaluation) -> Ranking:
    """The ranking that a full evaluation found."""
    figures = {bid.id: bid.figure for bid in evaluation.bids if bid.figure is not None}
    return Ranking(evaluation.winner, figures, {bid.id: bid.rank for bid in evaluation.bids if bid.rank is not None})


def _prepared(scenario: Scenario) -> Prepared | None:
    """The columns of all bids, or None where the engine must be asked in full for each weight.

    That is where a rule asks the scheme for its weights, and where a bid that is not shortlisted lacks figures.

    Raises:
        Refused: with every problem of the bids.
    """
    plan, problems = scenario.plan, Problems()
    if plan.rule.rule.item.prepares() or scenario.bids.tender.lots:
        return None
    if plan.scheme.shortlist is None:
        found = prepare(plan, scenario.bids, problems)
        problems.refuse()
        return found
    found = prepare(plan.without_shortlist(), scenario.bids, problems)
    return None if problems else found


def _prepared_from(scenario: Scenario, other: Scenario, prepared: Prepared | None) -> Prepared | None:
    """The columns of a scenario one of whose bids differs from those of another; None where it is not so.

    What is settled about a bid before anything is scored does not turn on the others.

    Raises:
        Refused: with every problem of that bid.
    """
    rows = [n for n, (a, b) in enumerate(zip(scenario.bids.bids, other.bids.bids, strict=False)) if a is not b]
    same = scenario.scheme is other.scheme and len(scenario.bids.bids) == len(other.bids.bids)
    if prepared is None or not same or len(rows) != 1:
        return None
    (row,), problems = rows, Problems()
    plan = scenario.plan.without_shortlist()
    one = prepare(plan, replace(scenario.bids, bids=(scenario.bids.bids[row],)), problems)
    if scenario.plan.shortlist_by and problems:
        return None
    problems.refuse()
    conditions, eligible = [*prepared.conditions], prepared.eligible.copy()
    conditions[row], eligible[row] = one.conditions[0], one.eligible[0]
    arrays = {**prepared.columns.arrays}
    for name, column in prepared.columns.arrays.items():
        if (value := one.columns.arrays[name][0]) != column[row]:  # a column that is the same stays the very same
            arrays[name] = column.copy()
            arrays[name][row] = value
    return Prepared(conditions, eligible, prepared.removed, prepared.columns._replace(arrays=arrays), prepared.beside)


_Latest = dict[str, tuple[Sequence[Any], Array]]
"""The points at each criterion as last worked out, and of what: the very arrays, and the weight."""


class _Reweighed(Exact):
    """Exact arithmetic with other points, which remembers scores, and points for as long as nothing changes there."""

    def __init__(self, points: Mapping[str, Fraction], known: dict[tuple[str, bytes], Array], latest: _Latest) -> None:
        super().__init__(lambda _of, _present: Steps())
        self._points, self._known, self._latest = points, known, latest

    def weight(self, leaf: Leaf) -> Fraction:
        return self._points[leaf.id]

    def score(self, leaf: Leaf, columns: Mapping[str, Array], present: Mask) -> Array:
        key = leaf.id, np.asarray(present).tobytes()
        if key not in self._known:
            self._known[key] = super().score(leaf, columns, present)
        return self._known[key]

    def once(self, node: str, of: Sequence[Any], work: Callable[[], Array]) -> Array:
        before, found = self._latest.get(node, ((), None))
        alike = len(of) == len(before) and all(
            a is b or (isinstance(a, Fraction) and isinstance(b, Fraction) and a == b)
            for a, b in zip(of, before, strict=True)
        )
        if found is None or not of or not alike:
            found = work()
            self._latest[node] = tuple(of), found
        return found
