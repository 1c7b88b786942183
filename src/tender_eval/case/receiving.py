"""Bids come in, their marks are locked, and their sealed prices are opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from tender_eval.base.canonical import digest
from tender_eval.base.times import instant
from tender_eval.case.corrections import Change
from tender_eval.case.envelopes import (
    awaits_prices,
    check_envelopes,
    offered,
    quality_part,
    refuse_prices,
    sealed_figures,
    turned_away,
    with_prices,
)
from tender_eval.case.evaluating import again, evaluated, of_quality
from tender_eval.case.inputs import file_of
from tender_eval.case.matters import LATE, opened
from tender_eval.case.panel.declaring import check_declared
from tender_eval.case.panel.guard import check_agreed, check_award
from tender_eval.case.panel.marks import of_the_panel, refuse_barred
from tender_eval.case.panel.open_marks import with_open_marks_told
from tender_eval.case.state import QUALITY, WHOLE, State
from tender_eval.case.step import Step, Taken, check_due, check_two_people
from tender_eval.engine.check import asked_of
from tender_eval.files.bids.file import check_bids
from tender_eval.files.load import read_bids, read_sound_bids
from tender_eval.files.source import Source
from tender_eval.model.bids import Bid, BidForLot, Bids, Contact, Figure, Mark
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.location import place
from tender_eval.model.suppliers import Named

Stated = TypeVar("Stated", Figure, Mark)
MENDED = "give that very file; a mended one goes by case correct --file, with its reason and two people"
SEALED = "they stay in a file of their own until case open-prices"


def receive(step: Step, state: State) -> Taken:
    """Bids, or what bids lacked: what was received is never changed by what comes later.

    A bid after the deadline is received too, and opens a matter: whether it stands is for people to decide.

    Raises:
        Refused: with every problem of the file; TE082 where it holds prices though a file of prices is sealed; TE084
            where another file was sealed before; TE530 and TE531 for marks of nobody of the panel, or of somebody who
            may not give them.
    """
    source, problems = file_of(step.act.body["file"]), Problems()
    if new := sealed_by(step):
        check_envelopes(state.whole.plan, step.where, problems)
        _check_committed(step, state, new, "the file to be sealed")
    sealed = new or state.sealed
    found = problems.sound(read_sound_bids(source, step.catalogue.readers, problems, asked_of(state.whole.plan)).bids)
    if sealed:
        refuse_prices(found, state.whole.plan, problems, SEALED)
    if state.panel:
        found = of_the_panel(found, state.panel, state.whole.plan, problems)
    merged = found if state.received is None else _merged(state.received, found, step, problems)
    made = replace(state, received=merged, sealed=sealed, reached={"receive": step.act.number, **state.reached})
    if state.panel:
        refuse_barred(found, state.panel, made.barred, problems)
        made = replace(made, named=_newest(step, state, merged))
    problems.refuse()
    by = state.sealed_by if state.sealed or not new else step.act.number
    return opened(replace(made, sealed_by=by), LATE, _late(step, state, found), WHOLE, step.act.number)


def _newest(step: Step, state: State, bids: Bids) -> int:
    """The entry that first named the newest supplier: of whom everybody of the panel is to declare their interests."""
    there = set(Named(state.received.bids).names) if state.received else set[str]()
    return state.named if there.issuperset(Named(bids.bids).names) else step.act.number


def _late(step: Step, state: State, found: Bids) -> list[str]:
    """The bids that come in after the deadline, for a further lot or with a price too; else what is added is not."""
    deadline, at = instant(state.whole.scheme.deadline), instant(step.act.at)
    if deadline is None or at is None or at <= deadline:
        return []
    there = {bid.id: offered(bid, state.whole.plan) for bid in state.received.bids} if state.received else {}
    return [bid.id for bid in found.bids if bid.id not in there or not offered(bid, state.whole.plan) <= there[bid.id]]


def sealed_by(step: Step) -> str:
    """The digest of the file of prices that an act commits; nothing where it commits none."""
    stated = step.act.body.get("sealed")
    return str(stated.get("sha256", "")) if isinstance(stated, Mapping) else ""


def _merged(there: Bids, new: Bids, step: Step, problems: Problems) -> Bids:
    """The bids with those of another file, and with what they did not state before."""
    if there.currency and new.currency and there.currency != new.currency:
        message = f"the bids are in {new.currency} here, in {there.currency} in the record"
        problems.add("TE064", place(new.currency, new.where), message, f"give all prices in {there.currency}")
    tender = there.tender if there.tender.where.source else new.tender
    same_tender(there, new, problems)
    known = {bid.id: bid for bid in there.bids}
    for bid in new.bids:
        before = known.get(bid.id)
        known[bid.id] = bid if before is None else _with(before, bid, problems)
    both = replace(
        there, bids=tuple(known.values()), tender=tender, currency=there.currency or new.currency,
        roles={**new.roles, **there.roles},
        sha256=digest(f"{there.sha256}{new.sha256}".encode("ascii")),
    )  # fmt: skip
    if len(problems) == 0:
        check_bids(both, step.where, problems)
    return both


def same_tender(there: Bids, new: Bids, problems: Problems) -> None:
    """Note that bids are for another tender than those that are there; what a file leaves out of it is no other."""
    if new.tender.where.source and there.tender.where.source and not new.tender.repeats(there.tender):
        message = "the tender is another here than in the record"
        problems.add("TE085", new.tender.where, message, "leave the tender out, or state it as it was received")


def _with(before: Bid, bid: Bid, problems: Problems) -> Bid:
    if bid.name not in (bid.id, before.name):
        _twice("supplier.name", bid, before.name, bid.name, problems)
    if bid.members and before.members and bid.members != before.members:
        message = f'the consortium of bid "{bid.id}" was received already, and is another here'
        problems.add("TE085", bid.where, message, "leave it out here")
    lots: dict[str, BidForLot] = dict(before.lots)
    for lot, part in bid.lots.items():
        own = lots.get(lot, BidForLot())
        figures = _added(own.figures, part.figures, bid, problems)
        lots[lot] = replace(own, figures=figures, marks=_added(own.marks, part.marks, bid, problems, "marks."))
    figures = _added(before.figures, bid.figures, bid, problems)
    marks = _added(before.marks, bid.marks, bid, problems, "marks.")
    contact = Contact(*(_contact(bid, before, name, problems) for name in ("address", "email")))
    members = before.members or bid.members
    return replace(before, figures=figures, marks=marks, members=members, lots=lots, contact=contact)


def _contact(bid: Bid, before: Bid, name: str, problems: Problems) -> Any:
    """A line of how a supplier is written to, which a later file may add and not change."""
    there, now = getattr(before.contact, name), getattr(bid.contact, name)
    if there and now and there != now:
        _twice(f"supplier.{name}", bid, shown(there), shown(now), problems)
    return there or now


def _added(
    before: Mapping[str, Stated], new: Mapping[str, Stated], bid: Bid, problems: Problems, prefix: str = ""
) -> dict[str, Stated]:
    for name, found in new.items():
        if name in before and before[name] != found:
            _twice(prefix + name, bid, _told(before[name]), _told(found), problems)
    return {**new, **before}


def _told(found: Figure | Mark) -> str:
    return shown(found.value)


def _twice(name: str, bid: Bid, before: str, now: str, problems: Problems) -> None:
    message = f'{name} of bid "{bid.id}" was received as {before}, and is {now} here'
    problems.add("TE085", bid.where, message, "leave it out here; case correct changes what was received")


def lock(step: Step, state: State) -> Taken:
    """Lock the marks: with prices sealed the part of the scheme is evaluated that is not sealed, else nothing yet.

    Raises:
        Refused: TE087 where somebody of the panel did not declare their interests; with what the scheme refuses of
            agreed marks, and everything that the bids lack.
    """
    check_declared(step, state)
    check_agreed(state)
    made = replace(state, reached={**state.reached, "lock": step.act.number})
    return with_open_marks_told(made, step.where, partial(_locked, step))


def _locked(step: Step, state: State) -> Taken:
    bids = state.bids
    if not state.sealed and not awaits_prices(bids, state.whole.plan):
        evaluated(state, step.act.number)  # so that what is missing is told now; nothing of it is kept
        return Taken(state)
    problems = Problems()
    refuse_prices(bids, state.whole.plan, problems, SEALED)
    problems.refuse()
    part = quality_part(state.whole)
    return Taken(of_quality(replace(state, quality=part), part))


def announce_prices(step: Step, state: State) -> Taken:
    """Enter that sealed prices are being opened, before anybody reads them.

    Raises:
        Refused: TE087 where they are not due.
    """
    check_prices_due(step, state)
    if "made_by" in step.act.body or not state.at_one_sitting:
        check_two_people(step, "two people open sealed prices, by case open-prices")
    return Taken(replace(state, opened=step.act.number))


def commit_prices(step: Step, state: State) -> Taken:
    """Enter the digest of a file of prices that was read and refused: another cannot be given in its place.

    Raises:
        Refused: TE087 where no prices are being opened; TE084 where a file is committed already.
    """
    check_prices_due(step, state)
    if state.opened is None:
        step.refuse("that the prices are opened is not on record")
    if state.sealed:
        step.refuse(f"the file of prices is committed by entry {state.sealed_by} already", code="TE084")
    return Taken(replace(state, sealed=step.act.said("sha256"), sealed_by=step.act.number))


def _check_committed(step: Step, state: State, sha256: str, what: str) -> None:
    """See that a file of prices is the one that is committed, where one is.

    Raises:
        Refused: TE084 where it is another.
    """
    if state.sealed and sha256 != state.sealed:
        message = (
            f"{what} is not the file of prices that entry {state.sealed_by} committed: its digest is {sha256}, "
            f"not {state.sealed}"
        )
        step.refuse(message, MENDED, "TE084")


def check_prices_due(step: Step, state: State) -> None:
    """See that sealed prices are due.

    Raises:
        Refused: TE087 where they are not.
    """
    check_due(step, state, "open_prices")
    if state.quality is None:
        step.refuse("no prices are sealed: the bids state them", "case evaluate comes next")


def open_prices(step: Step, state: State) -> Taken:
    """Read the sealed prices; nothing is evaluated yet.

    Raises:
        Refused: with every problem of the file; TE084 where it is not the one that is committed; TE085 where an act is
            not by two people.
    """
    check_prices_due(step, state)
    if state.opened is None:
        step.refuse("that the prices are opened is not on record")
    if step.act.kind == "open_prices":
        check_two_people(step, "two people open sealed prices")
    source = file_of(step.act.body["file"])
    _check_committed(step, state, source.sha256, source.name)
    merged = _with_prices(step, state, source)
    by = state.sealed_by if state.sealed else step.act.number
    reached = {**state.reached, "open_prices": step.act.number}
    return Taken(replace(state, received=merged, reached=reached, sealed=source.sha256, sealed_by=by))


def priced(step: Step, state: State) -> State:
    """Sealed prices read and everything evaluated in one, as by ``evaluate --stage price``.

    Raises:
        Refused: with every problem of the file; TE548 where the scheme refuses marks that turn the award.
    """
    made = evaluated(open_prices(step, state).state, step.act.number)
    check_award(made)
    return made


def _with_prices(step: Step, state: State, source: Source) -> Bids:
    if state.received is None:
        step.refuse("there are no bids yet", "case receive comes first")
    problems = Problems()
    found = read_bids(source, step.catalogue.readers, problems)
    out = turned_away(_of_quality(state), state.whole, state.bids) if state.quality else frozenset()
    gone = frozenset(
        bid.id for bid in state.received.bids if all(state.removal(bid.id, lot) for lot in bid.lots or [""])
    )
    merged = with_prices(state.received, found, state.whole.plan, out | gone, problems) if found else state.received
    problems.refuse()
    return merged


def _of_quality(state: State) -> Mapping[str, Evaluation]:
    """The evaluations of the quality part: those at hand while prices are closed, else made again."""
    if state.quality is None or state.stage == QUALITY:
        return state.evaluations
    return {lot: state.quality.evaluate(state.bids, lot) for lot in state.lots}


def correct_file(step: Step, state: State) -> Taken:
    """A mended file of prices takes the place of the one that is committed, or of the prices that stand.

    Where the committed one was refused as it was read, this opens the prices.

    Raises:
        Refused: with every problem of the file; TE085 where it changes nothing, does not name the file that it takes
            the place of, or is not by two people.
    """
    sealed = state.quality is not None
    if sealed:
        check_two_people(step, "two people put a file of sealed prices right")
    if step.act.said("of") != state.sealed:
        there = f"has the digest {state.sealed}" if state.sealed else "is none"
        message = f'it takes the place of the file "{step.act.said("of")}", but the one that stands {there}'
        step.refuse(message, "give its digest", "TE085")
    source = file_of(step.act.body["file"])
    merged = _with_prices(step, state, source)
    plan = state.whole.plan
    before = sealed_figures(state.bids, plan)
    changed = [(key, new) for key, new in sealed_figures(merged, plan).items() if before.get(key) != new]
    if not changed:
        step.refuse("the file changes no price", "give the mended file", "TE085")
    prices = tuple(Change(*key, before.get(key, ""), new) for key, new in changed)
    reached = {"open_prices": step.act.number, **state.reached} if sealed else state.reached
    made = replace(state, received=merged, reached=reached)
    if sealed:
        made = replace(made, sealed=source.sha256, sealed_by=step.act.number)
    return Taken(again(made), prices=prices)


def evaluate(step: Step, state: State) -> Taken:
    """Evaluate across quality and price.

    Raises:
        Refused: TE087 where something comes first or nothing changed; every problem of the bids; TE548 where the scheme
            refuses marks that turn the award.
    """
    if state.quality is not None and "open_prices" not in state.reached:
        step.refuse("the prices are sealed", "case open-prices comes first")
    if "evaluate" in state.reached and state.recorded and not state.aside:
        step.refuse(f"nothing changed since it was evaluated by entry {state.reached['evaluate']}")
    made = evaluated(state, step.act.number)
    check_award(made)
    return Taken(made)
