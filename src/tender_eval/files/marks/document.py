"""A sheet of marks as YAML (``tender-eval/marks/1``)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tender_eval.files.fields import Located, Words
from tender_eval.files.kinds import parse_as
from tender_eval.files.source import Source
from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.model.panel import SHEET, Returned, Row


class RowFile(Located):
    """One mark."""

    bid: Words
    lot: Words = ""
    criterion: Words
    question: Words = ""
    mark: Words | None = Field(None, description="the mark, or abstain")
    reason: Words | None = Field(None, description="why, by reference to the bid")
    note: Words | None = Field(None, description="what stays in the panel")


class MarksFile(Located):
    """The whole file."""

    format: Literal["tender-eval/marks/1"]
    case: Words
    person: Words
    check: Words
    marks: tuple[RowFile, ...]


def read_yaml(source: Source, problems: Problems) -> Returned | None:
    """A YAML file of marks as it was returned, or None with the problems noted."""
    where = Location(source.name)
    data = parse_as(SHEET, source, problems)
    found = validate(MarksFile, data, where, problems) if data is not None else None
    if found is None:
        return None
    rows = tuple(
        Row(one.bid, one.lot, one.criterion, one.mark or "", one.reason or "", one.note or "", one.where)
        for one in found.marks
    )
    return Returned(found.case, found.person, found.check, tuple(row for row in rows if not row.empty), where)
