"""The chair's sheet for the meeting."""

from __future__ import annotations

import io

import openpyxl
from desks import GENESIS, PANEL, SCHEME, given, opened, saved

from tender_eval.audit.collecting import Sheet, marks_of_meeting
from tender_eval.case.panel.sheets import reference
from tender_eval.files.marks.read import read_marks
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.report.panel.meeting import meeting_sheet

CASE = reference(GENESIS)


def test_everybodys_marks_stand_side_by_side_and_what_is_written_is_agreed() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("birch", "care", "5", "Proven", note="see p. 4")])
    case("submit_marks", person="bob", marks=[given("birch", "care", "3", "Only a plan")])
    book = openpyxl.load_workbook(io.BytesIO(meeting_sheet(case.state, CASE)))
    page = book["Marks"]
    at = {cell.value: cell.column for cell in page[1]}
    first = {name: page.cell(2, column).value for name, column in at.items()}
    assert (first["bid"], first["criterion"], first["apart"]) == ("birch", "care", "2")
    assert str(first["Ann Archer gave"]).splitlines() == ["5", "Proven", "Noted: see p. 4"]
    assert str(first["Bob Baker gave"]).splitlines() == ["3", "Only a plan"]
    assert first["Cat Cole gave"] == "-"  # she does not mark this question
    rows = {tuple(cell.value for cell in row[:3:2]): row for row in page.iter_rows(min_row=2)}
    assert rows["cedar", "care"][at["Bob Baker gave"] - 1].value == "stands back"
    page.cell(2, at["mark"]).value = 4
    page.cell(2, at["reason"]).value = "Evidence for two of three parts"
    for row in book["Present"].iter_rows(min_row=2):
        row[3].value = "yes" if row[0].value in ("ann", "dee") else "no"  # type: ignore[assignment, union-attr]
    source = Source("chair.xlsx", saved(book))
    problems = Problems()
    said = marks_of_meeting("")(case.state, CASE, Sheet(source, read_marks(source)), problems)
    problems.refuse()
    assert said == {
        "marks": [given("birch", "care", "4", "Evidence for two of three parts")],
        "present": ["ann", "dee"],
    }


def test_a_person_called_as_a_heading_is_takes_nothing_over() -> None:
    case = opened(panel=PANEL.replace("Ann Archer", "Mark"))
    case("submit_marks", person="ann", marks=[given("birch", "care", "5", "Proven")])
    found = read_marks(Source("chair.xlsx", meeting_sheet(case.state, CASE)))
    assert [row.mark for row in found.rows if row.mark] == []


def test_where_the_scheme_computes_marks_none_is_open() -> None:
    case = opened(SCHEME.replace("divergence: 2", "marks: mean, least: 2"))
    page = openpyxl.load_workbook(io.BytesIO(meeting_sheet(case.state, CASE)))["Marks"]
    at = {cell.value: cell.column for cell in page[1]}
    locked = {name: page.cell(2, at[name]).protection.locked for name in ("mark", "reason")}
    assert locked == {"mark": True, "reason": False}
