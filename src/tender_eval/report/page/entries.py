"""The history of the record: who put in what and when, as rows that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tender_eval.audit.case import Entry
from tender_eval.audit.entries import FINDINGS
from tender_eval.languages.catalogue import Catalogue
from tender_eval.report.page.sayings import plain

CORRECTION = "correction"
LEFT_OUT = frozenset(("base64", "environment"))
"""Fields that no person reads: the bytes of files, and the digests of what is installed."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry; ``says`` are its fields, each with its name."""

    number: int
    kind: str
    correction: bool
    at: str
    says: tuple[tuple[str, str], ...]


def history(entries: tuple[Entry, ...], words: Catalogue) -> tuple[EntryView, ...]:
    """Every entry but the findings of an evaluation, which the rest of the report shows."""
    return tuple(
        EntryView(
            entry.number,
            words.or_else(f"entry.{entry.kind}", plain(entry.kind)),
            entry.kind == CORRECTION,
            words.time(entry.at),
            tuple(_fields(entry.body, "")),
        )
        for entry in entries
        if entry.kind not in FINDINGS
    )


def _fields(body: Mapping[str, object], under: str) -> Iterator[tuple[str, str]]:
    for key, value in body.items():
        if key in LEFT_OUT:
            continue
        name = f"{under}{plain(str(key))}"
        match value:
            case Mapping():
                yield from _fields(value, f"{name}, ")
            case list() | tuple() if any(isinstance(v, Mapping) for v in value):
                for n, item in enumerate(value, 1):
                    inner = item if isinstance(item, Mapping) else {"": item}
                    yield from _fields(inner, f"{name} {n}, ")
            case list() | tuple():
                yield name, ", ".join(map(str, value))
            case bool():
                yield name, "true" if value else "false"
            case None | "":
                continue
            case _:
                yield name, str(value)
