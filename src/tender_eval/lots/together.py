"""Offers for several lots in an award: how a contest has them, and whether an award gives each what it asks for."""

from __future__ import annotations

import numpy as np

from tender_eval.lots.optimum.discounts import Tiers, tiers_of
from tender_eval.model.bids import Bid, Bids, bid_of
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest, Offers


def offers_in(bids: Bids) -> Offers | None:
    """Which rows are offers for several lots; None where none is."""
    rows = bids.offers
    if len(rows) == len(bids.bids):
        return None
    numbers, places = {bid.id: n for n, bid in enumerate(bids.bids)}, list[int]()
    for bid in rows:
        places.append(places[-1] + 1 if bid.of else 0)
    lots = [lot.id for lot in bids.tender.lots]
    return Offers(
        np.array([numbers[bid_of(bid.id)] for bid in rows]),
        np.array(places),
        np.array([bid.least for bid in rows]),
        np.array([[lot in bid.lots for lot in lots] for bid in rows], dtype=np.bool_),
        np.array([_is_discount(bid, places[n], bids) for n, bid in enumerate(rows)], dtype=np.bool_),
    )


def _is_discount(offer: Bid, place: int, bids: Bids) -> bool:
    """Whether an offer is of a discount, which a bid's are behind its packages."""
    return bool(offer.of) and place > len(next(bid.packages for bid in bids.bids if bid.id == offer.of))


def broken(contest: Contest, won: Mask) -> str:
    """Which offer an award does not keep to; empty where it does.

    Args:
        won: who is awarded which lot, ``(rows, lots)`` or ``(rows, lots, draws)``.
    """
    offers = contest.offers
    if offers is None:
        return ""
    lots = won.sum(axis=1)
    least = offers.least.reshape(-1, *[1] * (lots.ndim - 1))
    if ((lots > 0) & (lots < least)).any():
        return "a part of an offer that is for several lots together"
    if any(_other_prices(tiers, won).any() for tiers in tiers_of(offers)):
        return "a lot at a price that does not hold where so many of them are awarded"
    return ""


def _other_prices(of: Tiers, won: Mask) -> Mask:
    """Whether a bid has prices that do not go with the number of lots that it is awarded."""
    rows, lots = [tier.row for tier in of.tiers], sorted(of.lots)
    here: Array = won[rows][:, lots].sum(axis=1)
    together, wrong = here.sum(axis=0), np.zeros(here.shape[1:], dtype=np.bool_)
    for n, tier in enumerate(of.tiers):
        below = together < tier.least
        above = together >= of.tiers[n + 1].least if n + 1 < len(of.tiers) else below & False
        wrong = wrong | ((here[n] > 0) & (below | above))
    return np.asarray(wrong, dtype=np.bool_)
