"""The panel's marks as data: what is locked, its digest, and a correction made to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from tender_eval.base.canonical import Data, canonical, digest
from tender_eval.files.numbers import MARK, NotANumber, parse_plain
from tender_eval.model.bids import Bid, BidForLot, Bids, Figure, Mark
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location
from tender_eval.model.wording import shown


class Correction(NamedTuple):
    """One agreed mark put right after it was recorded; all text, as it was entered."""

    bid: str
    criterion: str
    old: str
    new: str
    reason: str
    lot: str = ""


def marks_digest(bids: Bids) -> str:
    """SHA-256 over every mark: agreed and individual, with reason, names and date."""
    return digest(canonical({bid.id: _of_bid(bid) for bid in bids.bids}))


def corrected(bids: Bids, change: Correction, where: Location, problems: Problems) -> Bids:
    """The bids with one agreed mark changed; as they were, where the correction cannot be made.

    Args:
        where: the place that the new mark is shown to come from.
    """
    bid = next((b for b in bids.bids if b.id == change.bid), None)
    if bid is None:
        message = f'there is no bid "{change.bid}" in the record'
        problems.add("TE070", where, message, did_you_mean(change.bid, (b.id for b in bids.bids)))
        return bids
    if change.lot and change.lot not in bid.lots:
        message = f'bid "{bid.id}" is not for lot "{change.lot}"'
        problems.add("TE056", where, message, f"it is for {', '.join(bid.lots) or 'no lot'}")
        return bids
    marks = {**bid.marks, **(bid.lots[change.lot].marks if change.lot else {})}
    mark = marks.get(change.criterion)
    if mark is None:
        message = f'bid "{bid.id}" has no mark for "{change.criterion}"'
        problems.add("TE071", where, message, did_you_mean(change.criterion, marks))
        return bids
    made = _changed(mark, change, where, problems)
    return bids if made is None else _with_mark(bids, bid, change, made)


def _changed(mark: Mark, change: Correction, where: Location, problems: Problems) -> Mark | None:
    before = len(problems)
    if not change.reason.strip():
        problems.add("TE085", where, "the correction has no reason", "say why the mark is changed")
    try:
        old, new = parse_plain(change.old, MARK), parse_plain(change.new, MARK)
    except NotANumber as e:
        problems.add(e.code, where, f"the correction's old or new mark: {e}", e.hint)
        return None
    if old != mark.agreed.value:
        of = f'the mark of bid "{change.bid}" for "{change.criterion}"'
        message = f"{of} is {shown(mark.agreed.value)}, not {shown(old)}"
        problems.add("TE085", where, message, "give the mark that is recorded now as the old one")
    elif new == old:
        problems.add("TE085", where, f"the correction changes nothing: the mark is {shown(old)} already")
    return None if len(problems) > before else replace(mark, agreed=Figure(new, where))


def _with_mark(bids: Bids, bid: Bid, change: Correction, mark: Mark) -> Bids:
    marked = {change.criterion: mark}
    if change.lot:
        part = bid.lots[change.lot]
        lots = {**bid.lots, change.lot: replace(part, marks={**part.marks, **marked})}
        changed = replace(bid, lots=lots)
    else:
        changed = replace(bid, marks={**bid.marks, **marked})
    return replace(bids, bids=tuple(changed if b is bid else b for b in bids.bids))


def _of_bid(bid: Bid) -> dict[str, Data]:
    lots = {name: _marks(part.marks) for name, part in bid.lots.items() if part.marks}
    found: dict[str, Data] = {"marks": _marks(bid.marks)}
    return found | ({"lots": lots} if lots else {})


def _marks(marks: Mapping[str, Mark]) -> dict[str, Data]:
    return {name: _mark(mark) for name, mark in marks.items()}


def _mark(mark: Mark) -> dict[str, Data]:
    return {
        "agreed": shown_exactly(mark.agreed),
        "individual": {who: shown_exactly(figure) for who, figure in mark.individual.items()},
        "reason": mark.reason,
        "agreed_by": list(mark.agreed_by),
        "on": mark.on,
    }


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
