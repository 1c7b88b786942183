"""Bids that people take out, and let in again."""

from __future__ import annotations

from dataclasses import replace

from tender_eval.case.acts import REMOVES
from tender_eval.case.evaluating import again
from tender_eval.case.state import WHOLE, Matter, Removal, State
from tender_eval.case.step import Step, Taken
from tender_eval.model.explanation.reasons import Removed


def remove(step: Step, state: State) -> Taken:
    """A bid is withdrawn, excluded or disregarded; what was asked about it is closed."""
    act = step.act
    bid, lot = act.said("bid"), act.said("lot")
    if there := state.removal(bid, lot):
        step.refuse(f'bid "{bid}" is {there.removed.kind} already, by entry {there.entry}')
    assessed = "lock" in state.reached
    removed = Removed(REMOVES[act.kind], act.said("clause"), act.said("reason"), assessed)
    closed = tuple(m for m in state.matters.values() if m.bid == bid and (lot in (WHOLE, m.lot)))
    made = replace(
        state,
        removed={**state.removed, (bid, lot): Removal(removed, act.number)},
        matters={name: m for name, m in state.matters.items() if m not in closed},
    )
    return Taken(again(made), closed=tuple(close(m, act.number) for m in closed))


def readmit(step: Step, state: State) -> Taken:
    """A bid that was taken out stands again."""
    bid, lot = step.act.said("bid"), step.act.said("lot")
    if (bid, lot) not in state.removed:
        other = [name for of, name in state.removed if of == bid]
        if not other:
            step.refuse(f'bid "{bid}" was not taken out')
        named = ", ".join(f"lot {name}" if name else "all lots" for name in other)
        hint = "leave --lot out" if other == [WHOLE] else f"give --lot {other[0] or other[-1]}"
        step.refuse(f'bid "{bid}" was taken out of {named}', hint)
    removed = {key: found for key, found in state.removed.items() if key != (bid, lot)}
    return Taken(again(replace(state, removed=removed)))


def close(matter: Matter, number: int) -> Matter:
    """A matter closed by an entry."""
    return replace(matter, closed_by=number)
