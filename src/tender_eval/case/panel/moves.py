"""Agreed marks that lie away from the middle of the individual ones: whom they favour, and whether they turn the award.

The middle is where the scheme names no statistic and nobody could ask for another: the marks between the lower and the
upper median, which is one mark where an odd number of people marked. Every agreed mark on it stands as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from tender_eval.case.evaluating import evaluated
from tender_eval.case.panel.remark import Marked, Remark
from tender_eval.case.state import State
from tender_eval.model.bids import Bids, Figure, Mark
from tender_eval.model.diagnostics import Refused
from tender_eval.model.digits import shown

LEAST_MOVED = 3
"""Marks of a bid that are moved before it is told that all went one way: two do so by chance every other time."""
_NAMED = 3  # marks that a message names
_ONE_WAY = "let each reason say what in the bid earns the mark; see [2015] EWHC 876 (TCC) of agreed marks that moved"
_ONE_MARK = "let the reasons say why: one mark decided the award in Braceurself [2022] EWHC 2348 (TCC)"


class Move(NamedTuple):
    """An agreed mark away from the middle of the individual ones, and the mark of the middle that is nearest to it."""

    of: Marked
    agreed: Fraction
    middle: Fraction

    @property
    def up(self) -> bool:
        """Whether the mark is above the middle."""
        return self.agreed > self.middle


def again(state: State, what: str = "it") -> str:
    """How another mark is agreed."""
    if state.panel is not None and "lock" not in state.reached:
        return f"agree {what} again with panel agree --replace"
    return f"agree {what} again" if state.panel is None else f"put {what} right with case correct"


def moves(every: Iterable[Marked]) -> tuple[Move, ...]:
    """The agreed marks that lie away from the middle of those that evaluators gave."""
    return tuple(found for one in every if (found := _move(one)))


def _move(one: Marked) -> Move | None:
    given, agreed = sorted(one.mark.given.values()), one.mark.value
    if one.mark.supposed or not given or not isinstance(agreed, Fraction):
        return None
    middle = min(max(agreed, given[(len(given) - 1) // 2]), given[len(given) // 2])
    return Move(one, agreed, middle) if middle != agreed else None


def one_way(found: Sequence[Move]) -> Iterator[Remark]:
    """Bids whose marks were moved several times and always to the same side, where not all bids' marks were."""
    by_bid: dict[str, list[Move]] = {}
    for move in found:
        by_bid.setdefault(move.of.bid.id, []).append(move)
    ups = {bid: sum(move.up for move in of_bid) for bid, of_bid in by_bid.items()}
    for bid, of_bid in by_bid.items():
        up, others = ups[bid], len(found) - len(of_bid)
        if len(of_bid) < LEAST_MOVED or up not in (0, len(of_bid)):
            continue
        others_up = sum(ups.values()) - up
        if others >= LEAST_MOVED and others_up == (others if up else 0):
            continue  # all bids' marks went this way: the panel is milder or stricter than its people, to everybody
        sides = ("above", "below") if up else ("below", "above")
        counts = f"{others_up} above it and {others - others_up} below" if others else "none away from it"
        message = (
            f'{len(of_bid)} agreed marks of bid "{bid}" lie {sides[0]} the middle of the individual ones and none '
            f"{sides[1]}; of the other bids {counts}"
        )
        yield Remark("one_way", of_bid[0].of.mark.figure_at, message, _ONE_WAY)


def turning(state: State, found: Sequence[Move]) -> Iterator[Remark]:
    """Lots that others would be awarded if the middle of the individual marks stood in place of what was agreed.

    Nothing where the case cannot be evaluated yet, as while prices are sealed. Who it would be is named once all is
    evaluated.
    """
    if not found:
        return
    try:
        now = state if "evaluate" in state.reached and state.evaluations else evaluated(state, 0)
        other = evaluated(replace(state, received=with_middle(state.received or state.bids, found)), 0)
    except Refused:
        return
    for lot in now.evaluations:
        old, new = _awarded(now, lot), _awarded(other, lot)
        if set(old) == set(new):
            continue
        here = [move for move in found if move.of.lot in ("", lot)] or list(found)
        first = max(here, key=lambda move: (move.of.bid.id in (*old, *new), abs(move.agreed - move.middle)))
        of_lot = f"lot {lot}" if lot else "the contract"
        who = f"{_named(new)} would be awarded {of_lot}, and not {_named(old)}"
        said = who if "evaluate" in state.reached else f"another bid would be awarded {of_lot}"
        message = f"with the middle of the individual marks in place of what was agreed, {said}: {_listed(here)}"
        hint = f"{again(state, 'them')}, or {_ONE_MARK}"
        yield Remark("winner", first.of.mark.figure_at, message, hint)


def with_middle(bids: Bids, found: Iterable[Move]) -> Bids:
    """The bids with the middle of the individual marks where the agreed ones were moved away from it."""
    by_mark = {(move.of.bid.id, move.of.lot, move.of.name): move.middle for move in found}

    def stated(bid: str, lot: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        new = {name: by_mark[bid, lot, name] for name in marks if (bid, lot, name) in by_mark}
        return {**marks, **{name: replace(marks[name], agreed=Figure(mark)) for name, mark in new.items()}}

    return replace(bids, bids=tuple(bid.with_marks(partial(stated, bid.id)) for bid in bids.bids))


def _awarded(state: State, lot: str) -> tuple[str, ...]:
    """Who would be awarded a lot; nobody while a tie leaves it open."""
    return () if state.tied(lot) else tuple(state.awarded(lot))


def _named(bids: Sequence[str]) -> str:
    return " and ".join(f'"{bid}"' for bid in bids) or "nobody"


def _listed(found: Sequence[Move]) -> str:
    """The moved marks in a message."""
    first = [
        f'"{move.of.name}" of {move.of.bid.called("marks")} {shown(move.agreed)} for {shown(move.middle)}'
        for move in found[:_NAMED]
    ]
    more = len(found) - len(first)
    return ", ".join(first) + (f", and {more} more" if more else "")
