"""At what price each other bid would draw level with the winner, its own price alone moving.

Where a scheme makes the price of components, all of them move in proportion. Prices from the bid's own down to
next to nothing are tried in float64, and the nearest change is then found exactly (`find_crossover`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

import numpy as np

from tender_eval.fairness.findings.results import PriceTipping
from tender_eval.fairness.scenarios.reranking import Ranking, Reranking, awarded
from tender_eval.fairness.scenarios.rounding import rounded_stages
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.crossovers import CrossoverSearch, EvenPath, bracket, find_crossover
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array, Mask

TOLERANCE = Fraction(1, 10**12)  # of the bid's own price: how far beyond a crossover is confirmed, and closed in on
LEAST = Fraction(1, 10**6)  # of the bid's own price: the lowest that is tried
STEPS = 200  # prices tried, evenly from the bid's own down to next to nothing


def price_tipping(scenario: Scenario) -> tuple[PriceTipping, ...]:
    """The price at which each ranked bid that does not win would win, in the order of the ranking.

    Empty where nothing in the scheme reads a price.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    if scenario.price_column is None:
        return ()
    now, found = Reranking(scenario), []
    now.at(now.points)
    for bid in scenario.order:
        price = scenario.price_of(bid)
        if bid not in scenario.winner and price is not None and price > 0:
            found.append(_of(scenario, now, bid, price))
    return tuple(found)


def _of(scenario: Scenario, now: Reranking, bid: str, price: Fraction) -> PriceTipping:
    @cache
    def moved(own: Fraction) -> Reranking | None:
        try:
            return Reranking(scenario.with_price(bid, own), now)
        except Refused:
            return None

    @cache
    def at(own: Fraction) -> Ranking | None:
        found = moved(own)
        return None if found is None else found.at(found.points)

    def before(stage: str, own: Fraction) -> Sequence[Fraction] | None:
        found = moved(own)
        return None if found is None else found.unrounded(stage, found.points)

    def screen(prices: Array) -> Mask:
        return _wins(scenario, bid, prices)

    search = CrossoverSearch(
        at, lambda s: bid not in s.winner, price * TOLERANCE, screen, rounded_stages(scenario, before)
    )
    path = EvenPath(price, price * LEAST, STEPS)
    ends = bracket(search, path, screen(path.floats()))
    if ends is None:
        return PriceTipping(bid, price, None)
    found = find_crossover(search, *ends)
    return PriceTipping(bid, price, found.at, found.exact)


def _wins(scenario: Scenario, bid: str, prices: Array) -> Mask:
    """Whether the bid wins at each price ``(prices,)``; where that cannot be told at once, it may at each."""
    try:
        result = scenario.batch(scenario.columns_at_prices(bid, prices))
    except Refused:
        return np.ones(len(prices), dtype=np.bool_)
    return np.asarray(awarded(scenario, result)[scenario.rows[bid]])
