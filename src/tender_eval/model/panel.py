"""The panel: the people who mark bids, their chair and their facilitator, and the sheets that they mark on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tender_eval.model.location import NOWHERE, Location
from tender_eval.model.suppliers import folded

CHAIR, FACILITATOR = "chair", "facilitator"
SHEET = "tender-eval/marks/1"
ABSTAIN = "abstain"
"""What stands in place of a mark where somebody abstains."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the panel.

    Attributes:
        role: what they bring to it, such as practitioner; of the two who do not mark, `CHAIR` or `FACILITATOR`.
        criteria: the criteria and groups of criteria that they mark; nothing stands for all.
        lots: the lots that they mark; nothing stands for all.
        marks: whether they mark at all.
    """

    id: str
    name: str
    role: str = ""
    criteria: tuple[str, ...] = ()
    marks: bool = True
    lots: tuple[str, ...] = ()
    contact: str = ""
    where: Location = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Panel:
    """Everybody of the panel, in the order of its file; its digest is that of the file."""

    people: tuple[Person, ...]
    sha256: str = ""

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people)

    def find(self, called: str) -> Person | None:
        """Who is called so, by id or by name, whatever its capitals and spaces.

        >>> panel = Panel((Person("ann", "Ann Archer"), Person("bob", "Bob Baker")))
        >>> [found and found.id for found in map(panel.find, ("ann", "Ann", " ann  ARCHER", "Archer"))]
        ['ann', 'ann', 'ann', None]
        """
        wanted = folded(called)
        return next((one for one in self.people if wanted in (folded(one.id), folded(one.name))), None)

    @property
    def called(self) -> tuple[str, ...]:
        """Every id, then every name."""
        return (*(one.id for one in self.people), *(one.name for one in self.people))


class OneMark(NamedTuple):
    """The mark of a bid for a criterion; for a lot, where it is of one."""

    bid: str
    lot: str
    criterion: str


class Row(NamedTuple):
    """One mark as it is written on a sheet, each text with its place; no text where nothing is written."""

    bid: str
    lot: str
    criterion: str
    mark: str
    reason: str
    note: str
    where: Location

    @property
    def key(self) -> OneMark:
        """Which mark it is."""
        return OneMark(self.bid, self.lot, self.criterion)

    @property
    def empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.mark or self.reason or self.note)


class Returned(NamedTuple):
    """A sheet of marks as it was returned: of which case and person it says that it is, and its rows.

    Attributes:
        check: what it carries so that neither is changed unseen.
        present: who was at the meeting, on the sheet of a meeting.
    """

    case: str
    person: str
    check: str
    rows: tuple[Row, ...]
    where: Location
    present: tuple[str, ...] = ()
