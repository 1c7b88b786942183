"""Bids in JSON: OCDS releases and records, Prozorro tenders, and the bids file's own format."""

from __future__ import annotations

from tender_eval.files.ocds.bids import restate
from tender_eval.files.ocds.release import find_published
from tender_eval.files.reader import Reader
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_json
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Location, Table, Text

_NOT_JSON = ("NaN", "Infinity", "-Infinity")  # Python's reader takes them; RFC 8259, section 6 does not


class OcdsReader(Reader):
    """Bids in JSON, as published under the Open Contracting Data Standard 1.1 or by Prozorro."""

    name = "ocds"
    suffixes = (".json",)

    def read(self, source: Source, problems: Problems) -> Table | None:
        found = Problems()
        file = _read(source, found)
        problems.extend(found)
        return file


def _read(source: Source, problems: Problems) -> Table | None:
    root = parse_json(source, problems)
    _refuse_not_json(root, problems)
    if problems:
        return None
    if isinstance(root, Table) and "format" in root:
        return root
    published = find_published(root, Location(source.name, 1, 1), problems)
    return restate(published, problems) if published else None


def _refuse_not_json(root: object, problems: Problems) -> None:
    """Note each literal that stands for no number, read or not: such a file is not JSON."""
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Table):
            waiting.extend(value.values())
        elif isinstance(value, Items):
            waiting.extend(value)
        elif isinstance(value, Text) and value.plain and value in _NOT_JSON:
            problems.add("TE003", value.where, f"not JSON: {value}", "write a number, or null where there is none")
