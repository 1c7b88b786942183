"""Later offers in rounds of negotiation, up to the best and final one: the last of each bid counts.

Every offer stays in the case as it came in; what it says of the bid takes the place of what was said before. Sources:
Procurement Act 2023 s.20(2)(b) (the competitive flexible procedure); Ministry of Justice, *Victim Services
Commissioning Guidance* (October 2024), 2.3b (dialogue and negotiations with bidders on aspects of the procurement).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tender_eval.base.canonical import digest
from tender_eval.case.corrections import Change
from tender_eval.case.envelopes import check_envelopes, refuse_prices, sealed_figures
from tender_eval.case.inputs import file_of
from tender_eval.case.interests import Given
from tender_eval.case.panel.marks import of_the_panel, refuse_barred
from tender_eval.case.receiving import SEALED, same_tender, sealed_by
from tender_eval.case.state import State
from tender_eval.case.step import Step, Taken
from tender_eval.engine.check import asked_of
from tender_eval.engine.plan import Plan
from tender_eval.files.bids.file import check_bids
from tender_eval.files.load import read_sound_bids
from tender_eval.model.bids import OF_A_LOT, Bid, BidForLot, Bids, Figure
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.panel import OneMark


def offer(step: Step, state: State) -> Taken:
    """Offers of a round, each in the place of the bid's offer before; a bid that makes none stands by its last.

    What an offer states of money, figures and marks is all that counts of it, for the lots that it names where there
    are lots. Facts of the supplier and declarations stand until they are stated anew. Marks of the offer before are set
    aside.

    Raises:
        Refused: TE087 where the scheme has no such round, or another is due; with every problem of the file.
    """
    number, received = _round(step, state), state.received
    if received is None:
        step.refuse("there are no bids yet", "case receive comes first")
    problems, committed = Problems(), sealed_by(step)
    source = file_of(step.act.body["file"])
    found = problems.sound(read_sound_bids(source, step.catalogue.readers, problems, asked_of(state.whole.plan)).bids)
    same_tender(received, found, problems)
    _check_known(found, state, number, problems)
    if state.panel:
        found = of_the_panel(found, state.panel, state.whole.plan, problems)
        refuse_barred(found, state.panel, state.barred, problems)
    problems.refuse()
    offered = {bid.id: bid for bid in found.bids}
    merged = replace(
        received, bids=tuple(_with_offer(bid, offered.get(bid.id)) for bid in received.bids),
        sha256=digest(f"{received.sha256}{found.sha256}".encode("ascii")),
    )  # fmt: skip
    check_bids(merged, step.where, problems)
    if committed:
        check_envelopes(state.whole.plan, step.where, problems)
    if committed or state.sealed:
        refuse_prices(merged, state.whole.plan, problems, SEALED)
    problems.refuse()
    given, aside = _left(state.given, offered)
    made = replace(
        state, received=merged, given=given, sealed=committed or state.sealed,
        sealed_by=step.act.number if committed else state.sealed_by,
        offers={**state.offers, **dict.fromkeys(offered, number)},
    )  # fmt: skip
    return Taken(made, prices=_changed(received, merged, state.whole.plan), marks=aside)


def _round(step: Step, state: State) -> int:
    """The round that an offer is of.

    Raises:
        Refused: TE087 where it is none that is due.
    """
    rounds, said = state.whole.scheme.regime.rounds, step.act.said("round")
    if rounds is None:
        step.refuse(
            "the scheme has one round of offers", "it would have to say so before bids are in: regime: {rounds: 2}"
        )
    last = state.round
    if not said.isdecimal() or not last <= int(said) <= last + 1 or not 2 <= int(said) <= rounds:
        due = [n for n in (last, last + 1) if 2 <= n <= rounds]
        told = " or ".join(map(str, due))
        hint = f"offers of round {told} are due" if due else "the last round is over"
        step.refuse(f'"{said}" is no round of offers that is due: the scheme has {rounds}, and {last} had offers', hint)
    return int(said)


def _check_known(found: Bids, state: State, number: int, problems: Problems) -> None:
    """Note offers of bids that are not there, or out, or that made theirs in this round."""
    known = {bid.id: bid for bid in (state.received.bids if state.received else ())}
    for bid in found.bids:
        before = known.get(bid.id)
        if before is None:
            message = f'there is no bid "{bid.id}" whose offer this could be'
            problems.add("TE070", bid.where, message, did_you_mean(bid.id, known))
            continue
        if bid.name not in (bid.id, before.name):
            message = f'bid "{bid.id}" is of {before.name}, and is of {bid.name} here'
            problems.add("TE085", bid.where, message, "leave the name out, or state it as it was received")
        if bid.members and bid.members != before.members:
            message = f'the consortium of bid "{bid.id}" is another here'
            problems.add("TE085", bid.where, message, "leave it out here; case correct puts right what was received")
        if state.removal(bid.id):
            problems.add("TE085", bid.where, f'bid "{bid.id}" is out', "case readmit comes first, if it stands again")
        if state.offers.get(bid.id) == number:
            message = f'bid "{bid.id}" made its offer in round {number}'
            problems.add("TE085", bid.where, message, "leave it out: case correct puts right what was received")
        if before.lots and not bid.lots:
            hint = "state below each lot what is offered for it: lots: {north: {price: ...}}"
            problems.add("TE056", bid.where, f'the offer of bid "{bid.id}" does not say for which lots it is', hint)


def _with_offer(before: Bid, bid: Bid | None) -> Bid:
    """A bid by its new offer, where it made one."""
    if bid is None:
        return before
    lots: dict[str, BidForLot] = dict(before.lots)
    for lot, part in bid.lots.items():
        lots[lot] = replace(part, removed=before.lots[lot].removed if lot in before.lots else None)
    stand = {name: figure for name, figure in before.figures.items() if before.lots or not _of_offer(name)}
    marks = {**before.marks, **bid.marks} if before.lots else bid.marks
    figures: dict[str, Figure] = {**stand, **bid.figures}
    currency, where = bid.currency or before.currency, bid.where
    return replace(before, figures=figures, marks=marks, lots=lots, currency=currency, where=where)


def _of_offer(name: str) -> bool:
    return name.partition(".")[0] in OF_A_LOT


def _left(
    given: Mapping[str, Mapping[OneMark, Given]], offered: Mapping[str, Bid]
) -> tuple[dict[str, Mapping[OneMark, Given]], tuple[OneMark, ...]]:
    """What people gave that still stands, and what was given the offers before."""

    def stands(key: OneMark) -> bool:
        bid = offered.get(key.bid)
        return bid is None or bool(bid.lots and key.lot not in bid.lots)

    left: dict[str, Mapping[OneMark, Given]] = {
        who: {key: one for key, one in marks.items() if stands(key)} for who, marks in given.items()
    }
    return left, tuple(dict.fromkeys(key for marks in given.values() for key in marks if not stands(key)))


def _changed(before: Bids, after: Bids, plan: Plan) -> tuple[Change, ...]:
    """Each price that is another now."""
    old, new = sealed_figures(before, plan), sealed_figures(after, plan)
    keys = [key for key in (*new, *(key for key in old if key not in new)) if old.get(key) != new.get(key)]
    return tuple(Change(*key, old.get(key, ""), new.get(key, "")) for key in keys)
