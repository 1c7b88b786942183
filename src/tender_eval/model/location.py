"""Where a value stands in its file, and values that remember it."""

from __future__ import annotations

from typing import NamedTuple


class Location(NamedTuple):
    """A place in a source: a line and column (both from 1), or a spreadsheet cell.

    >>> str(Location("scheme.yaml", 9, 5))
    'scheme.yaml:9:5'
    >>> str(Location("bids.xlsx", cell="Bids!C7"))
    'bids.xlsx!Bids!C7'
    >>> str(Location("bids.yaml"))
    'bids.yaml'
    """

    source: str
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.source}!{self.cell}"
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source


NOWHERE = Location("")


class PublishedAt(Location):
    """A place in a document as it was published (OCDS, Prozorro), which is not written as a bids file is."""

    __slots__ = ()


class Text(str):
    """A scalar as it is written in the file, with its place.

    ``plain`` says that it stood without quotes, where YAML readers disagree on what `NO` or `012` mean.
    """

    __slots__ = ("plain", "where")
    where: Location
    plain: bool

    def __new__(cls, value: str, where: Location, plain: bool = False) -> Text:
        text = super().__new__(cls, value)
        text.where = where
        text.plain = plain
        return text

    def __reduce__(self) -> tuple[type[Text], tuple[str, Location, bool]]:
        """What it is remade of in another process."""
        return type(self), (str(self), self.where, self.plain)


class Given(Text):
    """A number that a program gave as a fraction: nobody wrote it, so that it says nothing of what it might mean."""

    __slots__ = ()


class Table(dict[str, object]):
    """A mapping with its place; each key is a `Text`, so keys are located too."""

    __slots__ = ("_places", "where")

    def __init__(self, where: Location) -> None:
        super().__init__()
        self.where = where
        self._places: dict[str, Location] = {}

    def place_of_key(self, key: str) -> Location:
        """The place of a key as it is written, or of the mapping when the key is absent."""
        if key in self and key not in self._places:  # gathered once: a scan for each key would be quadratic
            self._places = {str(k): k.where if isinstance(k, Text) else self.where for k in self}
        return self._places.get(key, self.where) if key in self else self.where


class Items(list[object]):
    """A sequence with its place."""

    __slots__ = ("where",)

    def __init__(self, where: Location) -> None:
        super().__init__()
        self.where = where


def somewhere(where: Location) -> Location | None:
    """A place, or None for a record that came from no file."""
    return None if where == NOWHERE else where


def place(value: object, otherwise: Location = NOWHERE) -> Location:
    """The place of a located value, or ``otherwise`` for a value that has none."""
    found = getattr(value, "where", None)
    return found if isinstance(found, Location) else otherwise
