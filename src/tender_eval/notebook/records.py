"""Records as rows of a frame: a field a column, what a field holds in turn by dotted names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from tender_eval.notebook.frames import Row

Rows = tuple[tuple[str, ...], list[Row]]
"""The columns that are there where there are no rows too, and the rows."""


def records(kind: type, some: Iterable[Any], *properties: str) -> Rows:
    """Records of one kind, a row each.

    Args:
        properties: what else of a record is told.
    """
    rows: list[Row] = [{**row(record), **{name: getattr(record, name) for name in properties}} for record in some]
    return () if rows else (*(field.name for field in fields(kind)), *properties), rows


def row(record: Any) -> Row:
    """One record, flat: ``a.b`` for the field ``b`` of a record, or the key ``b`` of a mapping, in its field ``a``."""
    return dict(_flat("", record))


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, object]]:
    match value:
        case Mapping():
            for key, part in value.items():
                yield from _flat(f"{prefix}.{key}" if prefix else str(key), part)
        case Enum():
            yield prefix, value.value
        case _ if is_dataclass(value) or hasattr(value, "_fields"):
            names = value._fields if hasattr(value, "_fields") else [field.name for field in fields(value)]
            for name in names:
                yield from _flat(f"{prefix}.{name}" if prefix else name, getattr(value, name))
        case _:
            yield prefix, value
