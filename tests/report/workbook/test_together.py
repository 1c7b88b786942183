"""What awarded offers and the award over all lots come to, as formulas in the workbook."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from shipped import shipped

from tender_eval.report.workbook.report import xlsx_report


def rows_of(scheme: str, sheet: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(shipped(f"{scheme}.yaml", f"{scheme}.bids.yaml"))))
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


@pytest.mark.slow
def test_awarded_offers_and_the_total_are_formulas_over_prices_and_figures() -> None:
    """Cedar's pair for 786,000, beacon's two homes for 739,200; all five come to 1,763,200, in tender-eval's words."""
    rows = rows_of("supported-homes-offers", "Working")
    start = next(n for n, row in enumerate(rows) if row[0] == "All lots together")
    together = {row[0]: row for row in rows[start:] if row[0]}
    pair, two = together["cedar+mill+park"], together["beacon+2_or_more"]
    assert (pair[1], pair[6], two[1], two[6]) == ("mill, park", 786000, "quay, well", 739200)
    for row in (pair, two):
        assert row[5].count("Prices!$E$") == row[12].count("Prices!$E$") == 2
        assert row[5] != row[12]
        assert '"OK"' in row[7]
    (whole,) = (row for row in rows[start:] if row[6] == 1763200)
    assert whole[5].count("*") == 5
    assert '"OK"' in whole[7]
    checks = {row[1]: row[2] for row in rows_of("supported-homes-offers", "Checks")}
    assert (checks["Prices of awarded offers together"], checks["Total of all lots"]) == (2, 1)


@pytest.mark.slow
def test_a_workbook_without_offers_says_nothing_of_them() -> None:
    rows = rows_of("refuge-four-areas", "Working")
    assert not any(row[0] == "All lots together" for row in rows)
