"""The interests of the panel's people in suppliers, the bids that each may not mark for them, and what they gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from tender_eval.model.bids import Bid, Bids, Figure, Mark
from tender_eval.model.location import Location
from tender_eval.model.panel import OneMark
from tender_eval.model.suppliers import Key, Named, compared

OPEN, EXCLUDING, CLEARED, RECUSED = "open", "excluding", "cleared", "recused"
OUTCOMES = (OPEN, EXCLUDING, CLEARED)
"""What was decided of an interest that was declared: nothing yet, that the person may not mark, that they may."""


@dataclass(frozen=True, slots=True)
class Interest:
    """An interest of a person in a supplier, as the last entry about it has it.

    ``keys`` are what the supplier was known by when it was entered, and ``bids`` those that named it then: they stay
    barred, whatever its name is corrected to.
    """

    person: str
    supplier: str
    nature: str
    outcome: str
    reason: str
    entry: int
    keys: frozenset[Key] = frozenset()
    bids: frozenset[str] = frozenset()

    @property
    def bars(self) -> bool:
        """Whether the person may not mark the supplier."""
        return self.outcome != CLEARED

    def same(self, other: Interest) -> bool:
        """Whether both are of one person in one supplier."""
        of_one = bool(self.keys) and self.keys == other.keys
        return self.person == other.person and (of_one or compared(self.supplier) == compared(other.supplier))


class Given(NamedTuple):
    """What somebody gave a bid at a criterion: a mark, or none where they abstain; why, and what stays in the panel."""

    mark: Fraction | None
    reason: str
    note: str
    entry: int

    def same(self, other: Given) -> bool:
        """Whether both say the same."""
        return self[:3] == other[:3]


def with_given(bids: Bids, given: Mapping[str, Mapping[OneMark, Given]]) -> Bids:
    """The bids with what people gave by themselves, beside what was agreed where it was; whoever abstains gave none."""
    found: dict[OneMark, dict[str, Figure]] = {}
    for person, marks in given.items():
        for key, one in marks.items():
            if one.mark is not None:
                found.setdefault(key, {})[person] = Figure(one.mark, Location(f"record entry {one.entry}"))

    by_bid: dict[tuple[str, str], dict[str, dict[str, Figure]]] = {}
    for key, people in found.items():
        by_bid.setdefault((key.bid, key.lot), {})[key.criterion] = people

    def beside(bid: str, lot: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        own = by_bid.get((bid, lot), {})
        new = {name: marks.get(name, Mark()) for name in own}
        return {
            **marks,
            **{name: replace(mark, individual={**mark.individual, **own[name]}) for name, mark in new.items()},
        }

    return replace(bids, bids=tuple(bid.with_marks(partial(beside, bid.id)) for bid in bids.bids))


def barred(interests: Iterable[Interest], bids: Iterable[Bid]) -> Mapping[str, Mapping[str, Interest]]:
    """By bid, the ids of those who may not mark it, each with the interest for which."""
    named = Named(bids)
    found: dict[str, dict[str, Interest]] = {}
    for one in (one for one in interests if one.bars):
        for bid in sorted(one.bids | named.bids(one.keys | named.keys(one.supplier))):
            found.setdefault(bid, {})[one.person] = one
    return found


def marks_of(person: str, bids: Iterable[Bid]) -> Iterator[OneMark]:
    """The individual marks that somebody gave some bids."""
    for bid in bids:
        for lot, marks in bid.marks_by_lot.items():
            yield from (OneMark(bid.id, lot, name) for name, mark in marks.items() if person in mark.individual)


def agreed_with(person: str, bid: Bid) -> Iterator[str]:
    """The lots of a bid, ``""`` for all of them, for which somebody was among those who agreed a mark."""
    for lot, marks in bid.marks_by_lot.items():
        if any(person in mark.agreed_by for mark in marks.values()):
            yield lot


def without_barred(bids: Bids, found: Mapping[str, Mapping[str, object]]) -> Bids:
    """The bids without the individual marks of those who may not mark them, by bid and person."""
    left = (bid.with_marks(partial(_left, found[bid.id])) if bid.id in found else bid for bid in bids.bids)
    return replace(bids, bids=tuple(left))


def _left(people: Mapping[str, object], lot: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    return {
        name: replace(mark, individual={who: given for who, given in mark.individual.items() if who not in people})
        for name, mark in marks.items()
    }
