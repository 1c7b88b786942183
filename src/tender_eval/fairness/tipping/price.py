"""At what price each other bid would draw level with the winner, its own price alone moving.

Where a scheme makes the price of components, all of them move in proportion. Prices from the bid's own down to
next to nothing are tried in float64, and the nearest change is then found exactly (`crossing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

import numpy as np

from tender_eval.fairness.findings.analyses import PriceTipping
from tender_eval.fairness.scenarios.reranking import Standing, Standings, wins
from tender_eval.fairness.scenarios.rounding import steps_of
from tender_eval.fairness.scenarios.scenario import Trial
from tender_eval.fairness.tipping.crossovers import Search, Way, bracket, crossing
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array, Mask

HAIR = Fraction(1, 10**12)  # of the bid's own price: how far beyond a crossing is confirmed, and closed in on
LEAST = Fraction(1, 10**6)  # of the bid's own price: the lowest that is tried
STEPS = 200  # prices tried, evenly from the bid's own down to next to nothing


def price_tipping(trial: Trial) -> tuple[PriceTipping, ...]:
    """The price at which each ranked bid that does not win would win, in the order of the ranking.

    Empty where nothing in the scheme reads a price.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    if trial.price_column is None:
        return ()
    now, found = Standings(trial), []
    now.at(now.points)
    for bid in trial.order:
        price = trial.price_of(bid)
        if bid not in trial.winner and price is not None and price > 0:
            found.append(_of(trial, now, bid, price))
    return tuple(found)


def _of(trial: Trial, now: Standings, bid: str, price: Fraction) -> PriceTipping:
    @cache
    def moved(own: Fraction) -> Standings | None:
        try:
            return Standings(trial.with_price(bid, own), now)
        except Refused:
            return None

    @cache
    def at(own: Fraction) -> Standing | None:
        found = moved(own)
        return None if found is None else found.at(found.points)

    def before(stage: str, own: Fraction) -> Sequence[Fraction] | None:
        found = moved(own)
        return None if found is None else found.before(stage, found.points)

    def screen(prices: Array) -> Mask:
        return _wins(trial, bid, prices)

    search = Search(at, lambda s: bid not in s.winner, price * HAIR, screen, steps_of(trial, before))
    way = Way(price, price * LEAST, STEPS)
    ends = bracket(search, way, screen(way.floats()))
    if ends is None:
        return PriceTipping(bid, price, None)
    found = crossing(search, *ends)
    return PriceTipping(bid, price, found.at, found.exact)


def _wins(trial: Trial, bid: str, prices: Array) -> Mask:
    """Whether the bid wins at each price ``(prices,)``; where that cannot be told at once, it may at each."""
    try:
        result = trial.batch(trial.price_draws(bid, prices))
    except Refused:
        return np.ones(len(prices), dtype=np.bool_)
    return np.asarray(wins(trial, result)[trial.rows[bid]])
