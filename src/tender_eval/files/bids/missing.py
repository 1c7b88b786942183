"""What is told of facts that bids lack: who needs them, where they lack, and how they are added in the file at hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from tender_eval.files import mends
from tender_eval.model.bids import OF_A_LOT, Bid
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, place, somewhere
from tender_eval.model.missing import Missing, Whose
from tender_eval.model.scheme import Bound


class Mend(NamedTuple):
    """Where a fact is to be stated, and how."""

    where: Location | None
    hint: str


def mend_of(missing: Missing, taken: Collection[str] = ()) -> Mend:
    """Where and how to mend it: a name nearly right is corrected, unless the scheme reads that as well.

    Args:
        taken: the columns that the scheme names.
    """
    for name, where in missing.near:
        if name not in taken:
            return Mend(somewhere(where), f"it states {name}: use one name in bid and scheme")
    bid, tender = missing.bid, missing.tender
    match missing.whose:
        case Whose.BID:
            return Mend(somewhere(_lacking(missing.column, bid)), mends.figure(missing.column, bid))
        case Whose.SUPPLIER_OR_MEMBER:
            return Mend(somewhere(bid.where), mends.figure(f"supplier.{missing.name}", bid))
        case Whose.TENDER:
            hint = mends.fact_of_tender(missing.name, tender, bid.where)
            if missing.name in tender.figures:  # stated, but empty
                return Mend(somewhere(tender.figures[missing.name].where), hint)
            return Mend(somewhere(place(tender.lot, bid.where)) if tender.lot else None, hint)


def note_for_reader(
    missing: Missing, column: str, reader: str, file: Location, taken: Collection[str], problems: Problems
) -> None:
    """Note that a bid lacks what a scorer, a rule or a tie break reads.

    Args:
        file: the bids file, where the tender lacks it.
    """
    if missing.parts:
        _note_parts(missing, taken, problems)
        return
    if missing.unweighed:
        _note_unweighed(missing, problems)
        return
    if missing.least:
        _note_few_marks(missing, reader, problems)
        return
    where, hint = mend_of(missing, taken)
    if missing.whose is Whose.TENDER:  # nothing to measure any bid by
        message = f"{_silence_of_tender(missing)}, which {reader} needs for {column}"
        problems.add("TE052", where or file, message, hint)
    else:
        message = f"{missing.bid.called(column)} has no {column}, which {reader} reads"
        problems.add("TE052", where or missing.bid.where, message, hint)


def _note_few_marks(missing: Missing, reader: str, problems: Problems) -> None:
    """Note that fewer people marked a bid than a computed mark is made of."""
    bid, found = missing.bid, len(missing.marks)
    given = f"{found} individual {'mark' if found == 1 else 'marks'}"
    by = f" ({', '.join(missing.marks)})" if found else ""
    message = f"{bid.called(missing.column)} has {given}{by} for {missing.column}, which {reader} reads, of at least "
    message += str(missing.least)
    problems.add("TE538", _lacking(missing.column, bid), message, mends.individual(missing.name, bid))


def _note_unweighed(missing: Missing, problems: Problems) -> None:
    """Note that the scheme weighs marks by role, and does not say how much those of some people count."""
    who = missing.unweighed[0]
    message = (
        f'{missing.bid.called(missing.column)} has a mark of "{who}" for {missing.column}, whose role has no weight'
    )
    hint = f"{mends.role(who, missing.bid.where)}; and its weight under panel: weights: of the scheme"
    problems.add("TE537", _lacking(missing.column, missing.bid), message, hint)


def _note_parts(missing: Missing, taken: Collection[str], problems: Problems) -> None:
    """Note which components of a price a bid lacks; or all of them, where it gives one price."""
    bid = missing.bid
    if missing.column == "price" and "price" in bid.figures and len(missing.parts) == len(missing.made_of):
        wanted = ", ".join(missing.made_of)
        message = f"{bid.called('price')} gives one price, but the scheme makes the price of {wanted}"
        names = [part.column for part in missing.parts]
        problems.add("TE062", bid.figures["price"].where, message, mends.parts_of_price(names, bid))
        return
    what = "the price" if missing.column == "price" else missing.column
    for part in missing.parts:
        where, hint = mend_of(part, taken)
        message = f"{bid.called(part.column)} lacks {part.column}, of which the scheme makes {what}"
        problems.add("TE052", where or bid.where, message, hint)


def note_for_condition(
    missing: Missing, condition: str, column: str, taken: Collection[str], problems: Problems
) -> None:
    """Note that a bid lacks what a condition reads."""
    if missing.parts:
        _note_parts(missing, taken, problems)
        return
    where, hint = mend_of(missing, taken)
    if missing.whose is Whose.TENDER:
        message = f'{_silence_of_tender(missing)}, which condition "{condition}" needs for {column}'
    else:
        message = f'{missing.bid.called(column)} has no {column}, which condition "{condition}" reads'
    problems.add("TE052", where or missing.bid.where, message, hint)


def note_for_share(missing: Missing, condition: str, limit: Bound, taken: Collection[str], problems: Problems) -> None:
    """Note that nobody states what a limit is a share of: where it lacks, or in the scheme where the tender does."""
    if missing.parts:
        _note_parts(missing, taken, problems)
        return
    where, hint = mend_of(missing, taken)
    if missing.whose is not Whose.TENDER:
        message = f'{missing.bid.called(limit.of)} has no {limit.of}, of which condition "{condition}" takes a share'
        problems.add("TE052", where or missing.bid.where, message, hint)
    elif where:
        message = f'{_silence_of_tender(missing)}, of which condition "{condition}" takes a share'
        problems.add("TE052", where, message, hint)
    else:
        message = f'condition "{condition}" takes a share of "{limit.of}", which neither tender nor bid states'
        problems.add("TE052", limit.where, message, hint)


def note_for_capacity(missing: Missing, column: str, problems: Problems) -> None:
    """Note that a bid lacks what its capacity for lots is a share of."""
    where, hint = mend_of(missing, [name for name, _ in missing.near])
    message = f'bid "{missing.bid.id}" has no {column}, of which the capacity is a share'
    problems.add("TE052", where or missing.bid.where, message, hint)


def note_for_limit(missing: Missing, column: str, whose: str, problems: Problems) -> None:
    """Note that a bid lacks what tells whether a limit on lots is on it."""
    where, hint = mend_of(missing, [name for name, _ in missing.near])
    message = f"{missing.bid.called(column)} has no {column}, for which {whose} asks"
    problems.add("TE052", where or missing.bid.where, message, hint)


def _silence_of_tender(missing: Missing) -> str:
    lot, name = missing.tender.lot, missing.name
    if name in missing.tender.figures:
        return f"the tender lists no {name}"
    return f'lot "{lot}" states no {name}' if lot else f"the tender does not state its {name}"


def _lacking(column: str, bid: Bid) -> Location:
    """Where a bid lacks a figure: at the lot that it stands for, where each has its own."""
    where = bid.file_of(column)
    if column.startswith("marks.") and (mark := bid.marks.get(column.removeprefix("marks."))):
        return mark.where
    of_lot = bid.lot and column.partition(".")[0] in OF_A_LOT and not mends.in_table(where)
    return place(bid.lot, where) if of_lot and where == bid.where else where
