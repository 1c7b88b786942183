"""What is left of a file without its faulty parts, so that the rest is checked in the same run.

What was taken out is remembered: what seems to be wrong for want of it is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from tender_eval.files.validate import Path, keys_meant, model_or_errors, note
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Location, Table, Text

Model = TypeVar("Model", bound=BaseModel)
_ROUNDS = 8  # what is taken out can leave a mapping without what it must have, which is then taken out too
_MERELY_SAID = frozenset(
    ("title", "description", "descriptor", "notes", "source", "title_cy", "description_cy", "descriptor_cy", "notes_cy")
)


class FaultyParts:
    """What was taken out: by the place of a mapping, the keys that are gone or incomplete there."""

    def __init__(self) -> None:
        self._keys: dict[Location, set[str]] = {}

    def add(self, pairs: Iterable[tuple[Location, str]]) -> None:
        for where, key in pairs:
            self._keys.setdefault(where, set()).add(key)

    def at(self, where: Location, *keys: str) -> bool:
        """Whether one of these keys, or any where none is named, was taken out at this place."""
        found = self._keys.get(where)
        return found is not None and (not keys or not found.isdisjoint(keys))

    @property
    def matters(self) -> bool:
        """Whether anything was taken out that something can depend on."""
        return any(not keys <= _MERELY_SAID for keys in self._keys.values())


NO_FAULTY_PARTS = FaultyParts()


class _Part(NamedTuple):
    """A value of the file with what holds it, and where that in turn is held."""

    value: object
    holder: Table | Items
    key: int | str
    above: tuple[Table | Items, int | str] | None


def validate_sound_parts(
    model: type[Model],
    data: object,
    where: Location,
    problems: Problems,
    stand_ins: Mapping[str, object],
    within: str = "",
) -> tuple[Model | None, FaultyParts]:
    """The data as a model with every problem noted, and what was taken out to make it one.

    Args:
        where: the place to name when the data itself has none.
        stand_ins: what takes the place of the keys that the file as a whole must have, where they are missing.
        within: what the data is, in words.

    Returns:
        None in place of the model where nothing is left that makes one.
    """
    found, errors = model_or_errors(model, data)
    if found is not None:
        return found, NO_FAULTY_PARTS
    note(errors, model, data, where, problems, within)
    rest, faulty = _copy(data), FaultyParts()
    for _ in range(_ROUNDS):
        faulty.add(_take_out(model, rest, errors, stand_ins))
        found, errors = model_or_errors(model, rest)
        if found is not None:
            break
        real = [e for e in errors if not _follows(rest, e["loc"], faulty)]
        note(real, model, rest, where, problems, within)
    return found, faulty


def _copy(value: object) -> object:
    match value:
        case Table():
            table = Table(value.where)
            table.update((k, _copy(v)) for k, v in value.items())
            return table
        case Items():
            items = Items(value.where)
            items.extend(_copy(v) for v in value)
            return items
        case _:
            return value


def _take_out(
    model: type[BaseModel], data: object, errors: Iterable[Any], stand_ins: Mapping[str, object]
) -> set[tuple[Location, str]]:
    """Take out what each error is at: the value, or the mapping that lacks a key; gives what is faulty by it."""
    faulty = set[tuple[Location, str]]()
    parts: dict[tuple[int, int | str], _Part] = {}
    for error in errors:
        if trail := _trail(data, error["loc"]):
            part = trail[-1]
            parts[id(part.holder), part.key] = part
            if error["type"] == "extra_forbidden":  # missed only where it is a slip of the pen
                faulty.update((part.holder.where, key) for key in keys_meant(model, error["loc"]))
            else:
                faulty.update(_places(part))
        elif isinstance(data, Table) and error["type"] == "missing" and error["loc"][0] in stand_ins:
            key = str(error["loc"][0])
            data[Text(key, data.where)] = stand_ins[key]
            faulty.add((data.where, key))
    for part in sorted(parts.values(), key=lambda p: p.key if isinstance(p.key, int) else 0, reverse=True):
        if isinstance(part.holder, Table):
            del part.holder[str(part.key)]
        elif isinstance(part.key, int):
            del part.holder[part.key]
    return faulty


def _places(part: _Part) -> Iterator[tuple[Location, str]]:
    """What is faulty when a part is taken out: its holder, and the holder of that with the key it is under."""
    yield part.holder.where, str(part.key)
    if part.above:
        holder, key = part.above
        yield holder.where, str(key)
        if isinstance(holder, Table):
            yield holder.place_of_key(str(key)), ""


def _follows(data: object, path: Path, faulty: FaultyParts) -> bool:
    """Whether something was taken out of what an error is at, or of what holds it."""
    trail = _trail(data, path)
    if not trail:
        return isinstance(data, Table) and faulty.at(data.where)
    value, holder = trail[-1].value, trail[-1].holder
    return faulty.at(holder.where) or (isinstance(value, Table | Items) and faulty.at(value.where))


def _trail(data: object, path: Path) -> list[_Part]:
    """The values on an error's path, as far as they are there; tags of unions are passed over."""
    trail: list[_Part] = []
    value = data
    for part in path:
        above = (trail[-1].holder, trail[-1].key) if trail else None
        if isinstance(value, Table) and part in value:
            trail.append(_Part(value[str(part)], value, str(part), above))
        elif isinstance(value, Items) and isinstance(part, int) and part < len(value):
            trail.append(_Part(value[part], value, part, above))
        value = trail[-1].value if trail else value
    return trail
