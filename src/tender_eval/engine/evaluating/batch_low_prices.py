"""Which prices of many draws are looked into as abnormally low: as `low_prices` says of one tender, in float64."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from tender_eval.engine.evaluating.low_prices import trimmed_at_each_end
from tender_eval.engine.facts.adjusting import UNADJUSTED
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.pricing.low import ESTIMATE, MEAN, MEDIAN, RUNNER_UP, AbnormallyLow, Again, LowPriceTest, Trim
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.table import Reads

Middle = Callable[[Array, Mask], Any]
"""What some prices are held against, a draw each; not a number where there is nothing."""


def figures_of_low_prices(scheme: Scheme, low: AbnormallyLow, makes_price: bool) -> Iterator[Reads]:
    """What must be given for the tests: prices as they were bid, and the figures that estimates are a share of."""
    adjusts = scheme.price is not None and bool(scheme.price.adjustments)
    if not makes_price:
        yield Reads(UNADJUSTED if adjusts else "price")
    yield from (Reads(test.estimate_column) for test in low.tests if test.estimate_of)


def batch_low_prices(low: AbnormallyLow, here: Mapping[str, Array], ranked: Mask, evaluated: Mask) -> Mask:
    """Which ranked bids any of the tests flags, by draw."""
    prices = np.broadcast_to(here.get(UNADJUSTED, here["price"]), ranked.shape)
    found = np.zeros(ranked.shape, dtype=np.bool_)
    with np.errstate(all="ignore"):  # what prices of nobody come to is of no consequence
        for test in low.tests:
            found |= _flagged(test, here, prices, ranked if test.over == "ranked" else evaluated)
    return found & ranked


def _flagged(test: LowPriceTest, here: Mapping[str, Array], prices: Array, over: Mask) -> Mask:
    bids = over.sum(axis=0)
    holds = (bids >= test.from_bids) & (bids <= (test.to_bids or len(over)))
    against = _against(test, here, prices, over)
    limit = against * (1 - float(test.below))
    low = ~numeric.less(limit, prices) if test.at else numeric.less(prices, limit)
    flagged: Mask = low & (against > 0) & holds
    return flagged


def _against(test: LowPriceTest, here: Mapping[str, Array], prices: Array, over: Mask) -> Array:
    """What each price is held against; not a number where there is nothing."""
    if test.of == ESTIMATE:
        amount: Array = np.full((1, 1), float((test.estimate or 0) / (1 + test.estimate_tax)))
        return amount * here[test.estimate_column] if test.estimate_of else amount
    if test.of == RUNNER_UP:  # of the lowest price alone
        other = _each(prices, over, numeric.lowest, without=True)
        return np.where(np.isfinite(other) & ~numeric.less(other, prices), other, np.nan)
    return _each(prices, over, _middle(test), without=not test.itself)


def _each(prices: Array, over: Mask, middle: Middle, without: bool) -> Array:
    """What the prices come to together; for each bid those of the others, where it is ``without`` its own."""
    if not without:
        return np.asarray(middle(prices, over))[None]
    found = np.empty(prices.shape)
    for row in range(len(prices)):
        others = over.copy()
        others[row] = False
        found[row] = middle(prices, others)
    return found


def _middle(test: LowPriceTest) -> Middle:
    trim, again = test.trim, test.again
    if trim is not None or again is not None:
        return lambda prices, among: _averaged(prices, among, trim, again)
    of = {MEAN: numeric.mean, MEDIAN: numeric.median}[test.of]
    return lambda prices, among: np.where(among.any(axis=0), of(prices, among), np.nan)


def _averaged(prices: Array, among: Mask, trim: Trim | None, again: Again | None) -> Array:
    """The mean without those at each end, or of some of these once more."""
    bids = among.sum(axis=0)
    ordered = np.sort(np.where(among, prices, np.inf), axis=0)
    place = np.arange(len(prices))[:, None]
    kept = place < bids
    if trim is not None:
        number = np.array([trimmed_at_each_end(trim, n) for n in range(len(prices) + 1)])[bids]
        kept = (place >= number) & (place < bids - number)
        if trim.ties == "all":
            first, last = _at(ordered, number - 1), _at(ordered, bids - number)
            equal = (numeric.equal(ordered, first) | numeric.equal(ordered, last)) & (number > 0)
            kept = kept & ~equal
    mean = _mean(ordered, kept)
    if again is None:
        return mean
    if again.below_mean:
        some = (kept if again.below_mean == "kept" else place < bids) & numeric.less(ordered, mean)
    else:
        some = kept & ~numeric.less(mean * (1 + float(again.without_above)), ordered)
        some = some | (kept & (place < again.fewest))
    return np.where(some.any(axis=0) & np.isfinite(mean), _mean(ordered, some), mean)


def _mean(ordered: Array, kept: Mask) -> Array:
    mean: Array = np.where(kept, ordered, 0).sum(axis=0) / kept.sum(axis=0)  # of nothing: not a number
    return mean


def _at(ordered: Array, place: Any) -> Array:
    return np.take_along_axis(ordered, np.clip(place, 0, len(ordered) - 1)[None], axis=0)
