"""Marks that the panel agrees at its meeting: which counts, why, and who of those present agreed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from tender_eval.case.panel.giving import Asked, rows_of, stated_once
from tender_eval.case.state import State
from tender_eval.case.step import Step, Taken
from tender_eval.model.bids import Bid, Bids, Figure, Mark
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.digits import shown
from tender_eval.model.location import Location, place
from tender_eval.model.panel import ABSTAIN, OneMark, Panel, Person, Row


class Agreed(NamedTuple):
    """A mark as it was agreed: why, what stays in the panel, and who of those present gave marks of their own.

    Where the scheme computes the mark, the panel agrees its reason alone.
    """

    mark: Fraction | None
    reason: str
    note: str
    by: tuple[str, ...]


def agree(step: Step, state: State) -> Taken:
    """The panel agrees marks; those agreed before stand, unless it says why these replace them.

    Raises:
        Refused: TE530 for somebody present who is not of the panel, TE531 where nobody present may mark a bid, TE532
            for a mark agreed before as another, and what is wrong with each; TE087 where nothing is new.
    """
    problems = Problems()
    replaces = bool(step.act.said("replaces").strip())
    present = present_of(step.act.listed("present"), state, step.where, problems)
    found = agreed_of(rows_of(step), present, state, problems, replaces=replaces)
    problems.refuse()
    if not found:
        step.refuse("nothing is new in what was agreed", "leave it: it is on record already")
    made = {
        key: Mark(
            None if one.mark is None else Figure(one.mark, step.from_entry),
            {},
            one.reason,
            one.by,
            step.act.at[:10],
            step.from_entry,
            note=one.note,
        )
        for key, one in found.items()
    }
    return Taken(replace(state, received=with_agreed(state.received, made) if state.received else None))


def present_of(names: Sequence[str], state: State, where: Location, problems: Problems) -> tuple[Person, ...]:
    """Who was there, by the panel; whoever is not of it is noted."""
    panel = state.panel or Panel(())
    found = []
    for called in names:
        one = panel.find(called)
        if one is None:
            message = f'"{called}" was present and is nobody of the panel'
            problems.add("TE530", place(called, where), message, did_you_mean(called, panel.called))
        elif one not in found:
            found.append(one)
    return tuple(found)


def agreed_of(
    rows: Sequence[Row], present: Sequence[Person], state: State, problems: Problems, *, replaces: bool
) -> dict[OneMark, Agreed]:
    """What rows of a meeting's sheet agree anew; rows in which nothing is written are passed over."""
    asked, found = Asked(state, problems), dict[OneMark, Agreed]()
    for row in stated_once(rows, problems):
        one = _agreed(row, asked, present, state, problems) if asked.there(row) else None
        before = _before(asked.bids[row.bid], row.key) if one else None
        if one is None or (before and _same(before, one)):
            continue
        if before and not replaces:
            problems.add("TE532", place(row.mark, row.where), *_another(row, before, one))
        found[row.key] = one
    return found


def with_agreed(bids: Bids, made: Mapping[OneMark, Mark]) -> Bids:
    """The bids with marks as they were agreed, beside the individual ones that are there."""

    by_bid: dict[tuple[str, str], dict[str, Mark]] = {}
    for key, mark in made.items():
        by_bid.setdefault((key.bid, key.lot), {})[key.criterion] = mark

    def stated(bid: str, lot: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        new = by_bid.get((bid, lot), {})
        given = {name: marks[name].individual for name in new if name in marks}
        return {**marks, **{name: replace(mark, individual=given.get(name, {})) for name, mark in new.items()}}

    return replace(bids, bids=tuple(bid.with_marks(partial(stated, bid.id)) for bid in bids.bids))


def _agreed(row: Row, asked: Asked, present: Sequence[Person], state: State, problems: Problems) -> Agreed | None:
    where, faults = place(row.mark, row.where), len(problems)
    computed = state.whole.scheme.panel.computed
    if computed and row.mark:
        message = f'the scheme computes the mark for "{row.criterion}" of bid "{row.bid}" of the individual ones'
        problems.add("TE539", where, message, "take the mark out, and leave its reason")
    elif not computed and row.mark.casefold() in ("", ABSTAIN):
        message = f'no mark is agreed for "{row.criterion}" of bid "{row.bid}"'
        problems.add("TE095", where, message, "write the mark that the panel agreed, or empty the row")
    mark = asked.mark(row) if row.mark and not computed else None
    if not row.reason:
        message = f'the agreed mark of bid "{row.bid}" for "{row.criterion}" has no reason'
        problems.add("TE095", where, message, "write the panel's reason, as the bidder is to read it")
    barred = state.barred.get(row.bid, {})
    bid, may = asked.bids[row.bid], asked.questions.of_bid
    by = [one for one in present if one.id not in barred and row.criterion in may(one, bid, row.lot)]
    if not by:
        message = f'nobody who was present may mark "{row.criterion}" of bid "{row.bid}"'
        problems.add("TE531", where, message, "say who was present of those who mark it")
    if len(problems) > faults:
        return None
    return Agreed(mark, str(row.reason), str(row.note), tuple(one.name for one in by))


def _before(bid: Bid, key: OneMark) -> Mark | None:
    """What was agreed before, if anything was."""
    found = bid.marks_by_lot[key.lot].get(key.criterion)
    return found if found and (found.agreed or found.reason) else None


def _same(before: Mark, now: Agreed) -> bool:
    return (before.value, before.reason, before.note, before.agreed_by) == (now.mark, now.reason, now.note, now.by)


def _another(row: Row, before: Mark, now: Agreed) -> tuple[str, str]:
    message = (
        f'"{row.criterion}" of bid "{row.bid}" was agreed as {_side(before.value, before.reason, before.note)}, and is '
        f"{_side(now.mark, now.reason, now.note)} here"
    )
    return message, "leave the row as it was agreed first; or give --replace with the reason, which keeps both"


def _side(mark: object, reason: str, note: str) -> str:
    why = f"{reason}; note: {note}" if note else reason
    return why if mark is None else f"{shown(mark)} ({why})"
