"""Offers for several lots in an award: how a contest has them, and whether an award gives each what it asks for."""

from __future__ import annotations

import numpy as np

from tender_eval.lots.optimum.discounts import Tiers, tiers_of
from tender_eval.model.bids import Bids
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest, Offers


def offers_in(bids: Bids) -> Offers | None:
    """Which rows are offers for several lots; None where none is."""
    rows = bids.offers
    if not bids.any_for_several:
        return None
    stated = [
        (number, place, place > len(bid.packages))  # discounts stand behind packages
        for number, bid in enumerate(bids.bids)
        for place in range(1 + len(bid.packages) + len(bid.discounts))
    ]
    number, place, discount = map(np.array, zip(*stated, strict=True))
    lots = [lot.id for lot in bids.tender.lots]
    return Offers(
        number,
        place,
        np.array([bid.least for bid in rows]),
        np.array([[lot in bid.lots for lot in lots] for bid in rows], dtype=np.bool_),
        discount,
    )


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
