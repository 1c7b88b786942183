"""What is due of salts and parts: the format that goes with them, where parts stand, and whether they are those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tender_eval.audit.commitments.parts import RECEIVING, RESULTS
from tender_eval.audit.difference import first_difference
from tender_eval.base.canonical import Data
from tender_eval.case.acts import Entry

RECORD_FORMAT, EARLIER_FORMAT = "tender-eval/record/2", "tender-eval/record/1"
"""The format of records whose entries are salted, and of those whose entries are not."""


def format_due(entry: Entry) -> str:
    """The format that the first entry of a record must name."""
    return RECORD_FORMAT if entry.salt else EARLIER_FORMAT


def salted_alike(entries: Iterable[Entry]) -> int | None:
    """The number of the first entry with the salt of one before: what both say could be held against each other."""
    seen: set[str] = set()
    for entry in entries:
        if entry.salt and entry.salt in seen:
            return entry.number
        seen.add(entry.salt)
    return None


def misplaced(entry: Entry) -> tuple[str, str] | None:
    """The field of an entry that commits parts though its kind does not, and what is wrong with it."""
    if entry.parts is None or entry.kind in (*RECEIVING, *RESULTS):
        return None
    return "parts", f"an entry of kind {entry.kind} commits no parts"


def unlike(entry: Entry, parts: Mapping[str, Data] | None) -> tuple[str, str] | None:
    """Where the parts that an entry commits are not those that there are; records without salts commit none."""
    if not entry.salt or entry.parts == parts:
        return None
    if entry.parts is None or parts is None:
        return "parts", "it must commit the part of each bid"
    return first_difference(entry.parts, parts, "parts", None)
