"""The sheet of marks: a computed mark is a formula over those beside it, and comes to what the engine found."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from sheet import Sheet
from shipped import case_from

from tender_eval.report.workbook.report import xlsx_report

BENT = [{"mark": mark, "score": f"{share}%"} for mark, share in enumerate((0, 20, 50, 80, 100))]
GRADES = [{"mark": mark, "score": f"{share}%"} for mark, share in ((1, 100), (2, 80), (3, 50), (4, 20), (5, 0))]
ROLES = {"e0": "legal", "e1": "other", "e2": "other", "e3": "legal"}
HALF_UP = {"places": 1, "mode": "half_up"}


def whole(given: tuple[int, ...]) -> dict[str, Any]:
    return {"individual": {f"e{n}": mark for n, mark in enumerate(given)}}


@pytest.mark.slow
@pytest.mark.parametrize("scale", [BENT, GRADES])
@pytest.mark.parametrize(
    "panel",
    [
        {"marks": "mean", "of": "marks"},
        {"marks": "mean", "of": "shares", "rounding": HALF_UP},
        {"marks": "median", "of": "shares"},
        {"marks": "trimmed_mean", "trim": 1, "of": "marks", "rounding": HALF_UP},
        {"marks": "trimmed_mean", "trim": 1, "of": "shares"},
        {"marks": "weighted_mean", "weights": {"legal": 2, "other": "1.5"}, "of": "marks"},
        {"marks": "weighted_mean", "weights": {"legal": 2, "other": "1.5"}, "of": "shares"},
    ],
)
def test_a_computed_mark_is_recomputed(panel: dict[str, Any], scale: list[dict[str, Any]]) -> None:
    scheme = {
        "format": "tender-eval/scheme/1",
        "id": "panel",
        "title": "Panel",
        "scales": {"s": scale},
        "criteria": [
            {"id": "q", "weight": 50, "scorer": "mark", "scale": "s", "minimum": scale[1]["mark"]},
            {"id": "r", "weight": 50, "scorer": {"name": "mark", "out_of": 10}},
        ],
        "award": {"rule": "highest_score", "on_rejection": "recompute"},
        "panel": panel,
    }
    marks = {"a": ((4, 3, 3, 1), (7, 8, 10)), "b": ((2, 3, 3), (0, 9, 4, 4))}
    bids = [{"id": bid, "marks": dict(zip("qr", map(whole, two), strict=True))} for bid, two in marks.items()]
    case = case_from(scheme, {"format": "tender-eval/bids/1", "roles": ROLES, "bids": bids})
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(case)))
    page, sheet = book["Marks"], Sheet(book)
    rows = range(3, page.max_row + 1)
    found = {(page.cell(row, 2).value, page.cell(row, 4).value): sheet.value("Marks", row, 6) for row in rows}
    counted = {(bid.id, name): mark.value for bid in case.bids.bids for name, mark in bid.marks.items()}
    assert len(counted) == 4
    assert all(isinstance(value, Fraction) for value in counted.values())
    assert found == counted
