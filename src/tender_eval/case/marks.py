"""The panel's marks as data: what is locked, and its digest."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.base.canonical import Data, canonical, digest
from tender_eval.model.bids import Bid, BidForLot, Bids, Figure, Mark


def marks_digest(bids: Bids) -> str:
    """SHA-256 over every mark: agreed and individual, with reason, names and date."""
    return digest(canonical({bid.id: _of_bid(bid) for bid in bids.bids}))


def _of_bid(bid: Bid) -> dict[str, Data]:
    lots = {name: _marks(part.marks) for name, part in bid.lots.items() if part.marks}
    found: dict[str, Data] = {"marks": _marks(bid.marks)}
    return found | ({"lots": lots} if lots else {})


def _marks(marks: Mapping[str, Mark]) -> dict[str, Data]:
    return {name: _mark(mark) for name, mark in marks.items()}


def _mark(mark: Mark) -> dict[str, Data]:
    return {
        "agreed": shown_exactly(mark.agreed) if mark.agreed else None,
        "individual": {who: shown_exactly(figure) for who, figure in mark.individual.items()},
        "reason": mark.reason,
        "agreed_by": list(mark.agreed_by),
        "on": mark.on,
    } | ({"note": mark.note} if mark.note else {})


def shown_exactly(figure: Figure) -> Data:
    """A figure as it stands in a record: text, or a truth, or a list of names."""
    value = figure.value
    if isinstance(value, bool):
        return value
    return list(value) if isinstance(value, tuple) else str(value)


def marks_in(bid: Bid) -> dict[str, Mark]:
    """Every mark of a bid, by criterion; those for one lot as ``lot/criterion``."""
    parts: Mapping[str, BidForLot] = bid.lots
    of_lots = {f"{lot}/{name}": mark for lot, part in parts.items() for name, mark in part.marks.items()}
    return {**bid.marks, **of_lots}
