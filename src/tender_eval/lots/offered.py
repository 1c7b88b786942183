"""Offers for several lots that are awarded: their lots, their price, and what the bid asks for each lot alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.lots.award import AcrossLots
from tender_eval.lots.rules import price_read
from tender_eval.model.bids import bid_of
from tender_eval.model.evaluation import BidResult, Evaluation


class OfferAwarded(NamedTuple):
    """An offer and the lots that it is awarded, in the order of the tender.

    Attributes:
        price: the evaluated price of these lots together, as the offer has it; None where no price is read.
        alone: the same as the bid has it for each of them alone; None where it is not for each of them alone.
    """

    bid: BidResult
    lots: tuple[str, ...]
    price: Fraction | None
    alone: Fraction | None


def offers_awarded(found: AcrossLots, lots: Mapping[str, Evaluation]) -> tuple[OfferAwarded, ...]:
    """The offers for several lots that are awarded, in the order of their first lots; none where there are none."""
    held: dict[str, list[str]] = {}
    for award in found.awards:
        if award.bid.id != bid_of(award.bid.id):
            held.setdefault(award.bid.id, []).append(award.lot)
    return tuple(
        OfferAwarded(
            lots[its[0]].bid(offer), tuple(its), _together(lots, its, offer), _together(lots, its, bid_of(offer))
        )
        for offer, its in held.items()
    )


def _together(lots: Mapping[str, Evaluation], of: list[str], bid: str) -> Fraction | None:
    found = [lots[lot].find(bid) for lot in of]
    prices = [price_read(one.step) if one else None for one in found]
    return sum((p for p in prices if p is not None), Fraction(0)) if None not in prices else None
