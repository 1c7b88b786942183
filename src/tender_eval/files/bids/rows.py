"""Rows of a table that seem to be no bids: sums, averages and what else stands below bids in a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.model.bids import Bid
from tender_eval.model.diagnostics import Problems
from tender_eval.model.suppliers import folded

_NO_BIDS = frozenset(
    (
        "total", "totals", "grand total", "sub-total", "subtotal", "sub total", "sum", "average", "averages",
        "avg", "mean", "median", "minimum", "min", "maximum", "max", "count", "range", "standard deviation",
        "weight", "weights", "weighting", "weightings", "max score", "maximum score", "max marks", "available",
        "budget", "benchmark", "ceiling", "estimate", "engineer's estimate", "engineers estimate",
        "engineer estimate", "independent estimate", "government estimate", "cost estimate",
        "pre-tender estimate", "estimated cost", "owner's estimate", "reserve price", "lowest", "highest",
        "difference", "variance", "total bids", "summe", "gesamt", "durchschnitt", "mittelwert", "moyenne",
        "somme", "totale", "media", "promedio", "suma", "totaal", "gemiddelde",
    )
)  # fmt: skip


def is_no_bid(name: str) -> bool:
    """Whether a row of this name seems to be a sum, an average, an estimate or the like."""
    return folded(name).strip(" :.*") in _NO_BIDS


def tell_rows_that_are_no_bids(bids: Iterable[Bid], problems: Problems) -> None:
    """Tell each bid that is called as sums, averages and the like are."""
    for bid in bids:
        if named := next((name for name in (bid.id, bid.name) if is_no_bid(name)), None):
            message = f'the row "{named}" counts as a bid, and seems to be none'
            problems.tell("TE067", bid.where, message, "remove the row, unless a supplier is called so")
