"""The tenders that were assessed to the end, and how many of their bidders are small, or of the voluntary sector.

An assessed tender is one that was assessed to find the most advantageous, and not disregarded (Procurement Act 2023
s.50(5)): one that failed a condition or was not invited to tender is none, one that missed a minimum is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tender_eval.case.case import Case
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import BidResult

_SMALL_OR_MEDIUM = ("micro", "small", "medium")
_ASSESSED = ("ranked", "rejected")


class FinalStage(NamedTuple):
    """How many tenders were assessed in the final stage, and from whom; None where a bidder does not state its kind."""

    bids: int
    sme: int | None
    vcse: int | None


def assessed(case: Case, lot: str) -> tuple[BidResult, ...]:
    """The tenders for a lot that were assessed, as the evaluation lists them; none before it was evaluated."""
    if not case.evaluated(lot):
        return ()
    return tuple(bid for bid in case.evaluations[lot].bids if bid.status in _ASSESSED and bid.criteria)


def final_stage(case: Case, lot: str) -> FinalStage:
    """The counts of a lot."""
    bids = {bid.id: bid for bid in case.bids_for(lot).bids}
    found = [bids[bid.id] for bid in assessed(case, lot)]
    return FinalStage(len(found), _counted(found, is_sme), _counted(found, is_vcse))


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
