"""Which prices are looked into as abnormally low.

They are held as they were bid, before any adjustment. Sources of the tests: Procurement Act 2023 s.19 (no figure); Law
of Ukraine on public procurement, art. 1 (40% or more below the mean of the others at the start, 30% or more below the
next price); Italian Codice dei contratti pubblici 2016, art. 97 (wings of 10%, rounded up, and prices equal to one
that is trimmed trimmed as well).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil

import numpy as np

from tender_eval.engine.facts.adjusting import UNADJUSTED
from tender_eval.engine.facts.names import column_of_share
from tender_eval.engine.plan import Plan
from tender_eval.model import numeric
from tender_eval.model.bids import Tender
from tender_eval.model.explanation.reasons import AbnormallyLowPrice
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.pricing.low import ESTIMATE, MEAN, MIDDLES, RUNNER_UP, TRIMMED, LowPriceTest, Trim


def low_prices(
    plan: Plan, tender: Tender, columns: Mapping[str, Array], ranked: Mask, evaluated: Mask
) -> dict[int, tuple[AbnormallyLowPrice, ...]]:
    """What each test says of the ranked bids, by row."""
    asked = plan.scheme.abnormally_low
    found: dict[int, tuple[AbnormallyLowPrice, ...]] = {}
    for test in asked.tests if asked else ():
        prices = columns.get(UNADJUSTED, columns["price"])
        for row, flag in _flagged(test, tender, prices, ranked, ranked if test.over == "ranked" else evaluated):
            found[row] = (*found.get(row, ()), flag)
    return found


def _flagged(
    test: LowPriceTest, tender: Tender, prices: Array, ranked: Mask, over: Mask
) -> Iterator[tuple[int, AbnormallyLowPrice]]:
    bids = int(over.sum())
    if bids < test.from_bids or (test.to_bids is not None and bids > test.to_bids):
        return
    for row in map(int, np.flatnonzero(ranked)):
        against = _against(test, tender, prices, over, row)
        if against is None or against <= 0:
            continue
        limit = against * (1 - test.below)
        if prices[row] < limit or (test.at and prices[row] == limit):
            yield row, AbnormallyLowPrice(prices[row], test.of, against, test.below, not test.itself)


def _against(test: LowPriceTest, tender: Tender, prices: Array, over: Mask, row: int) -> Fraction | None:
    """What the price of a bid is held against; None where there is nothing."""
    others = over.copy()
    others[row] = False
    among = over if test.itself else others
    match test.of:
        case x if x == ESTIMATE:
            return _estimate(test, tender)
        case x if x == RUNNER_UP:  # of the lowest price alone
            rival: Fraction = numeric.lowest(prices, others)
            return rival if others.any() and prices[row] <= rival else None
        case x if x in MIDDLES and not among.any():
            return None
        case x if x == TRIMMED and test.trim is not None:
            return _trimmed(sorted(prices[among]), test.trim)
        case of:
            middle: Fraction = numeric.mean(prices, among) if of == MEAN else numeric.median(prices, among)
            return middle


def _trimmed(prices: list[Fraction], trim: Trim) -> Fraction | None:
    """The mean without those at each end; None where nothing is left."""
    share = trim.share * len(prices)
    number = ceil(share) if trim.rounded == "up" else int(share)
    kept = prices[number : len(prices) - number]
    if trim.ties == "all" and number:
        low, high = prices[number - 1], prices[-number]
        kept = [price for price in kept if price not in (low, high)]
    return sum(kept, Fraction(0)) / len(kept) if kept else None


def estimate_of(test: LowPriceTest) -> str:
    """The figure of the tender that an estimate is a share of, by its column; empty where it is an amount."""
    return column_of_share(test.estimate_of) if test.estimate_of else ""


def _estimate(test: LowPriceTest, tender: Tender) -> Fraction | None:
    amount = test.estimate or Fraction(0)
    if not test.estimate_of:
        return amount
    figure = tender.figures.get(estimate_of(test).removeprefix("tender."))
    return amount * figure.value if figure and isinstance(figure.value, Fraction) else None
