"""The sheet of prices works every evaluated price out again, from what bids state."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from inline import bids, leaf, scheme
from sheet import Sheet
from shipped import case_from

from tender_eval.report.workbook.report import xlsx_report

LINES = [
    {"id": "night", "title": "A bed for a night", "quantity": 1200, "unit": "night", "paid": "per_year"},
    {"id": "call", "quantity": "350", "unit": "call"},
]
YEARS = {"years": 3, "discount_rate": "3.5%"}
BID = {"rates": {"night": "45.50", "call": 12}, "totals": {"night": 546000, "call": 4300}}
PRICES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"price": {"schedule": LINES, "prevails": "unit", **YEARS}}, BID),
    ({"price": {"schedule": LINES, "prevails": "total", **YEARS}}, BID),
    ({"price": {"schedule": LINES, "prevails": "unit", "misplaced_point": "true", **YEARS}}, BID),
    (
        {"price": {"schedule": LINES, "components": {"setup": "year_2"}, "prevails": "unit", **YEARS}},
        BID | {"prices": {"setup": 100}},
    ),
]


@pytest.mark.parametrize(("stated", "bid"), PRICES)
def test_every_check_of_the_workbook_stands_when_it_is_worked_out_anew(
    stated: dict[str, Any], bid: dict[str, Any]
) -> None:
    found = scheme(leaf("price", 100, "ratio_to_lowest"), **stated)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case_from(found, bids({"a": bid, "b": bid})))))
    sheet = Sheet(book)
    checks = [c for s in book for row in s.iter_rows() for c in row if '"differs")' in str(c.value)]
    assert len([c for c in checks if c.parent.title == "Prices"]) == 2
    assert {sheet.value(c.parent.title, c.row, c.column) for c in checks} == {"OK"}
