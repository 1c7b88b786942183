"""Who is awarded which lot, where each lot is decided by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tender_eval.model.evaluation import BidResult, Evaluation


class AcrossLots(NamedTuple):
    """The awards, lot by lot, and the lots that nobody is awarded: no bid is left, or a tie is undecided."""

    awards: tuple[tuple[str, Evaluation, BidResult], ...]
    unawarded: tuple[str, ...]
    tied: bool


def awarded_by_lot(lots: Mapping[str, Evaluation]) -> AcrossLots:
    """The outcome of every lot side by side."""
    decided = {lot: found for lot, found in lots.items() if found.winner and not found.tied}
    awards = tuple((lot, found, bid) for lot, found in decided.items() for bid in found.bids if bid.id in found.winner)
    unawarded = tuple(lot for lot in lots if lot not in decided)
    return AcrossLots(awards, unawarded, any(found.tied for found in lots.values()))
