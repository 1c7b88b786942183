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
    ({"price": {"from": "discount", "of": 1000000}}, {"discount": "12.5%"}),
]


SMALL = {"id": "small", "when": "supplier.size is small", "by": "-5%"}
ADJUSTED: list[dict[str, Any]] = [
    {"adjust": [SMALL]},
    {"adjust": [SMALL | {"by": "-3000"}]},
    {"adjust": [SMALL | {"of": "lowest", "cap": 3000}]},
    {"adjust": [SMALL | {"of": "lowest_other", "unless_lowest": "qualifies"}]},
    {"adjust": [SMALL | {"of": "lowest", "unless_lowest": "supplier.size is large"}]},
    {
        "adjust": [SMALL, {"id": "far", "by": "-7%", "when": "values.km at least 100"}],
        "together": "in_turn",
        "cap_together": 9000,
    },
    {"adjust": [{"id": "foreign", "when": "supplier.size is not small", "by": "15%", "of": "prices.goods"}],
     "components": {"goods": "once", "freight": "once"}},
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("price", ADJUSTED)
@pytest.mark.parametrize("rounded", [False, True])
def test_adjusted_prices_are_worked_out_anew(price: dict[str, Any], rounded: bool) -> None:
    rounding = {"rounding": {"places": 0, "mode": "half_up", "at": ["price"]}} if rounded else {}
    found = scheme(leaf("price", 100, "ratio_to_lowest"), price=price, **rounding)
    asked = {"a": ("large", 100000, 90), "b": ("small", 103001, 120), "c": ("small", 140003, 100)}
    by_id = {
        name: {"supplier": {"name": name, "size": size}, "values": {"km": km}}
        | ({"prices": {"goods": money, "freight": 1000}} if "components" in price else {"price": money})
        for name, (size, money, km) in asked.items()
    }
    check_sheet(found, by_id, 3)


@pytest.mark.slow
def test_prices_in_several_currencies_are_worked_out_anew() -> None:
    rates = {"in": "GBP", "rates": {"EUR": "0.86"}, "on": "2026-05-01", "source": "Bank of England"}
    for price in ({}, {"price": ADJUSTED[2]}, {"price": ADJUSTED[-1]}):
        found = scheme(leaf("price", 100, "ratio_to_lowest"), currency=rates, **price)
        money = {"prices": {"goods": 100, "freight": 7}} if "components" in price.get("price", {}) else {"price": 100}
        by_id = {
            name: {"supplier": {"name": name, "size": "small"}, "currency": own, **money}
            for name, own in (("a", "GBP"), ("b", "EUR"))
        }
        check_sheet(found, by_id, 2)


@pytest.mark.parametrize(("stated", "bid"), PRICES)
def test_every_check_of_the_workbook_stands_when_it_is_worked_out_anew(
    stated: dict[str, Any], bid: dict[str, Any]
) -> None:
    found = scheme(leaf("price", 100, "ratio_to_lowest"), **stated)
    check_sheet(found, {"a": bid, "b": bid}, 2)


def check_sheet(found: dict[str, Any], by_id: dict[str, Any], checked: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case_from(found, bids(by_id)))))
    sheet = Sheet(book)
    checks = [c for s in book for row in s.iter_rows() for c in row if '"differs")' in str(c.value)]
    assert len([c for c in checks if c.parent.title == "Prices"]) == checked
    assert {sheet.value(c.parent.title, c.row, c.column) for c in checks} == {"OK"}
