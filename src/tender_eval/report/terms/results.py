"""What is said of a result: the name of what bids are ranked by, ranks and statuses."""

from __future__ import annotations

from tender_eval.languages.catalogue import catalogue
from tender_eval.model.evaluation import BidResult, Evaluation

WORDS = catalogue("report")


def with_name(evaluation: Evaluation, shows: str) -> str:
    """A printed figure with what it is: ``97.27 points``, ``a price of 9,000.00``, ``points per price of 0.0006``."""
    name = evaluation.figure
    if name.endswith("points"):
        key = "figure.points"
    else:
        key = "figure.bare" if "points" in name else "figure.an" if name[0] in "aeio" else "figure.a"
    return WORDS(key, value=shows, figure=name)


def rank_of(bid: BidResult) -> str:
    """The rank, with an equals sign where it is shared."""
    if bid.rank is None:
        return "-"
    return f"{bid.rank}=" if bid.tied else str(bid.rank)


def status_of(bid: BidResult) -> str:
    """The status in words."""
    return bid.status.replace("_", " ")
