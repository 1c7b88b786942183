"""The mark of one person put right after it was given: the only way to another mark where the scheme computes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from tender_eval.case.corrections import Correction
from tender_eval.case.interests import Given
from tender_eval.case.panel.giving import Asked, exactly
from tender_eval.case.state import State
from tender_eval.case.step import Step
from tender_eval.model.bids import Bid, Figure, Mark
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.digits import shown
from tender_eval.model.panel import ABSTAIN, OneMark, Row

_OF_PERSON = ".individual."


class OfPerson(NamedTuple):
    """A field that is the mark of one person: at which criterion, and whose."""

    criterion: str
    person: str


def of_person(field: str) -> OfPerson | None:
    """Whose mark a field is, where it is one person's.

    >>> of_person("marks.care.individual.ann"), of_person("marks.care")
    (OfPerson(criterion='care', person='ann'), None)
    """
    name, between, person = field.removeprefix("marks.").partition(_OF_PERSON)
    return OfPerson(name, person) if between and field.startswith("marks.") else None


def refuse_computed(step: Step, state: State, change: Correction) -> None:
    """See that no correction puts another mark in the place of one that the scheme computes.

    Raises:
        Refused: TE085 naming the marks that it is computed of.
    """
    rule = state.whole.scheme.panel
    name = change.field.removeprefix("marks.")
    bid = next((one for one in state.bids.bids if one.id == change.bid), None)
    marks = {**bid.marks, **(bid.lots[change.lot].marks if change.lot in bid.lots else {})} if bid else {}
    if not rule.computed or name == change.field or name not in marks:
        return
    who = next(iter(marks[name].individual), "NAME")
    message = f'the scheme computes the mark for "{name}" of bid "{change.bid}" of the individual ones'
    step.refuse(message, f"correct the mark of one person: --field marks.{name}{_OF_PERSON}{who}", "TE085")


def with_mark_of(step: Step, state: State, change: Correction, whose: OfPerson) -> State:
    """The case with another mark of one person, as they gave it on a sheet or as the bids were received with it.

    Raises:
        Refused: with what is wrong with it; TE085 where it is not what is recorded, or changes nothing.
    """
    problems = Problems()
    asked = Asked(state, problems)
    row = Row(change.bid, change.lot, whose.criterion, change.new, change.reason, "", step.where)
    if not asked.there(row):
        problems.refuse()
    found = state.panel.find(whose.person) if state.panel else None
    if state.panel and found is None:
        message = f'"{whose.person}" is nobody of the panel'
        problems.add("TE530", step.where, message, did_you_mean(whose.person, state.panel.called))
    person = found.id if found else whose.person
    key, bid = row.key, asked.bids[change.bid]
    given = state.given.get(person, {}).get(key)
    stated = _stated(bid, key, person)
    if given is None and stated is None:
        message = f'bid "{bid.id}" has no mark of {whose.person} for "{whose.criterion}"'
        known = [] if state.panel else [*_mark(bid, key).individual]
        problems.add("TE071", step.where, message, did_you_mean(whose.person, known))
    elif found is None or asked.of(row, found):
        _check_old(step, change, exactly(given.mark) if given else shown(stated.value if stated else None), problems)
    new = asked.mark(row)
    problems.refuse()
    if given is not None:
        why = change.panel_reason or change.reason
        theirs = {**state.given[person], key: Given(new, why, given.note, step.act.number)}
        return replace(state, given={**state.given, person: theirs})
    if new is None:
        step.refuse(f"{whose.person} gave no sheet that could say {ABSTAIN}", "give a mark", "TE085")
    made = bid.with_marks(partial(_with, key, person, Figure(new, step.from_entry)))
    received = state.received or state.bids
    bids = tuple(made if one is bid else one for one in received.bids)
    return replace(state, received=replace(received, bids=bids))


def _check_old(step: Step, change: Correction, now: str, problems: Problems) -> None:
    of = f"{change.field} of bid {change.bid}" + (f" for lot {change.lot}" if change.lot else "")
    if change.old != now:
        said = f", not {change.old}" if change.old else ""
        problems.add("TE085", step.where, f"{of} is {now}{said}", f"give what is recorded now: --old {now}")
    elif change.new == now:
        problems.add("TE085", step.where, f"the correction changes nothing: {of} is {now} already")


def _mark(bid: Bid, key: OneMark) -> Mark:
    return bid.marks_by_lot.get(key.lot, {}).get(key.criterion) or Mark()


def _stated(bid: Bid, key: OneMark, person: str) -> Figure | None:
    return _mark(bid, key).individual.get(person)


def _with(key: OneMark, person: str, figure: Figure, lot: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    if lot != key.lot:
        return dict(marks)
    mark = marks[key.criterion]
    return {**marks, key.criterion: replace(mark, individual={**mark.individual, person: figure})}
