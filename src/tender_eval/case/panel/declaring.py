"""Interests declared and people recused: which bids somebody may not mark, and what becomes of marks that are there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tender_eval.case.evaluating import again
from tender_eval.case.interests import (
    CLEARED,
    OUTCOMES,
    RECUSED,
    Interest,
    agreed_with,
    marks_of,
)
from tender_eval.case.matters import CONFLICT, FEW, opened
from tender_eval.case.removals import without_matters
from tender_eval.case.state import WHOLE, State
from tender_eval.case.step import Step, Taken
from tender_eval.model.bids import Bid
from tender_eval.model.diagnostics import Problems, Refused, did_you_mean
from tender_eval.model.location import Location
from tender_eval.model.panel import OneMark, Person
from tender_eval.model.suppliers import Named

_OPENED = "give its people when it is opened: case open --panel PANEL.yaml"
TOO_FEW = "TE538"
"""The code of what is told where a mark is computed of fewer marks than the scheme asks for."""


def declare_interest(step: Step, state: State) -> Taken:
    """Somebody of the panel declares an interest in a supplier, or none; it says what was decided of it.

    Raises:
        Refused: TE530 for a person who is not of the panel, TE085 for what does not go together, TE070 for a supplier
            whom no bid names.
    """
    act, person = step.act, person_of(step, state)
    supplier, none, outcome = act.said("supplier").strip(), act.said("none") == "true", act.said("outcome")
    if bool(supplier) == none:
        hint = "give --supplier with --nature and --outcome, or --none"
        step.refuse("an interest is in a supplier, or there is none", hint, "TE085")
    declared = replace(state, declared={**state.declared, person.id: act.number})
    if none:
        if said := next((name for name in ("nature", "outcome", "reason") if act.said(name)), ""):
            step.refuse(f"where there is no interest it has no {said}", f"leave --{said} out", "TE085")
        return Taken(declared)
    if not act.said("nature").strip():
        step.refuse("the interest has no nature", "give --nature: what it is", "TE085")
    if outcome not in OUTCOMES:
        step.refuse(f'"{outcome}" is nothing that is decided of an interest', f"give {' or '.join(OUTCOMES)}", "TE085")
    if outcome == CLEARED and not act.said("reason").strip():
        step.refuse("it does not say why the person may mark all the same", "give --reason", "TE085")
    return _entered(step, declared, person, act.said("nature"), outcome)


def recuse(step: Step, state: State) -> Taken:
    """Somebody of the panel marks a supplier no more.

    Raises:
        Refused: as `declare_interest` does; TE087 where the person is recused from it already.
    """
    return _entered(step, state, person_of(step, state), "", RECUSED)


def check_declared(step: Step, state: State) -> None:
    """See that everybody of the panel declared their interests, and that what was declared is decided.

    Raises:
        Refused: TE087 naming each who did not, and each interest that is open.
    """
    problems = Problems()
    note_undeclared(state, state.undeclared, step.where, problems)
    for found in state.unsettled:
        who = next((one.name for one in state.panel or () if one.id == found.person), found.person)
        message = f"the interest of {who} in {found.supplier}, declared by entry {found.entry}, is open"
        hint = "case declare-interest again, with --outcome excluding or cleared, or case recuse"
        problems.add("TE087", step.where, message, hint)
    problems.refuse()


def check_declared_by(step: Step, state: State, person: Person) -> None:
    """See that somebody declared their interests.

    Raises:
        Refused: TE087 where they did not.
    """
    problems = Problems()
    note_undeclared(state, [one for one in state.undeclared if one == person], step.where, problems)
    problems.refuse()


def note_undeclared(state: State, people: Iterable[Person], where: Location, problems: Problems) -> None:
    """Note each of some people who did not declare their interests."""
    for one in people:
        message = f"{one.name} did not declare their interests since entry {state.named} named the suppliers"
        hint = f"case declare-interest RECORD --person {one.id} --none, or with --supplier, --nature and --outcome"
        problems.add("TE087", where, message, hint)


def check_panelled(state: State, where: Location) -> None:
    """See that a case has a panel, and bids for it to mark.

    Raises:
        Refused: TE087 where it has not.
    """
    problems = Problems()
    if state.panel is None:
        problems.add("TE087", where, "the case has no panel", _OPENED)
    if state.received is None:
        problems.add("TE087", where, "there are no bids yet", "case receive comes first")
    problems.refuse()


def person_of(step: Step, state: State) -> Person:
    """Whom of the panel an act is about.

    Raises:
        Refused: TE087 where the case has no panel, TE530 where nobody of it is called so.
    """
    if state.panel is None:
        step.refuse("the case has no panel", _OPENED)
    named = step.act.said("person")
    found = state.panel.find(named)
    if found is None:
        step.refuse(f'"{named}" is nobody of the panel', did_you_mean(named, state.panel.called), "TE530")
    return found


def _entered(step: Step, state: State, person: Person, nature: str, outcome: str) -> Taken:
    act, bids = step.act, state.received.bids if state.received else ()
    named, supplier = Named(bids), act.said("supplier").strip()
    keys = named.keys(supplier)
    made = Interest(person.id, supplier, nature, outcome, act.said("reason"), act.number, keys, named.bids(keys))
    before = next((one for one in state.interests if one.same(made)), None)
    if not keys and before is None:
        of_bid = next((bid for bid in bids if bid.id == supplier), None)
        hint = f"give its name: {of_bid.name}" if of_bid else did_you_mean(supplier, named.names)
        step.refuse(f'no bid names "{supplier}", as bidder, member or sub-contractor', hint, "TE070")
    if before and before.outcome == outcome == RECUSED:
        step.refuse(f"{person.name} is recused from {supplier} already, by entry {before.entry}")
    if before:
        made = replace(made, nature=nature or before.nature, bids=made.bids | before.bids)
    rest = tuple(one for one in state.interests if one is not before)
    return _with_effect(step, state, replace(state, interests=(*rest, made)), person)


def _with_effect(step: Step, before: State, after: State, person: Person) -> Taken:
    """The case evaluated without marks that count no more; a mark that the person agreed opens a matter."""
    old, now = ({bid for bid, people in state.barred.items() if person.id in people} for state in (before, after))
    if old == now:
        return Taken(after)
    there = [bid for bid in after.received.bids if bid.id in now - old] if after.received else []
    gone = [*marks_of(person.id, there), *(key for key in after.given.get(person.id, ()) if key.bid in now - old)]
    aside = tuple(dict.fromkeys(gone))
    try:
        taken = _enough(step, again(after), aside)
    except Refused as e:
        if any(found.code != TOO_FEW for found in e.diagnostics):
            raise
        taken = _too_few(step, after, [bid.id for bid in there], aside)
    for bid in there:
        for lot in agreed_with(person.name, bid):
            if after.removal(bid.id, lot) is None:
                more = opened(taken.state, CONFLICT, [bid.id], lot, step.act.number)
                taken = taken._replace(state=more.state, opened=(*taken.opened, *more.opened))
    return _without_conflicts(step, taken, old - now)


def _too_few(step: Step, state: State, bids: list[str], aside: tuple[OneMark, ...]) -> Taken:
    """What is left is too little to compute the marks of: the evaluation stays as it was, and names nobody."""
    counting = state.whole.with_computed_marks(state.bids)
    lacking = [bid.id for bid in counting.bids if bid.id in bids and _lacks_a_mark(bid)]
    return opened(state, FEW, lacking, WHOLE, step.act.number)._replace(marks=aside)


def _enough(step: Step, state: State, aside: tuple[OneMark, ...]) -> Taken:
    """Everything was evaluated, so that no mark is computed of too few."""
    over = [matter for matter in state.matters.values() if matter.kind == FEW]
    return without_matters(state, over, step.act.number)._replace(marks=aside)


def _lacks_a_mark(bid: Bid) -> bool:
    return any(mark.value is None for marks in bid.marks_by_lot.values() for mark in marks.values())


def _without_conflicts(step: Step, taken: Taken, bids: set[str]) -> Taken:
    """What was opened about marks of bids is closed where nobody agreed them any more who may not."""
    state = taken.state
    received = {bid.id: bid for bid in state.received.bids if bid.id in bids} if state.received else {}
    names = {one.id: one.name for one in state.panel or ()}
    still = {
        (bid.id, lot)
        for bid in received.values()
        for person in state.barred.get(bid.id, ())
        for lot in agreed_with(names[person], bid)
    }
    over = [m for m in state.matters.values() if m.kind == CONFLICT and m.bid in bids and (m.bid, m.lot) not in still]
    ended = without_matters(state, over, step.act.number)
    return taken._replace(state=ended.state, closed=(*taken.closed, *ended.closed))
