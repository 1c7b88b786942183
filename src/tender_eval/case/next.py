"""What comes next in a case, and who is to do it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from tender_eval.case.interests import EXCLUDING
from tender_eval.case.matters import CONFLICT, FEW, LATE, LOW
from tender_eval.case.panel.progress import compared, still_open
from tender_eval.case.phases import Phase
from tender_eval.case.state import State
from tender_eval.case.ties import tied_groups

_TWO = ("--by", "NAME", "--by", "NAME")
_PLAIN = re.compile(r"[\w@%+=:,./-]+", re.ASCII)

Who = Literal["authority", "panel", "two_people", "bidder"]
"""Whose turn it is. ``two_people`` open sealed prices together."""


class Next(NamedTuple):
    """What is due, as it is typed behind ``tender-eval`` and its group, whose turn it is, and the lot that waits."""

    command: str
    who: Who
    lot: str = ""
    arguments: tuple[str, ...] = ()
    group: Literal["case", "panel"] = "case"

    def typed(self, record: str) -> str:
        """The command, as a person types it for a record."""
        lot = ("--lot", self.lot) if self.lot else ()
        return " ".join(map(quoted, ("tender-eval", self.group, self.command, record, *lot, *self.arguments)))


def next_acts(state: State) -> tuple[Next, ...]:
    """What can bring a case on; for each lot that waits for something else than the others, its own."""
    before_lock = cache(lambda: tuple(_before_lock(state)))  # the same for all lots, and long to work out
    found = [act for lot in state.lots for act in _of(state, lot, before_lock)]
    return tuple(dict.fromkeys(found))


def _of(state: State, lot: str, before_lock: Callable[[], Iterable[Next]]) -> Iterator[Next]:
    match state.due_by(lot):
        case Phase.PUBLISHED:
            yield Next("receive", "authority", arguments=("FILE",))
        case Phase.RECEIVED | Phase.MARKING:
            yield from before_lock()
        case Phase.MARKS_LOCKED if state.quality is not None:
            yield Next("open-prices", "two_people", arguments=("FILE", *_TWO))
            if state.refused_prices:
                yield Next("correct", "two_people", arguments=("--file", "FILE", "--reason", "TEXT", *_TWO))
        case Phase.MARKS_LOCKED | Phase.PRICES_OPEN | Phase.SET_ASIDE:
            yield Next("evaluate", "authority")
        case Phase.UNDECIDED:
            yield from _of_matters(state, lot)
            if state.tied(lot):
                yield from _of_tie(state, lot)
        case Phase.EVALUATED:
            nobody = () if state.winners(lot) else ("--no-award", "--reason", "TEXT")
            yield Next("decide", "authority", lot, nobody)
        case Phase.DECIDED if state.phase().decided:
            yield Next("close", "authority")


def _before_lock(state: State) -> Iterator[Next]:
    """The marks are locked once everybody of the panel declared their interests, and these are decided."""
    for one in state.undeclared:
        yield Next("declare-interest", "panel", arguments=("--person", one.id, "--none"))
    for found in state.unsettled:
        stated = ("--person", found.person, "--supplier", found.supplier, "--nature", found.nature)
        yield Next("declare-interest", "authority", arguments=(*stated, "--outcome", EXCLUDING))
    if not state.undeclared and not state.unsettled:
        yield from _of_marks(state)


def _of_marks(state: State) -> Iterator[Next]:
    """Marks of a panel that are out come in, and what the scheme has it agree is agreed, before all are locked."""
    rule, rows = state.whole.scheme.panel, compared(state)
    open_rows = still_open(state, rows)
    waiting = any(one.missing for one in (rows if rule.computed else open_rows))
    if waiting and not any(one.sides for one in rows):
        yield Next("sheets", "panel", arguments=("--out", "FOLDER"), group="panel")
    if waiting:
        yield Next("collect", "panel", arguments=("FILES",), group="panel")
    elif open_rows and not rule.computed:
        yield Next("meeting", "panel", arguments=("--out", "FILE.xlsx"), group="panel")
        yield Next("agree", "panel", arguments=("FILE.xlsx",), group="panel")
    elif open_rows:  # too many abstained
        yield Next("collect", "panel", arguments=("FILES", "--replace", "REASON"), group="panel")
    if not open_rows:
        yield Next("lock", "panel")
    if (rounds := state.whole.scheme.regime.rounds) and state.round < rounds:
        yield Next("offer", "authority", arguments=("FILE", "--round", str(state.round + 1)))


def _of_matters(state: State, lot: str) -> Iterator[Next]:
    for matter in state.blocking(lot):
        named = ("--matter", matter.id)
        if matter.kind == LATE:
            asked = ("--bid", matter.bid, "--clause", "CLAUSE", "--reason", "TEXT")
            yield Next("exclude", "authority", matter.lot, asked)
            yield Next("close-matter", "authority", arguments=(*named, "--reason", "TEXT"))
            continue
        if matter.kind == FEW:
            asked = ("--bid", matter.bid, "--clause", "CLAUSE", "--reason", "TEXT")
            yield Next("disregard", "authority", matter.lot, asked)
            continue
        if matter.kind == CONFLICT:
            yield Next("close-matter", "panel", arguments=(*named, "--reason", "TEXT"))
            continue
        outcome = ("--outcome", "accepted") if matter.kind == LOW else ()
        yield Next("answer", "bidder" if matter.bid else "authority", arguments=(*named, *outcome, "--text", "TEXT"))
        if matter.kind == LOW and matter.bid:
            asked = ("--bid", matter.bid, "--clause", "CLAUSE", "--reason", "TEXT")
            yield Next("disregard", "authority", matter.lot, asked)


def _of_tie(state: State, lot: str) -> Iterator[Next]:
    groups = tied_groups(state.evaluations[lot])
    order = ",".join(groups[0]) if groups else "BIDS"
    then = state.evaluations[lot].then
    procedure = then.how if then else "TEXT"
    yield Next("settle", "authority", lot, ("--order", order, "--procedure", procedure, "--witness", "NAME"))


def quoted(word: str) -> str:
    """A word of a command as a person types it, in quotes where it needs them.

    >>> quoted("award.jsonl"), quoted("my award.jsonl")
    ('award.jsonl', '"my award.jsonl"')
    """
    if _PLAIN.fullmatch(word):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
