"""The tenders that were assessed to the end, and how many of their bidders are small, or of the voluntary sector.

An assessed tender is one that was assessed to find the most advantageous, and not disregarded (Procurement Act 2023
s.50(5)): one that failed a condition or was not invited to tender is none, one that missed a minimum is. The offers of
a bid for several lots are one tender with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tender_eval.case.case import Case
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import bids_of, first_offers

_SMALL_OR_MEDIUM = ("micro", "small", "medium")
_ASSESSED = ("ranked", "rejected")


class FinalStage(NamedTuple):
    """How many tenders were assessed in the final stage, and from whom; None where a bidder does not state its kind."""

    bids: int
    sme: int | None
    vcse: int | None


def assessed(case: Case, lot: str) -> tuple[Bid, ...]:
    """The tenders for a lot that were assessed, as they stand for it; none before it was evaluated.

    Each is there once, as the first of its offers that is for the lot.
    """
    if not case.evaluated(lot):
        return ()
    of = bids_of(r for r in case.evaluations[lot].bids if r.status in _ASSESSED and r.criteria)
    return tuple(bid for name, bid in first_offers(case.bids_for(lot).bids).items() if name in of)


def final_stage(case: Case, lot: str) -> FinalStage:
    """The counts of a lot."""
    return counts(assessed(case, lot))


def counts(bids: Sequence[Bid]) -> FinalStage:
    """How many tenders these are, and from whom."""
    return FinalStage(len(bids), _counted(bids, is_sme), _counted(bids, is_vcse))


def is_sme(bid: Bid) -> bool | None:
    """Whether the bidder is a small or medium-sized enterprise; None where it does not state its size."""
    size = bid.figures.get("supplier.size")
    return None if size is None else size.value in _SMALL_OR_MEDIUM


def is_vcse(bid: Bid) -> bool | None:
    """Whether the bidder is a voluntary, community or social enterprise; None where it does not say."""
    stated = bid.figures.get("supplier.vcse")
    return None if stated is None else stated.value is True


def _counted(bids: Sequence[Bid], what: Callable[[Bid], bool | None]) -> int | None:
    told = [what(bid) for bid in bids]
    return None if None in told else told.count(True)
