"""The rows of a sheet of marks, found by their headings: wherever they stand, whatever stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Text
from tender_eval.model.panel import Row

MUST = ("bid", "criterion", "mark", "reason")
MAY = ("lot", "note")
READ = (*MUST, *MAY)
RETURN = "return the sheet that tender-eval panel wrote, with marks and reasons filled in"
_LOOKED_THROUGH = 20  # rows among which the headings are


def heading(text: object) -> str:
    """A heading as it is compared.

    >>> heading(" Mark "), heading(3), heading(None)
    ('mark', '', '')
    """
    return text.strip().casefold() if isinstance(text, str) else ""


def columns_in(rows: Sequence[Mapping[int, object]]) -> tuple[int, dict[str, int]] | None:
    """Which of some rows holds the headings of marks, and their columns; None where none of the first does."""
    for n, row in enumerate(rows[:_LOOKED_THROUGH]):
        found: dict[str, int] = {}
        for column, text in row.items():
            found.setdefault(heading(text), column)
        if all(name in found for name in MUST):
            return n, {name: found[name] for name in READ if name in found}
    return None


def lacking(rows: Sequence[Mapping[int, object]]) -> str:
    """The one heading that some rows lack to be headed as marks are, where it is one; else nothing."""
    for row in rows[:_LOOKED_THROUGH]:
        there = {heading(text) for text in row.values()}
        missing = [name for name in MUST if name not in there]
        if len(missing) <= 1:
            return "".join(missing)
    return ""


def row_of(texts: Mapping[str, Text | None], where: Location) -> Row:
    """A row of its texts by heading."""
    bid, criterion, mark, reason, lot, note = (texts.get(name) or "" for name in READ)
    return Row(bid, lot, criterion, mark, reason, note, where)


def refuse_no_sheet(where: Location, problems: Problems, what: str = "") -> None:
    """Note that a file is no sheet of marks."""
    message = "this is no sheet of marks" + (f": {what}" if what else "")
    problems.add("TE533", where, message, RETURN)
