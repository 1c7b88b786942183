"""A sheet of marks as CSV: the case and the person stand in each row."""

from __future__ import annotations

from tender_eval.files.marks.rows import MUST, READ, heading, refuse_no_sheet, row_of
from tender_eval.files.source import Source
from tender_eval.files.tables.csv_reader import csv_rows
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, place
from tender_eval.model.panel import Returned

WHOSE = ("case", "person", "check")
"""The columns that say of which case and person a row is."""


def read_csv(source: Source, problems: Problems) -> Returned | None:
    """A CSV file of marks as it was returned, or None with the problems noted."""
    where, found = Location(source.name), csv_rows(source, problems, lambda name: name == "mark")
    if found is None:
        return None
    at: dict[str, int] = {}
    for n, text in enumerate(found.headings):
        at.setdefault(heading(text), n)
    if missing := [name for name in (*WHOSE, *MUST) if name not in at]:
        refuse_no_sheet(where, problems, f"it lacks the headings {', '.join(missing)}")
        return None
    whose = {tuple(row.cells[at[name]] or "" for name in WHOSE) for row in found.rows}
    if len(whose) != 1:
        refuse_no_sheet(where, problems, "its rows are of several cases or people" if whose else "it has no rows")
        return None
    first = found.rows[0]
    case, person, check = (first.cells[at[name]] or "" for name in WHOSE)
    rows = [row_of({name: row.cells[at[name]] for name in READ if name in at}, row.where) for row in found.rows]
    return Returned(case, person, check, tuple(row for row in rows if not row.empty), place(first.cells[0], where))
