"""What each criterion really decides: its share of the variance of the total points, beside its published weight.

The total is the sum of its criteria, so its variance is the sum of their covariances with it, and the shares add
up to one: the covariance decomposition, as in variance-based sensitivity analysis of additive models (Saltelli
and others, Global Sensitivity Analysis: The Primer, 2008, 1.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from tender_eval.fairness.findings.results import EffectiveWeight
from tender_eval.fairness.findings.samples import SampleSize
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.mark import marked_criteria
from tender_eval.model.bids import reads_price
from tender_eval.model.numeric import Array

FEWEST = 3  # ranked bids, below which bids are made up
TENDERS, BIDS = 1_000, 6
REAL, MADE_UP = SampleSize(), SampleSize(TENDERS, BIDS)


def effective_weights(scenario: Scenario, seed: int = 1, sobol: bool = False) -> tuple[EffectiveWeight, ...]:
    """The effective weight of each scored criterion and of each group at the top, in the order of the scheme.

    Over the ranked bids; where fewer than three are ranked, or all have the same total, over bids that are made
    up of what is known (`effective_sample` says which). A share below zero means that the criterion goes against
    the total: it narrows the differences that the others make. Shares are of the points, also under a rule that
    ranks by something else.

    Args:
        seed: of the bids that are made up, and of the Sobol sample.
        sobol: whether to work out Sobol indices as well (needs SALib).

    Raises:
        Refused: the bids cannot be evaluated; TE097 where SALib is asked for and not installed.
    """
    plan = scenario.plan
    wanted = [n for n in plan.nodes if not n.parts or n.id in plan.roots]
    real = _real(scenario)
    points = real if real.varies else _made_up(scenario, seed)
    indices: Mapping[str, tuple[float, float]] = {}
    if sobol:
        from tender_eval.fairness.robustness.sobol import sobol_indices

        indices = sobol_indices(scenario, seed)
    total = float(sum(leaf.points for leaf in plan.leaves)) or 1.0
    return tuple(
        EffectiveWeight(n.id, n.title, float(n.points) / total, points.share(n.id), *indices.get(n.id, (None, None)))
        for n in wanted
    )


def effective_sample(scenario: Scenario) -> SampleSize:
    """Over which bids `effective_weights` is worked out."""
    return REAL if _real(scenario).varies else MADE_UP


class _Points(NamedTuple):
    """The total points of bids and those by criterion, each less the mean of its tender."""

    total: Array
    by: Mapping[str, Array]
    bids: int

    @property
    def varies(self) -> bool:
        """Whether there are bids enough that differ in their totals."""
        return self.bids >= FEWEST and bool(np.ptp(self.total) > 1e-9)

    def share(self, criterion: str) -> float:
        """The part of the variance of the totals that a criterion brings; none where there is no variance."""
        variance = float(self.total @ self.total)
        return float(self.by[criterion] @ self.total) / variance if variance else 0.0


def _real(scenario: Scenario) -> _Points:
    by: dict[str, Array] = {}
    results = [bid for bid in scenario.evaluation.bids if bid.rank is not None]
    for node in scenario.plan.nodes:
        own = [float(c.points) for bid in results if (c := bid.criterion(node.id))]
        by[node.id] = np.array(own) - np.mean(own) if own else np.zeros(0)
    total = sum((by[root] for root in scenario.plan.roots), np.zeros(len(results)))
    return _Points(np.asarray(total), by, len(results))


def _made_up(scenario: Scenario, seed: int) -> _Points:
    columns = _columns(scenario, np.random.default_rng([seed, 4]))
    nodes = [node.id for node in scenario.plan.nodes]
    result = scenario.scheme.evaluate_batch(columns, keep=nodes)
    there = result.ranks > 0
    count = np.maximum(there.sum(axis=0), 1)
    by = {}
    for name in nodes:
        own = np.where(there, result.criteria[name], 0)
        by[name] = (own - own.sum(axis=0) / count)[there]
    return _Points(np.asarray(sum((by[root] for root in scenario.plan.roots), np.zeros(int(there.sum())))), by, BIDS)


def _columns(scenario: Scenario, rng: np.random.Generator) -> dict[str, Array]:
    """Columns ``(bids, draws)`` of bids that are made up; every condition is met."""
    shape = BIDS, TENDERS
    scales = {at.column: at.reads for at in marked_criteria(scenario.plan)}
    found: dict[str, Array] = {}
    for name, column in scenario.columns.items():
        seen = column[scenario.competing] if scenario.competing.any() else column
        if name.startswith("conditions."):
            found[name] = np.ones(shape)
        elif name in scales and scales[name].one_of:
            found[name] = rng.choice([float(m) for m in scales[name].one_of], shape)
        elif name in scales:
            found[name] = rng.uniform(float(scales[name].at_least or 0), float(scales[name].at_most or 0), shape)
        elif name == scenario.price_column or reads_price(name):
            found[name] = seen.mean() * rng.uniform(0.8, 1.2, shape)
        else:
            found[name] = rng.choice(seen, shape)
    return found
