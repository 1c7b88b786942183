"""The panel: the people who mark bids, their chair and their facilitator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tender_eval.model.location import NOWHERE, Location
from tender_eval.model.suppliers import folded

CHAIR, FACILITATOR = "chair", "facilitator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the panel.

    Attributes:
        role: what they bring to it, such as practitioner; of the two who do not mark, `CHAIR` or `FACILITATOR`.
        criteria: the criteria and groups of criteria that they mark; nothing stands for all.
        marks: whether they mark at all.
    """

    id: str
    name: str
    role: str = ""
    criteria: tuple[str, ...] = ()
    marks: bool = True
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
