"""The sheet of money beside the price works every amount out again."""

from __future__ import annotations

import io

import openpyxl
from inline import bids, leaf, scheme
from sheet import Sheet
from shipped import case_from, shipped

from tender_eval.report.workbook.report import xlsx_report


def test_every_amount_of_the_shipped_case_is_worked_out_anew() -> None:
    case = shipped("pooled-funders-full-cost.yaml", "pooled-funders-full-cost.bids.yaml")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case)))
    sheet, page = Sheet(book), book["Beside"]
    rows = {str(page.cell(n, 2).value): n for n in range(4, 7)}
    heads = {str(cell.value): cell.column for cell in page[3]}
    full = heads["Full cost by the cost sheet, less other funding"]
    assert [sheet.value("Beside", rows[bid], full) for bid in ("hawthorn", "marsh", "orbit")] == [
        760000,
        725000,
        720000,
    ]
    assert sheet.value("Beside", rows["hawthorn"], heads["Paid by NHS England"]) == 154000
    assert {sheet.value("Beside", row, heads["Check"]) for row in rows.values()} == {"OK"}


def test_a_benefit_that_is_scored_is_read_from_its_sheet() -> None:
    saved = leaf("saved", 100, {"name": "ratio_to_highest", "field": "benefits"})
    stated = scheme(saved, benefits=[{"id": "nights", "of": "values.nights", "each": "12.50"}, {"id": "own"}])
    by_id = {n: {"values": {"nights": k}, "benefits": {"own": 30 * k}} for n, k in (("a", 3), ("b", 7))}
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case_from(stated, bids(by_id)))))
    sheet = Sheet(book)
    assert any("Beside!" in str(cell.value) for row in book["Working"].iter_rows() for cell in row)
    checks = [c for s in book for row in s.iter_rows() for c in row if '"differs")' in str(c.value)]
    assert {sheet.value(c.parent.title, c.row, c.column) for c in checks} == {"OK"}
