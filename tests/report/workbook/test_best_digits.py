"""Figures rounded to the digits of the best one: the workbook rounds them by formulas of its own."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from inline import bids, leaf, scheme
from sheet import Sheet
from shipped import case_from

from tender_eval.report.workbook.report import xlsx_report


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["half_up", "half_down", "half_even", "up", "down", "ceiling", "floor"])
@pytest.mark.parametrize("rule", ["highest_quality_per_price", "lowest_price"])
def test_every_check_stands_when_it_is_worked_out_anew(mode: str, rule: str) -> None:
    stated = scheme(
        leaf("q", 100, {"name": "mark", "out_of": 100}),
        rule=rule,
        award={"ties": [{"highest": "q"}]},
        rounding={"digits": 3, "mode": mode, "at": ["total"]},
    )
    offered: dict[str, dict[str, Any]] = {
        "a": {"price": 20875, "marks": {"q": 80}},
        "b": {"price": 20850, "marks": {"q": "76.5"}},
        "c": {"price": 99950, "marks": {"q": 45}},
    }
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case_from(stated, bids(offered)))))
    sheet = Sheet(book)
    checks = [c for page in book for row in page.iter_rows() for c in row if '"differs")' in str(c.value)]
    assert {sheet.value(c.parent.title, c.row, c.column) for c in checks} == {"OK"}
    rounding = [c for row in book["Working"].iter_rows() for c in row if "LOG10" in str(c.value)]
    assert len(rounding) == 3
