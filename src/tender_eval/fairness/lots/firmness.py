"""How often each bid is awarded each lot as weights and marks are drawn: the scheme's own award in every draw."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.random import Generator

from tender_eval.engine.evaluating.batch import BatchResult
from tender_eval.fairness.findings.across import AwardShares
from tender_eval.fairness.lots.together import Together
from tender_eval.fairness.robustness.acceptability import Bands, sampler
from tender_eval.fairness.robustness.disagreement import mark_draws
from tender_eval.fairness.scenarios.random_weights import AroundPublished, Sampler
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array


def near_weights(together: Together, draws: int, seed: int, concentration: int) -> AwardShares | None:
    """Over weights around the published ones; None where lots have different criteria, or cannot be drawn."""

    def wanted(scenario: Scenario) -> AroundPublished:
        return AroundPublished(tuple(leaf.points for leaf in scenario.plan.leaves), concentration)

    return _over_weights(together, wanted, draws, np.random.default_rng([seed, 7]))


def any_weights(together: Together, draws: int, seed: int, bands: Bands) -> AwardShares | None:
    """Over weights that are uniform on the simplex, or within bands; see `near_weights`."""
    return _over_weights(together, lambda scenario: sampler(scenario, bands), draws, np.random.default_rng([seed, 8]))


def published_alike(together: Together) -> bool:
    """Whether every lot has the same criteria at the same weights, so that one draw of weights is of all lots."""
    plans = [[(leaf.id, leaf.points) for leaf in scenario.plan.leaves] for scenario in together.lots.values()]
    return all(plan == plans[0] for plan in plans) and sum(points for _, points in plans[0]) > 0


def _over_weights(
    together: Together, wanted: Callable[[Scenario], Sampler | AroundPublished], draws: int, rng: Generator
) -> AwardShares | None:
    if not (together.in_draws and published_alike(together)):
        return None
    first = next(iter(together.lots.values()))
    weights = wanted(first).draw(rng, draws)
    by_leaf = dict(zip((leaf.id for leaf in first.plan.leaves), weights, strict=True))
    return _shares(together, lambda scenario: scenario.batches.evaluate(by_leaf), draws)


def drawn_marks(together: Together, draws: int, seed: int) -> AwardShares | None:
    """Over marks as another panel might have given them, lot by lot; None where nothing is marked."""
    columns = {
        lot: mark_draws(scenario, np.random.default_rng([seed, 9, n]), draws)
        for n, (lot, scenario) in enumerate(together.lots.items())
    }
    if not (together.in_draws and any(columns.values())):
        return None

    def evaluated(scenario: Scenario) -> BatchResult:
        wide: Mapping[str, Array] = columns[scenario.lot] or {
            name: np.repeat(column[:, None], draws, axis=1) for name, column in scenario.columns.items()
        }
        return scenario.batch(wide)

    return _shares(together, evaluated, draws)


def _shares(together: Together, evaluated: Callable[[Scenario], BatchResult], draws: int) -> AwardShares | None:
    try:
        results = {lot: evaluated(scenario) for lot, scenario in together.lots.items()}
    except Refused:  # some of the draws cannot be scored
        return None
    won = together.award_draws(results, draws)
    awarded = {}
    for column, (lot, scenario) in enumerate(together.lots.items()):
        ids = {row: bid.id for row, bid in enumerate(together.bids.offers) if bid.id in scenario.rows}
        shares = {bid: float((won[column] == row).mean()) for row, bid in ids.items()}
        awarded[lot] = {bid: share for bid, share in sorted(shares.items(), key=lambda item: -item[1]) if share}
    every = [share for own in awarded.values() for share in own.values()] or [0.0]
    error = max(float(np.sqrt(share * (1 - share) / draws)) for share in every)
    same = float((won == together.rows_awarded[:, None]).all(axis=0).mean())
    return AwardShares(draws, awarded, same, error)
