"""Which prices are looked into as abnormally low.

They are held as they were bid, before any adjustment. Sources of the tests: Procurement Act 2023 s.19 (no figure); Law
of Ukraine on public procurement, art. 1 (40% or more below the mean of the others at the start, 30% or more below the
next price); Italian Codice dei contratti pubblici 2016, art. 97 (wings of 10%, rounded up, and prices equal to one
that is trimmed trimmed as well; the mean of discounts and the mean deviation of those above it, which together are the
mean of those above it); Spanish Real Decreto 1098/2001, art. 85 (a new mean without offers more than 10% above the
first, over at least three).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from math import ceil

import numpy as np

from tender_eval.engine.facts.adjusting import UNADJUSTED
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Tender
from tender_eval.model.explanation.flags import AbnormallyLowPrice
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.pricing.low import ESTIMATE, MEAN, RUNNER_UP, TRIMMED, Again, LowPriceTest, Trim
from tender_eval.model.regime import Law


def low_prices(
    plan: Plan, tender: Tender, columns: Mapping[str, Array], ranked: Mask, evaluated: Mask
) -> dict[int, tuple[AbnormallyLowPrice, ...]]:
    """What each test says of the ranked bids, by row."""
    asked = plan.scheme.abnormally_low
    found: dict[int, tuple[AbnormallyLowPrice, ...]] = {}
    act = plan.scheme.regime.law in (None, Law.PROCUREMENT_ACT_2023)  # taken to govern where no law is stated
    for test in asked.tests if asked else ():
        prices = columns.get(UNADJUSTED, columns["price"])
        for row, flag in _flagged(test, tender, prices, ranked, ranked if test.over == "ranked" else evaluated):
            found[row] = (*found.get(row, ()), replace(flag, under_the_act=act))
    return found


def _flagged(
    test: LowPriceTest, tender: Tender, prices: Array, ranked: Mask, over: Mask
) -> Iterator[tuple[int, AbnormallyLowPrice]]:
    bids = int(over.sum())
    among = held_against(test, tender, list(prices[over]))
    for row, against in zip(map(int, np.flatnonzero(over)), among, strict=True):
        if against is not None and ranked[row] and says(test, prices[row], against, bids):
            yield row, AbnormallyLowPrice(prices[row], test.held_against, against, test.below, not test.itself)


def says(test: LowPriceTest, price: Fraction, against: Fraction | None, bids: int) -> bool:
    """Whether a test of so many bids flags a price for what it is held against."""
    if against is None or against <= 0 or not test.from_bids <= bids <= (test.to_bids or bids):
        return False
    limit = against * (1 - test.below)
    return price < limit or (test.at and price == limit)


def held_against(test: LowPriceTest, tender: Tender, prices: Sequence[Fraction]) -> list[Fraction | None]:
    """What each of the prices over which a test goes is held against; None where there is nothing."""
    among = _Sorted(sorted(prices))
    return [_against(test, tender, among, price) for price in prices]


def _against(test: LowPriceTest, tender: Tender, among: _Sorted, price: Fraction) -> Fraction | None:
    if test.of == ESTIMATE:
        return _estimate(test, tender)
    others = _Without(among, price)
    if test.of == RUNNER_UP:  # of the lowest price alone
        return others.at(0) if len(others) and price <= others.at(0) else None
    held = _Without(among, None) if test.itself else others
    if not len(held):
        return None
    if test.of in (MEAN, TRIMMED):
        first, end = _kept(held, test.trim) if test.trim is not None else (0, len(held))
        if first >= end:
            return None
        mean = held.total(first, end) / (end - first)
        return mean if test.again is None else _again(held, test.again, mean, first, end)
    return (held.at((len(held) - 1) // 2) + held.at(len(held) // 2)) / 2


class _Sorted:
    """Prices in order, and what the first of them come to: asked of each bid, so that each answer must be quick."""

    def __init__(self, prices: list[Fraction]) -> None:
        self.prices = prices
        self.sums = list(accumulate(prices, initial=Fraction(0)))


class _Without:
    """Prices in order without one of them, or with all."""

    def __init__(self, of: _Sorted, own: Fraction | None) -> None:
        self._of = of
        self._gap = len(of.prices) if own is None else bisect_left(of.prices, own)
        self._less = 0 if own is None else 1

    def __len__(self) -> int:
        return len(self._of.prices) - self._less

    def at(self, n: int) -> Fraction:
        return self._of.prices[n + (self._less if n >= self._gap else 0)]

    def total(self, first: int, end: int) -> Fraction:
        """What those from ``first`` to before ``end`` come to."""
        return self._sum(end) - self._sum(first)

    def _sum(self, end: int) -> Fraction:
        if end <= self._gap:
            return self._of.sums[end]
        return self._of.sums[end + self._less] - (self._of.prices[self._gap] if self._less else 0)

    def below(self, price: Fraction) -> int:
        """How many are lower than a price."""
        return self._counted(bisect_left(self._of.prices, price))

    def up_to(self, price: Fraction) -> int:
        """How many are no higher than a price."""
        return self._counted(bisect_right(self._of.prices, price))

    def _counted(self, end: int) -> int:
        return end - (self._less if end > self._gap else 0)


def trimmed_at_each_end(trim: Trim, bids: int) -> int:
    """How many prices of so many bids are left out at each end."""
    share = trim.share * bids
    return ceil(share) if trim.rounded == "up" else int(share)


def _kept(prices: _Without, trim: Trim) -> tuple[int, int]:
    """From which place to before which prices are left without those at each end."""
    number = trimmed_at_each_end(trim, len(prices))
    if trim.ties == "all" and 0 < number <= len(prices):
        return prices.up_to(prices.at(number - 1)), prices.below(prices.at(len(prices) - number))
    return number, len(prices) - number


def _again(prices: _Without, again: Again, mean: Fraction, first: int, end: int) -> Fraction:
    """The mean of some of the prices from ``first`` to before ``end``, of which ``mean`` is the mean."""
    if again.below_mean:
        first = 0 if again.below_mean == "all" else first
        end = min(end, prices.below(mean))
    else:
        end = max(min(end, prices.up_to(mean * (1 + again.without_above))), min(end, first + again.fewest))
    return prices.total(first, end) / (end - first) if first < end else mean


def _estimate(test: LowPriceTest, tender: Tender) -> Fraction | None:
    amount = (test.estimate or Fraction(0)) / (1 + test.estimate_tax)
    if not test.estimate_of:
        return amount
    figure = tender.figures.get(test.estimate_column.removeprefix("tender."))
    return amount * figure.value if figure and isinstance(figure.value, Fraction) else None
