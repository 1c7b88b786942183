"""Sobol indices of the scored criteria, by SALib: the share of the variance of a bid's total points that each brings.

Each score varies evenly over the range that the ranked bids have on it, by itself, and is run through the weights
and roundings of the scheme (Saltelli and others, Computer Physics Communications 181 (2010) 259-270).
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.plan import CompiledRule, Leaf, Plan
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.extras import need
from tender_eval.model.numeric import Array
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.scorer import Scorer, ScorerParams
from tender_eval.plugins.table import BidTable, Reads, Steps

BASE = 512  # a power of two; each criterion adds as many draws


def sobol_indices(scenario: Scenario, seed: int = 1) -> dict[str, tuple[float, float]]:
    """First-order and total index by scored criterion; a criterion on which all bids are equal has none (zero).

    Raises:
        Refused: TE097 where SALib is not installed.
    """
    need("SALib", "fairness")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        from SALib.analyze import sobol as analyse  # type: ignore[import-untyped]
        from SALib.sample import sobol as sample  # type: ignore[import-untyped]

    ranges = _ranges(scenario)
    varying = [name for name, (low, high) in ranges.items() if high > low]
    found = dict.fromkeys(ranges, (0.0, 0.0))
    if not varying:
        return found
    problem = {"num_vars": len(varying), "names": varying, "bounds": [list(ranges[name]) for name in varying]}
    drawn = sample.sample(problem, BASE, calc_second_order=False, seed=seed)
    scores = {name: np.full(len(drawn), low) for name, (low, _) in ranges.items()}
    scores |= {name: drawn[:, n] for n, name in enumerate(varying)}
    totals = _totals(scenario.plan, scores)
    if np.ptp(totals) == 0:
        return found
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=RuntimeWarning, module="SALib")
        indices = analyse.analyze(problem, totals, calc_second_order=False, num_resamples=2, seed=seed)
    return found | {
        name: (float(first), float(total))
        for name, first, total in zip(varying, indices["S1"], indices["ST"], strict=True)
    }


def _ranges(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """The lowest and highest score of the ranked bids, by scored criterion."""
    found = {}
    for leaf in scenario.plan.leaves:
        results = [bid.criterion(leaf.id) for bid in scenario.evaluation.bids if bid.rank is not None]
        scores = [float(c.score) for c in results if c and c.score is not None]
        found[leaf.id] = (min(scores), max(scores)) if scores else (0.0, 0.0)
    return found


class Column(ScorerParams):
    """The column that holds the score."""

    column: str


class _GivenScore(Scorer):
    """A score that is given outright, in place of what would work it out."""

    name = "given"

    def reads(self, params: ScorerParams) -> tuple[Reads, ...]:
        return ()

    def unbounded_below(self, params: ScorerParams) -> bool:
        return True

    def score(self, bids: BidTable, params: Column, steps: Steps) -> Array:
        return bids.column(params.column)


def _totals(plan: Plan, scores: Mapping[str, Array]) -> Array:
    """The total points ``(draws,)`` of one bid with these scores, by the scheme's weights and roundings alone."""
    here = PluginInfo("fairness", "tender-eval", "", ())
    scorer = Registered[Scorer]("given", here, _GivenScore, Scorer)  # type: ignore[type-abstract]
    leaves = tuple(_with_given_score(leaf, scorer) for leaf in plan.leaves)
    highest = plan.catalogue.rules["highest_score"]
    params = highest.item.Params()
    rule = CompiledRule(highest, params, params, (), plan.rule.where)
    bare = replace(plan.scheme, conditions=(), shortlist=None, price=None, abnormally_low=None)
    stand_in = plan._replace(scheme=bare, leaves=leaves, gates=(), rule=rule, ties=(), shortlist_by=())
    columns = {f"values.{name}": values[None, :] for name, values in scores.items()}
    return np.asarray(CompiledScheme(stand_in).evaluate_batch(columns).points[0])


def _with_given_score(leaf: Leaf, scorer: Registered[Scorer]) -> Leaf:
    params = Column(column=f"values.{leaf.id}")
    return leaf._replace(
        scorer=scorer, params=params, floats=params, reads=(Reads(params.column),),
        independent=True, unbounded_below=True,
    )  # fmt: skip
