"""What an evaluation found of a bid, in words: why it was turned away, what to look at, why it lost a lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tender_eval.languages.runs import Runs, runs
from tender_eval.model.evaluation import BidResult, Step

if TYPE_CHECKING:
    from tender_eval.lots.why import Reason


def reasons(bid: BidResult) -> tuple[Runs, ...]:
    """Why a bid is not ranked, or not funded; each reason by itself."""
    return tuple(runs(text) for text in bid.reasons)


def flags(bid: BidResult) -> tuple[Runs, ...]:
    """What a panel must look at before it decides."""
    return tuple(runs(text) for text in bid.flags)


def lost(reason: Reason) -> Runs:
    """Why a bid is not awarded a lot."""
    return runs(reason.text)


def working(step: Step) -> str:
    """A step's working; at a condition, what was read."""
    return step.working
