"""What files of schemes and bids say in Welsh: a text called ``<name>_cy`` says the same as the one called ``<name>``.

`in_welsh` puts the Welsh texts in the places of the others, so that whatever reads a scheme reads one in Welsh;
what has no Welsh stays as it is, and `without_welsh` tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple, TypeVar

from tender_eval.model.location import NOWHERE, Location, place

WELSH = "_cy"
"""How the name of a text in Welsh ends."""
Record = TypeVar("Record")


class Told(NamedTuple):
    """A text that can be said in Welsh too.

    Attributes:
        of: the id of what it belongs to; of a step of a scale, that of the scale.
        name: which text of that it is, such as ``title``.
        text: what it says; several in a row of a list are several of these.
        welsh: the same in Welsh, empty where that is missing.
        where: its place in the file.
    """

    of: str
    name: str
    text: str
    welsh: str
    where: Location


def in_welsh(record: Record) -> Record:
    """A frozen record, such as a scheme or a tender, with every Welsh text in the place of the English one."""
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changed: dict[str, Any] = {}
    for one in fields(record):
        held = getattr(record, one.name)
        if said := getattr(record, one.name + WELSH, ""):
            changed[one.name] = said
        elif isinstance(held, tuple) and any(map(is_dataclass, held)):
            changed[one.name] = tuple(map(in_welsh, held))
        elif is_dataclass(held):
            changed[one.name] = in_welsh(held)
    return replace(record, **changed)


def speaks_welsh(*records: object) -> bool:
    """Whether anything of these is said in Welsh."""
    return any(told.welsh for record in records for told in texts(record))


def without_welsh(*records: object) -> tuple[Told, ...]:
    """The texts of these that could be said in Welsh, and are not."""
    return tuple(told for record in records for told in texts(record) if not told.welsh)


def texts(record: object, of: str = "", near: Location = NOWHERE) -> Iterator[Told]:
    """Every text of a record, and of those in it, that can be said in Welsh; an id that stands for a title is none."""
    if not is_dataclass(record):
        return
    own, near = getattr(record, "id", "") or of, getattr(record, "where", near) or near
    names = [one.name for one in fields(record)]
    for name in names:
        held = getattr(record, name)
        if name + WELSH in names:
            said = getattr(record, name + WELSH)
            several = isinstance(held, tuple)
            welsh = said if several else (said,)
            for n, text in enumerate(held if several else (held,)):
                if text and text != own:
                    yield Told(own, name, text, welsh[n] if n < len(welsh) else "", place(text, near))
        elif is_dataclass(held) or isinstance(held, tuple):
            for part in held if isinstance(held, tuple) else (held,):
                yield from texts(part, own, near)
