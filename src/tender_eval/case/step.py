"""One act taken: what the acts of a kind need to know, and how they say that they cannot be."""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from tender_eval.base.look_alike import not_two_people
from tender_eval.case.acts import Act, due
from tender_eval.case.corrections import Change
from tender_eval.case.phases import Phase
from tender_eval.case.state import WHOLE, Matter, State
from tender_eval.files.bids.file import CONTACT
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, did_you_mean
from tender_eval.model.location import Location
from tender_eval.model.panel import OneMark
from tender_eval.plugins.catalogue import Catalogue

OF_THE_CASE = frozenset(("receive", "lock", "open_prices", "evaluate", "decide"))
"""The acts that bring every lot on that is not decided yet."""


class Step(NamedTuple):
    """An act about to be taken: the plugins to take it with, and the place that problems of it are told at."""

    act: Act
    catalogue: Catalogue
    where: Location

    @property
    def from_entry(self) -> Location:
        """The place of what the entry of the act states."""
        return Location(f"record entry {self.act.number}")

    def refuse(self, message: str, hint: str = "", code: str = "TE087") -> NoReturn:
        """Say that the act cannot be taken.

        Raises:
            Refused: always.
        """
        raise Refused([Diagnostic(code, message, self.where, hint)])


class Taken(NamedTuple):
    """What an act led to, what it opened and closed, which prices the file that it brought changed, and which marks it
    set aside.
    """

    state: State
    opened: tuple[Matter, ...] = ()
    closed: tuple[Matter, ...] = ()
    prices: tuple[Change, ...] = ()
    marks: tuple[OneMark, ...] = ()


def check_due(step: Step, state: State, kind: str = "") -> None:
    """See that an act is due in the phase of every lot that it is about.

    Args:
        kind: as what it is taken; default: its own kind.

    Raises:
        Refused: TE070 and TE056 for a bid or lot that is not there; TE087 naming what comes first.
    """
    taken = kind or ("clarify" if step.act.said("field") in CONTACT else step.act.kind)  # an address is due at any time
    lots = lots_of(step, state)
    if taken in OF_THE_CASE:  # a lot that is decided stands in nobody's way
        lots = tuple(lot for lot in lots if not state.phase(lot).decided) or lots
    for lot in lots:
        if said := not_due(taken, state, lot):
            at, phase = f" of lot {lot}" if lot else "", state.phase(lot).replace("_", " ")
            words = f"case {taken.replace('_', '-')}"
            step.refuse(f"{words} is not due: the phase{at} is {phase}{_since(state, lot)}", said)


def check_two_people(step: Step, what: str) -> None:
    """See that an act is of two people, who can be told apart by their names.

    Args:
        what: that two people do it, in words.

    Raises:
        Refused: TE085 where it is not.
    """
    if why := not_two_people(step.act.listed("made_by")):
        step.refuse(f"{what}: {why}", "name both of them in full, with --by", "TE085")


def not_due(kind: str, state: State, lot: str) -> str:
    """What to do first where an act is not due at a lot, or why it cannot be done any more; nothing where it is due."""
    undone = Phase.SET_ASIDE if "evaluate" in state.reached else state.without_decision(lot)
    phase = state.due_by(lot)
    if kind == "correct_file" and phase == Phase.MARKS_LOCKED and state.refused_prices:
        return ""
    return due(kind, phase, undone)


def lots_of(step: Step, state: State) -> tuple[str, ...]:
    """The lots that an act is about: the one that it names, else those of its bid, else all.

    Raises:
        Refused: TE070 and TE056 for a bid or lot that is not there.
    """
    named, lot, problems = step.act.said("bid"), step.act.said("lot"), Problems()
    bids = {bid.id: bid for bid in state.received.bids} if state.received else {}
    bid = bids.get(named)
    if named and bid is None:
        problems.add("TE070", step.where, f'there is no bid "{named}" in the record', did_you_mean(named, bids))
    if lot and lot not in state.lots:
        known = "" if state.lots == (WHOLE,) else did_you_mean(lot, state.lots)
        problems.add("TE056", step.where, f'there is no lot "{lot}"', known or "the tender has no lots: leave it out")
    elif lot and bid is not None and lot not in bid.lots:
        message = f'bid "{bid.id}" is not for lot "{lot}"'
        problems.add("TE056", step.where, message, f"it is for {', '.join(bid.lots)}")
    problems.refuse()
    if lot:
        return (lot,)
    return tuple(bid.lots) if bid and bid.lots else state.lots


def _since(state: State, lot: str) -> str:
    """The entry that brought a lot into its phase, where one did."""
    if lot in state.aside:
        return f" since entry {state.aside[lot]}"
    if lot in state.decided:
        return f" since entry {state.decided[lot].entry}"
    reached = [state.reached[kind] for kind in ("evaluate", "open_prices", "lock", "receive") if kind in state.reached]
    return f" since entry {reached[0]}" if reached else ""
