"""Where the marks of a panel stand: what each has given, and how far those of a bid and criterion lie apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.case.panel.sheets import to_mark
from tender_eval.case.state import State
from tender_eval.model.bids import Mark
from tender_eval.model.panel import OneMark, Person


class Progress(NamedTuple):
    """How many marks somebody is to give, has given and abstained from, and whether they declared their interests."""

    person: Person
    asked: int
    given: int
    abstained: int
    declared: bool
    entry: int | None

    @property
    def missing(self) -> int:
        """How many are still to come."""
        return self.asked - self.given - self.abstained


class Side(NamedTuple):
    """What one person said of a bid at a criterion; no mark where they abstain."""

    person: str
    mark: Fraction | None
    reason: str = ""
    note: str = ""


class Compared(NamedTuple):
    """What everybody said of a bid at a criterion, in the order of the panel.

    Attributes:
        agreed: the mark that was agreed, where one was.
        missing: whoever is still to give one.
        apart: whether the marks are so far apart that the scheme has the panel look at them.
    """

    key: OneMark
    sides: tuple[Side, ...]
    agreed: Mark | None
    missing: tuple[str, ...]
    apart: bool

    @property
    def marks(self) -> tuple[Fraction, ...]:
        """The marks that were given."""
        return tuple(side.mark for side in self.sides if side.mark is not None)

    @property
    def spread(self) -> Fraction | None:
        """How far the marks lie apart; nothing where there are none."""
        return max(self.marks) - min(self.marks) if self.marks else None


def progress(state: State) -> tuple[Progress, ...]:
    """What each who marks has given."""
    found = []
    waiting, stated = set(state.undeclared), _marks(state)
    for one in state.panel or ():
        if not one.marks:
            continue
        keys = to_mark(state, one)
        sides = [side for key in keys if (side := _side(state, stated, one, key))]
        abstained = sum(side.mark is None for side in sides)
        last = max((given.entry for given in state.given.get(one.id, {}).values()), default=None)
        found.append(Progress(one, len(keys), len(sides) - abstained, abstained, one not in waiting, last))
    return tuple(found)


def compared(state: State) -> tuple[Compared, ...]:
    """Every mark of a bid that stands, those furthest apart first, and of these in the order of bids and criteria."""
    people: dict[OneMark, list[Person]] = {}
    for one in state.panel or ():
        for key in to_mark(state, one):
            people.setdefault(key, []).append(one)
    order = {bid.id: n for n, bid in enumerate(state.received.bids)} if state.received else {}
    agreed, limit = _marks(state), state.whole.scheme.panel.divergence
    found = []
    for key, markers in sorted(people.items(), key=lambda item: (order[item[0].bid], item[0].lot)):
        sides = tuple(side for one in markers if (side := _side(state, agreed, one, key)))
        there = {side.person for side in sides}
        missing = tuple(one.id for one in markers if one.id not in there)
        mark = agreed.get(key)
        row = Compared(key, sides, mark if mark and mark.agreed else None, missing, apart=False)
        apart = limit is not None and row.spread is not None and row.spread >= limit
        found.append(row._replace(apart=apart))
    return tuple(sorted(found, key=lambda row: -(row.spread if row.spread is not None else Fraction(-1))))


def still_open(state: State, rows: Iterable[Compared]) -> tuple[Compared, ...]:
    """Of what everybody marked, the marks that do not count yet: not agreed, or too few to compute one of."""
    rule = state.whole.scheme.panel
    return tuple(one for one in rows if (len(one.marks) < rule.fewest if rule.computed else one.agreed is None))


def _side(state: State, marks: Mapping[OneMark, Mark], one: Person, key: OneMark) -> Side | None:
    """What somebody said, on a sheet of their own or in the file of the bids."""
    given = state.counted.get(one.id, {}).get(key)
    if given is not None:
        return Side(one.id, given.mark, given.reason, given.note)
    mark = marks.get(key)
    stated = mark.individual.get(one.id) if mark else None
    return Side(one.id, stated.value) if stated and isinstance(stated.value, Fraction) else None


def _marks(state: State) -> Mapping[OneMark, Mark]:
    found: dict[OneMark, Mark] = {}
    for bid in state.bids.bids:
        for lot, marks in bid.marks_by_lot.items():
            found |= {OneMark(bid.id, lot, name): mark for name, mark in marks.items()}
    return found
