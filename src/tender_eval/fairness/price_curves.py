"""The price curve: what a criterion gives for a price, as one bid's price moves and the others stay."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tender_eval.engine.plan import Leaf
from tender_eval.fairness.findings.results import PriceCurve
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.diagnostics import Refused

STEPS = 121  # prices on a curve, beside those of the bids


def price_curves(scenario: Scenario, steps: int = STEPS) -> tuple[PriceCurve, ...]:
    """A curve for each criterion that reads the price, from half the lowest price to half above the highest.

    It is the leading bid whose price moves. Where a scheme compares prices, the curve of another bid differs,
    and the points of the bids need not lie on it.
    """
    prices = {bid: p for bid in scenario.order if (p := scenario.price_of(bid)) is not None}
    if not prices or scenario.price_column is None or min(prices.values()) <= 0:
        return ()
    low, high = min(prices.values()) / 2, max(prices.values()) * Fraction(3, 2)
    grid = np.union1d(np.linspace(float(low), float(high), steps), [float(p) for p in prices.values()])
    mover = scenario.order[0]
    found = (
        _curve(scenario, leaf, mover, grid, prices)
        for leaf in scenario.plan.leaves
        if leaf.id in scenario.price_leaves and leaf.points > 0
    )
    return tuple(curve for curve in found if curve is not None)


def _curve(
    scenario: Scenario, leaf: Leaf, mover: str, grid: NDArray[np.float64], prices: dict[str, Fraction]
) -> PriceCurve | None:
    try:
        points = scenario.batch(scenario.columns_at_prices(mover, grid), keep=(leaf.id,)).criteria[leaf.id]
    except Refused:  # such as a formula that has no score for a price on the way
        return None
    scores = points[scenario.rows[mover]] / float(leaf.points)
    bids = {}
    for bid, price in prices.items():
        result = scenario.evaluation.find(bid)
        scored = result.criterion(leaf.id) if result else None
        if scored is not None and scored.score is not None:
            bids[bid] = (float(price), float(scored.score))
    finite = np.isfinite(scores)
    return PriceCurve(leaf.id, leaf.title, tuple(grid[finite].tolist()), tuple(scores[finite].tolist()), bids)
