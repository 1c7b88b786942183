"""Sheets of marks as they come back: moved about, saved by other programs, hostile."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from desks import GENESIS, filled, opened, saved
from openpyxl.worksheet.worksheet import Worksheet

from tender_eval.case.panel.sheets import reference
from tender_eval.files.marks.read import read_marks
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Refused
from tender_eval.model.panel import Returned
from tender_eval.report.panel.sheet import sheet_of

MARKS: dict[tuple[str, str], tuple[object, str]] = {
    ("alder", "care"): (4, "Named leads"),
    ("alder", "voice"): (2.5, "A forum"),
    ("cedar", "care"): ("abstain", "Friends"),
}


def served(shape: str = "xlsx") -> bytes:
    case = opened()
    assert case.state.panel is not None
    return sheet_of(case.state, reference(GENESIS), case.state.panel.people[0], shape)


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return filled(served(), MARKS)


def said(found: Returned) -> set[tuple[str, ...]]:
    return {(*map(str, row.key), str(row.mark), str(row.reason)) for row in found.rows if row.mark}


def changed(sheet: bytes, change: Callable[[Worksheet], None]) -> Source:
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    change(book["Marks"])
    return Source("ann.xlsx", saved(book))


def _rows_moved(page: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    random.Random(1).shuffle(rows)
    for n, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            page.cell(n, column).value = value


def _columns_added(page: Worksheet) -> None:
    page.insert_cols(3, 2)
    page["C1"].value = "my own"
    page["C2"].value = "=1/0"


def _rows_above(page: Worksheet) -> None:
    page.insert_rows(1, 2)
    page["A1"].value = "Sheet of Ann"


def _sheet_renamed(page: Worksheet) -> None:
    page.title = "Ann's marks"


@pytest.mark.parametrize("change", [_rows_moved, _columns_added, _rows_above, _sheet_renamed])
def test_marks_are_known_by_bid_and_criterion_wherever_they_stand(
    sheet: bytes, change: Callable[[Worksheet], None]
) -> None:
    wanted = said(read_marks(Source("ann.xlsx", sheet)))
    assert len(wanted) == len(MARKS)
    assert said(read_marks(changed(sheet, change))) == wanted


def _formula(page: Worksheet) -> None:
    page["F3"].value = "=4"


def _no_heading(page: Worksheet) -> None:
    page["F1"].value = "score"


def _no_headings(page: Worksheet) -> None:
    page["F1"].value, page["G1"].value = "score", "why"


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (_formula, "ann.xlsx!Marks!F3", "the mark here is a formula"),
        (_no_heading, "ann.xlsx!Marks", 'the sheet "Marks" has no heading "mark"'),
        (_no_headings, "ann.xlsx",
         "this is no sheet of marks: no sheet of it has the headings bid, criterion, mark and reason"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_of_marks_is_refused_at_its_place(
    sheet: bytes, change: Callable[[Worksheet], None], where: str, message: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_marks(changed(sheet, change))
    ((code, at, text),) = [(d.code, str(d.where), d.message) for d in refused.value.diagnostics]
    assert (code, at, text) == ("TE533", where, message)


def test_marks_on_a_sheet_that_is_hidden_are_not_lost_without_a_word(sheet: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    book.copy_worksheet(book["Marks"]).sheet_state = "hidden"
    with pytest.raises(Refused) as refused:
        read_marks(Source("ann.xlsx", saved(book)))
    assert [(d.code, d.message) for d in refused.value.diagnostics] == [
        ("TE061", 'the sheet "Marks Copy" holds marks and is hidden')
    ]


def test_a_workbook_without_its_hidden_sheet_is_nobodys(sheet: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    del book["Case"]
    with pytest.raises(Refused, match="TE533"):
        read_marks(Source("ann.xlsx", saved(book)))


def _with_macros(sheet: bytes) -> bytes:
    out = io.BytesIO(sheet)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def _bomb(sheet: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, b" " * 40_000_000 + data if name == "xl/worksheets/sheet2.xml" else data)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "make"), [("a.xlsm", _with_macros), ("a.xlsx", _bomb), ("a.xlsx", lambda s: s[:900])])
def test_hostile_workbooks_are_refused(sheet: bytes, name: str, make: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Refused):
        read_marks(Source(name, make(sheet)))


CSV = "case,person,check,bid,criterion,mark,reason\nc,ann,k,alder,care,4,Good\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", CSV.replace("check", "x"), "this is no sheet of marks: it lacks the headings check"),
        ("a.csv", CSV + "c,bob,k,alder,care,4,Good\n",
         "this is no sheet of marks: its rows are of several cases or people"),
        ("a.csv", CSV.splitlines()[0] + "\n", "this is no sheet of marks: it has no rows"),
        ("a.doc", "x", "this is no sheet of marks: its name ends in none of .xlsx, .csv and .yaml"),
    ],
)  # fmt: skip
def test_tables_that_are_nobodys_are_refused(name: str, text: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        read_marks(Source(name, text.encode()))
    assert [(d.code, d.message) for d in refused.value.diagnostics] == [("TE533", message)]
