"""Bids that people take out, and let in again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tender_eval.case.acts import REMOVES
from tender_eval.case.evaluating import again
from tender_eval.case.state import WHOLE, Matter, Removal, State
from tender_eval.case.step import Step, Taken
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.explanation.reasons import Removed


def remove(step: Step, state: State) -> Taken:
    """A bid is withdrawn, excluded or disregarded; what was asked about it is closed."""
    act = step.act
    bid, lot = act.said("bid"), act.said("lot")
    if there := state.removal(bid, lot):
        by = f"by entry {there.entry}" if there.entry else "as its file says"
        step.refuse(f'bid "{bid}" is {there.removed.kind} already, {by}')
    assessed = "lock" in state.reached
    removed = Removed(REMOVES[act.kind], act.said("clause"), act.said("reason"), assessed)
    closed = tuple(m for m in state.matters.values() if m.bid == bid and (lot in (WHOLE, m.lot)))
    made = replace(state, removed={**state.removed, (bid, lot): Removal(removed, act.number)})
    taken = without_matters(made, closed, act.number)
    return taken._replace(state=again(taken.state))


def readmit(step: Step, state: State) -> Taken:
    """A bid that was taken out, by an entry or by its own file, stands again.

    Raises:
        Refused: TE087 where it was not taken out; every problem of it, where its file left out what is asked of bids.
    """
    bid, lot = step.act.said("bid"), step.act.said("lot")
    if (bid, lot) not in state.out:
        other = [name for of, name in state.out if of == bid]
        if not other:
            step.refuse(f'bid "{bid}" was not taken out')
        named = ", ".join(f"lot {name}" if name else "all lots" for name in other)
        hint = "leave --lot out" if other == [WHOLE] else f"give --lot {other[0] or other[-1]}"
        step.refuse(f'bid "{bid}" was taken out of {named}', hint)
    removed = {key: found for key, found in state.removed.items() if key != (bid, lot)}
    received = _standing(state.received, bid, lot) if (bid, lot) not in state.removed else state.received
    return Taken(again(replace(state, removed=removed, received=received)))


def _standing(received: Bids | None, bid: str, lot: str) -> Bids | None:
    """The bids without what the file of one says took it out."""
    if received is None:
        return None
    return replace(received, bids=tuple(_without(one, lot) if one.id == bid else one for one in received.bids))


def _without(bid: Bid, lot: str) -> Bid:
    if lot == WHOLE:
        return replace(bid, removed=None)
    return replace(bid, lots={**bid.lots, lot: replace(bid.lots[lot], removed=None)})


def without_matters(state: State, over: Collection[Matter], number: int) -> Taken:
    """The case as an entry closes some of its matters."""
    left = {name: matter for name, matter in state.matters.items() if matter not in over}
    return Taken(replace(state, matters=left), closed=tuple(replace(matter, closed_by=number) for matter in over))
