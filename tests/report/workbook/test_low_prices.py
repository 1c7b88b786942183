"""The working of abnormally low prices works out anew what each price is held against, and which are flagged."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from inline import bids, leaf, scheme
from low_price_tests import LOW_PRICE_TESTS
from sheet import Sheet
from shipped import case_from

from tender_eval.report.workbook.report import xlsx_report

ADJUSTED = {"price": {"adjust": [{"id": "small", "when": "supplier.size is small", "by": "-50%"}]}}


def tried(low: dict[str, Any], *prices: float, **rest: Any) -> tuple[set[str], list[Any]]:
    """What the checks of the workbook say, and its answers to which prices are flagged."""
    quality = leaf("quality", 50, {"name": "mark", "out_of": 5}, minimum="40%")
    award = {"on_rejection": "recompute"}
    stated = scheme(quality, leaf("price", 50, "ratio_to_lowest"), award=award, abnormally_low=low, **rest)
    by_id = {
        f"b{n}": {
            "price": price,
            "marks": {"quality": 1 if price == 33 else 4},
            "supplier": {"name": f"S{n}", "size": size},
        }
        for n, (price, size) in enumerate(zip(prices, ("small", "large") * 4, strict=False))
    }  # fmt: skip
    case = case_from(stated, {**bids(by_id), "tender": {"annual_value": 8}})
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case)))
    sheet = Sheet(book)
    checks = [c for s in book for row in s.iter_rows() for c in row if '"differs")' in str(c.value)]
    answers = [c for row in book["Working"].iter_rows() for c in row if '"flagged"' in str(c.value)]
    said = {sheet.value(c.parent.title, c.row, c.column) for c in checks}
    return said, [sheet.value("Working", c.row, c.column) == "flagged" for c in answers]


@pytest.mark.slow
@pytest.mark.parametrize("low", LOW_PRICE_TESTS)
def test_every_test_is_worked_out_anew(low: dict[str, Any]) -> None:
    for prices in ([9], [5, 20], [9, 9, 20, 20, 33], [5, 9, 9, 13, 20, 33, 33]):
        said, answers = tried(low, *prices)
        assert said == {"OK"}
        assert len(answers) == sum(price != 33 for price in prices)


@pytest.mark.slow
def test_prices_are_held_as_they_were_bid() -> None:
    """By the lowest first, that of 13."""
    assert tried({"below_mean_by": "20%"}, 20, 20, 13, **ADJUSTED) == ({"OK"}, [True, False, False])


@pytest.mark.slow
def test_a_price_that_is_changed_in_the_workbook_changes_the_answer() -> None:
    """What is flagged is no value: the answers follow from the cells of the prices."""
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), abnormally_low={"below_mean_by": "40%"})
    case = case_from(stated, bids({"a": {"price": 10}, "b": {"price": 40}}))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case)))
    stands, _ours = [c for row in book["Prices"].iter_rows() for c in row if c.value == 10]
    answers = [c for row in book["Working"].iter_rows() for c in row if '"flagged"' in str(c.value)]
    assert [Sheet(book).value("Working", c.row, c.column) for c in answers] == ["flagged", "not flagged"]
    stands.value = 38
    assert [Sheet(book).value("Working", c.row, c.column) for c in answers] == ["not flagged"] * 2
