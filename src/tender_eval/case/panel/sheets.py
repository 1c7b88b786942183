"""What each of the panel is to mark, and what a sheet of marks says when it comes back.

What somebody is to mark hangs on the panel, the scheme, the bids and their own interests: never on what others gave.
"""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.base.canonical import canonical, digest
from tender_eval.case.panel.marks import may_give
from tender_eval.case.state import WHOLE, State
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bid
from tender_eval.model.panel import SHEET, OneMark, Person
from tender_eval.plugins.table import Reads

MEETING = Person("(meeting)", "(meeting)", marks=False)
"""Stands for the meeting of the panel, whose sheet is nobody's own."""
_SHORT = 16


def reference(genesis: str) -> str:
    """What sheets call a case: the beginning of the hash of its first entry, which no later entry changes."""
    return genesis[:_SHORT]


def check_of(case: str, person: Person) -> str:
    """What a sheet carries so that it is known whose it is, whatever its file is called."""
    return digest(canonical([SHEET, case, person.id, person.name]))[:_SHORT]


def plan_at(state: State, lot: str) -> Plan:
    """The plan by which a bid is marked for a lot, or where there are none."""
    return state.whole.for_lot(lot).plan


class Questions:
    """Which marks people of a panel are asked for at each lot, worked out once for all bids."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._of: dict[tuple[Person, str], frozenset[str]] = {}
        self._common: dict[str, frozenset[str]] = {}

    def of(self, person: Person, lot: str) -> frozenset[str]:
        """The names of the marks that somebody gives at a lot, or where there are none."""
        if (person, lot) not in self._of:
            self._of[person, lot] = may_give(person, lot, plan_at(self._state, lot))
        return self._of[person, lot]

    def of_bid(self, person: Person, bid: Bid, lot: str) -> frozenset[str]:
        """The names of the marks that somebody gives a bid for a lot; for `WHOLE` those that are one for all its lots.

        Where a bid is for no lots, all of them are.
        """
        if not bid.lots:
            return self.of(person, lot)
        common = self.for_all_lots(bid)
        if lot != WHOLE:
            return self.of(person, lot) - common
        return common & frozenset().union(*(self.of(person, str(own)) for own in bid.lots))

    def for_all_lots(self, bid: Bid) -> frozenset[str]:
        """The names of the marks that are one for all lots of a bid: as the scheme has it, or the bids state it."""
        if bid.id not in self._common:
            own = {name for part in bid.lots.values() for name in part.marks}
            common = self._state.whole.plan.marks_for_all_lots | (bid.marks.keys() - own)
            self._common[bid.id] = common if bid.lots else frozenset()
        return self._common[bid.id]


def to_mark(state: State, person: Person) -> tuple[OneMark, ...]:
    """Every mark that somebody is to give: of bids that stand and that they may mark, for each of their lots."""
    return tuple(_to_mark(state, person))


def _to_mark(state: State, person: Person) -> Iterator[OneMark]:
    questions = Questions(state)
    for bid in state.received.bids if state.received else ():
        if person.id in state.barred.get(bid.id, {}):
            continue
        standing = [lot for lot in bid.lots if state.removal(bid.id, lot) is None]
        if state.removal(bid.id) is not None or (bid.lots and not standing):
            continue
        for lot in (WHOLE, *standing):
            theirs, every = questions.of_bid(person, bid, lot), marks_in_order(plan_at(state, lot))
            yield from (OneMark(bid.id, str(lot), name) for name in every if name in theirs)


def marks_in_order(plan: Plan) -> tuple[str, ...]:
    """The names of all marks that a scheme reads, in the order of its criteria."""
    return tuple(dict.fromkeys((*(name for leaf in plan.leaves for name in leaf.marks), *sorted(plan.marks_read()))))


def readers_of(plan: Plan, name: str) -> tuple[tuple[str, Reads], ...]:
    """Who reads a mark, and what it must be for them."""
    return tuple((by, reads) for by, reads in plan.reads() if reads.column == f"marks.{name}")
