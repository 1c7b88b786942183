"""Marks that a panel has still to agree or to give, told when they are to be locked: with the command that mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from tender_eval.case.panel.agreeing import with_agreed
from tender_eval.case.panel.progress import Compared, compared, still_open
from tender_eval.case.panel.sheets import plan_at, readers_of
from tender_eval.case.state import State
from tender_eval.model.bids import Mark, supposed
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Location
from tender_eval.model.panel import OneMark

Made = TypeVar("Made")
_OWED = "panel status says who owes marks"
_AGREE = "panel meeting writes what is to be agreed, and panel agree enters it"
_REPLACE = "too many abstained: panel collect --replace takes a sheet in the place of one"


def with_open_marks_told(state: State, where: Location, make: Callable[[State], Made]) -> Made:
    """What is made of a case; where it is refused for marks that its panel owes, these are told as the panel's.

    Whether they are the cause is seen by making it with some mark in their place.

    Raises:
        Refused: TE052 for the marks that are open, and with everything else that is wrong.
    """
    try:
        return make(state)
    except Refused as e:
        open_rows = still_open(state, compared(state)) if state.panel and state.received else ()
        problems = Problems()
        try:
            make(_with_some_mark(state, open_rows))
        except Refused as without:
            if not open_rows or set(without.diagnostics) == set(e.diagnostics):
                raise e from None
            problems.extend(without.diagnostics)
        _note(state, open_rows, where, problems)
        raise Refused(problems.sorted()) from None


def _with_some_mark(state: State, rows: Iterable[Compared]) -> State:
    made: dict[OneMark, Mark] = {row.key: supposed(_some_mark(state, row.key)) for row in rows}
    return replace(state, received=with_agreed(state.received, made) if state.received else None)


def _some_mark(state: State, key: OneMark) -> Fraction:
    """The best mark that all who read it take."""
    every = [reads for _, reads in readers_of(plan_at(state, key.lot), key.criterion)]
    ends = {end for reads in every for end in (*reads.one_of, reads.at_most, reads.at_least) if end is not None}
    taken = (mark for mark in sorted(ends, reverse=True) if all(reads.takes(mark) for reads in every))
    return next(taken, Fraction(1))


def _note(state: State, rows: Sequence[Compared], where: Location, problems: Problems) -> None:
    """Note which marks are open, at each criterion once."""
    by_criterion: dict[tuple[str, str], list[Compared]] = {}
    order = {bid.id: n for n, bid in enumerate(state.received.bids)} if state.received else {}
    for row in sorted(rows, key=lambda row: order[row.key.bid]):  # they come by how far apart they were marked
        by_criterion.setdefault((row.key.lot, row.key.criterion), []).append(row)
    for (lot, criterion), of in by_criterion.items():
        bids = ", ".join(row.key.bid for row in of)
        what = f'"{criterion}"' + (f' at lot "{lot}"' if lot else "")
        owed = any(row.missing for row in of)
        if state.whole.scheme.panel.computed:
            message, hint = f"too few gave marks for {what}", f"{_OWED}; panel collect takes them" if owed else _REPLACE
        else:
            message, hint = f"no mark is agreed for {what}", f"{_OWED}; then {_AGREE}" if owed else _AGREE
        problems.add("TE052", where, f"{message} of {bids}", hint)
