"""What is said of a result: ranks and statuses."""

from __future__ import annotations

from tender_eval.languages.catalogue import catalogue
from tender_eval.model.evaluation import BidResult

t = catalogue("terms")


def rank_of(bid: BidResult) -> str:
    """The rank, with an equals sign where it is shared."""
    if bid.rank is None:
        return "-"
    return f"{bid.rank}=" if bid.tied else str(bid.rank)


def status_of(bid: BidResult) -> str:
    """The status in words."""
    return t(f"status.{bid.status}")
