"""A figure of a bid put right after it was recorded: a mark, a price, a declaration, a fact of its supplier."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from tender_eval.case.acts import Act
from tender_eval.files.bids.file import CONTACT, stated
from tender_eval.files.bids.lots import check_prices_by_lot
from tender_eval.model.bids import OF_A_LOT, Bid, Bids, Figure, Mark
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.digits import shown
from tender_eval.model.location import Location

NAME = "supplier.name"


class Change(NamedTuple):
    """One figure that is another after an act than before, as text: what it was, if anything, and what it is."""

    bid: str
    lot: str
    field: str
    old: str
    new: str


class Correction(NamedTuple):
    """One figure put right; all text, as it was entered. ``old`` is empty where the bid did not state it.

    ``panel_reason`` is the panel's reason for a mark as it is now; None leaves the reason that was there.
    """

    bid: str
    field: str
    old: str
    new: str
    reason: str
    lot: str = ""
    panel_reason: str | None = None


def change_of(act: Act) -> Change:
    """The figure that an act puts right."""
    return Change(*map(act.said, Change._fields))


def correction_of(act: Act) -> Correction:
    """The correction that an act makes; its reason is the panel's too, where no other is given: never the old one."""
    bid, field, old, new, reason, lot = map(act.said, ("bid", "field", "old", "new", "reason", "lot"))
    return Correction(bid, field, old, new, reason, lot, act.said("panel_reason") or reason)


def of_mark(act: Act) -> Correction:
    """The correction of a mark as records of tender-eval 0.1.0 hold it, in which the old reason stood on."""
    bid, criterion, old, new, reason, lot = map(act.said, ("bid", "criterion", "old", "new", "reason", "lot"))
    return Correction(bid, f"marks.{criterion}", old, new, reason, lot)


def corrected(
    bids: Bids,
    change: Correction,
    from_entry: Location,
    where: Location,
    problems: Problems,
    marked: Collection[str] = (),
) -> Bids:
    """The bids with one figure changed; as they were, where the correction cannot be made.

    Args:
        marked: the criteria for which a mark can be entered where the bid has none, as where it is readmitted.
        from_entry: the place that the new figure is shown to come from.
        where: the place of what is wrong.
    """
    bid = next((b for b in bids.bids if b.id == change.bid), None)
    if bid is None:
        message = f'there is no bid "{change.bid}" in the record'
        problems.add("TE070", where, message, did_you_mean(change.bid, (b.id for b in bids.bids)))
        return bids
    if not _lot_is_right(bid, change, where, problems):
        return bids
    made = _changed(bid, change, from_entry, where, problems, marked)
    if made is None:
        return bids
    check_prices_by_lot(made, problems)
    return replace(bids, bids=tuple(made if b is bid else b for b in bids.bids))


def _lot_is_right(bid: Bid, change: Correction, where: Location, problems: Problems) -> bool:
    if not change.lot:
        return True
    if change.lot not in bid.lots:
        message = f'bid "{bid.id}" is not for lot "{change.lot}"'
        problems.add("TE056", where, message, f"it is for {', '.join(bid.lots) or 'no lot'}")
        return False
    if change.field.partition(".")[0] not in OF_A_LOT:
        message = f"{change.field} is said for all lots of a bid, not for one"
        problems.add("TE085", where, message, "leave the lot out")
        return False
    return True


def _changed(
    bid: Bid,
    change: Correction,
    from_entry: Location,
    where: Location,
    problems: Problems,
    marked: Collection[str],
) -> Bid | None:
    before = len(problems)
    now = _as_stated(bid, change)
    if isinstance(now, Mark) and not change.reason.strip():
        problems.add("TE085", where, "the correction has no reason", "say why the mark is changed")
    if now is None and change.field.startswith("marks.") and change.field.removeprefix("marks.") not in marked:
        known = {*bid.marks, *(bid.lots[change.lot].marks if change.lot else ()), *marked}
        message = f'bid "{bid.id}" has no mark for "{change.field.removeprefix("marks.")}"'
        problems.add("TE071", where, message, did_you_mean(change.field.removeprefix("marks."), known))
        return None
    new = stated(change.field, change.new, where, problems)
    old = stated(change.field, change.old, where, problems) if change.old else None
    if len(problems) > before:
        return None
    of = f"{change.field} of bid {bid.id}" + (f" for lot {change.lot}" if change.lot else "")
    if _value(old) != _value(now):
        is_now = "not stated" if now is None else shown(_value(now))
        message = f"{of} is {is_now}" + (f", not {shown(_value(old))}" if old is not None else "")
        problems.add("TE085", where, message, "give what is recorded now as the old one, with --old")
    elif new is not None and _value(new) == _value(now):
        problems.add("TE085", where, f"the correction changes nothing: {of} is {shown(_value(new))} already")
    return None if len(problems) > before or new is None else _with(bid, change, now, new, from_entry)


def _as_stated(bid: Bid, change: Correction) -> Figure | Mark | None:
    """What the bid states now, for the lot where it is of one."""
    if change.field == NAME:
        return Figure(bid.name)
    if change.field in CONTACT:
        held = getattr(bid.contact, change.field.partition(".")[2])
        return Figure(held) if held else None
    name = change.field.removeprefix("marks.")
    figures: Mapping[str, Figure | Mark] = bid.marks if name != change.field else bid.figures
    if change.lot:
        part = bid.lots[change.lot]
        figures = {**figures, **(part.marks if name != change.field else part.figures)}
    return figures.get(name)


def _value(found: Figure | Mark | None) -> object:
    return found.value if found else None


def _with(bid: Bid, change: Correction, now: Figure | Mark | None, new: Figure | Mark, where: Location) -> Bid:
    if change.field == NAME:
        return replace(bid, name=str(_value(new)))
    if change.field in CONTACT:
        held: dict[str, Any] = {change.field.partition(".")[2]: _value(new)}
        return replace(bid, contact=replace(bid.contact, **held))
    if isinstance(new, Mark):
        name = change.field.removeprefix("marks.")
        kept = now if isinstance(now, Mark) else new
        mark = replace(kept, agreed=replace(new.agreed, where=where) if new.agreed else None)
        if change.panel_reason is not None:
            mark = replace(mark, reason=change.panel_reason)
        if change.lot:
            part = bid.lots[change.lot]
            return replace(bid, lots={**bid.lots, change.lot: replace(part, marks={**part.marks, name: mark})})
        return replace(bid, marks={**bid.marks, name: mark})
    figure = Figure(new.value, where)
    if change.lot:
        part = bid.lots[change.lot]
        lots = {**bid.lots, change.lot: replace(part, figures={**part.figures, change.field: figure})}
        return replace(bid, lots=lots)
    return replace(bid, figures={**bid.figures, change.field: figure})
