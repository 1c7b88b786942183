"""Located data of a foreign shape: what is absent reads as None, what has the wrong shape is noted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Location, Table, Text, place


class WithoutColumns(Table):
    """A table with columns left out whose headings are at fault: what seems to be missing may stand there."""

    __slots__ = ()


def table_at(parent: Table, key: str, problems: Problems) -> Table | None:
    """The mapping under a key."""
    value = parent.get(key)
    if value is None or isinstance(value, Table):
        return value
    problems.add("TE012", place(value, parent.where), f"{key} must be an object", "write { ... }")
    return None


def tables_at(parent: Table, key: str, problems: Problems) -> list[Table]:
    """The list of mappings under a key; empty where absent."""
    value = parent.get(key)
    if value is None:
        return []
    if not isinstance(value, Items):
        problems.add("TE012", place(value, parent.where), f"{key} must be a list", "write [ ... ]")
        return []
    for item in value:
        if not isinstance(item, Table):
            problems.add("TE012", place(item, value.where), f"each of {key} must be an object", "write { ... }")
    return [item for item in value if isinstance(item, Table)]


def text_at(parent: Table, key: str, problems: Problems) -> Text | None:
    """The text or number under a key; None where absent or blank."""
    value = parent.get(key)
    if value is None:
        return None
    if not isinstance(value, Text):
        problems.add("TE012", place(value, parent.where), f"{key} must be one value, not several")
        return None
    return value if value.strip() else None


def texts_at(parent: Table, key: str, problems: Problems) -> list[Text]:
    """The list of texts under a key; empty where absent."""
    value = parent.get(key)
    if value is None:
        return []
    if not isinstance(value, Items) or not all(isinstance(item, Text) for item in value):
        problems.add("TE012", place(value, parent.where), f"{key} must be a list of texts", 'write ["..."]')
        return []
    return [item for item in value if isinstance(item, Text)]


def table(where: Location, /, **values: object) -> Table:
    """A mapping of the values that are there; its keys stand where their values do."""
    made = Table(where)
    made.update({Text(k, place(v, where)): v for k, v in values.items() if v is not None})
    return made


def items(where: Location, values: Iterable[object]) -> Items:
    """A list at a place."""
    made = Items(where)
    made.extend(values)
    return made


def as_id(text: Text, problems: Problems) -> Text:
    """The text as an id: what an id may not hold becomes a dash. TE019 where nothing is left.

    Two texts may become one id: who calls refuses that.

    >>> as_id(Text("Bid (1)/b", Location("x")), Problems())
    'Bid-1-b'
    """
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", text):
        return text
    made = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-_")
    if not made:
        hint = "use letters, digits, '_' and '-', beginning with a letter or digit"
        problems.add("TE019", text.where, f'"{text[:60]}" cannot be made an id', hint)
    return Text(made or "unnamed", text.where)
