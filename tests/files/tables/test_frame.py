"""Bids from a frame of pandas: what a file of the same table gives, and never a float that nobody wrote."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tender_eval import Refused, bids_from_frame, load_bids

ROOT = Path(__file__).resolve().parents[3]
TABLE = ROOT / "fixtures" / "two-schemes.bids.csv"


@pytest.mark.parametrize("how", [{}, {"dtype": str}, {"index_col": "id"}], ids=str)
def test_a_frame_gives_what_its_file_gives(how: dict[str, Any]) -> None:
    assert bids_from_frame(pd.read_csv(TABLE, **how)) == load_bids(TABLE)


def test_a_frame_of_marks_gives_bids_of_marks() -> None:
    frame = pd.DataFrame({"bid": ["a", "a", "b"], "criterion": ["q", "r", "q"], "mark": [1, 2.5, 3]})
    found = bids_from_frame(frame)
    assert [bid.id for bid in found.bids] == ["a", "b"]
    assert found.bids[0].marks["r"].value == Fraction(5, 2)


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (12, Fraction(12)), (12.5, Fraction(25, 2)), ("12.50", Fraction(25, 2)), (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(1, 3), Fraction(1, 3)), (0.1, Fraction(1, 10)), (1e15, Fraction(10**15)),
        (123456789012.345, Fraction("123456789012.345")),
    ],
)  # fmt: skip
def test_figures_are_exact(value: object, exact: Fraction) -> None:
    frame = pd.DataFrame({"id": ["a"], "values.x": pd.Series([value], dtype=object)})
    assert bids_from_frame(frame).bids[0].figures["values.x"].value == exact


def test_a_missing_cell_says_nothing() -> None:
    frame = pd.DataFrame({"id": ["a", "b"], "price": [100, None], "supplier.name": pd.Series(["A", pd.NA])})
    found = bids_from_frame(frame.convert_dtypes())
    assert "price" in found.bids[0].figures
    assert "price" not in found.bids[1].figures
    assert bids_from_frame(frame) == found


def test_every_fault_of_a_frame_is_told_with_its_cell_and_a_mend() -> None:
    frame = pd.DataFrame(
        {
            "id": ["a", "b"], "price": [0.1 + 0.2, float("inf")], "marks.q": [datetime.date(2026, 1, 2), 3],
            "vlues.x": [1, 2], "values.y": pd.Series([object, 10**60], index=[7, 8], dtype=object),
        },
        index=[7, 8],
    )  # fmt: skip
    with pytest.raises(Refused) as e:
        bids_from_frame(frame, "round one")
    told = [(d.code, str(d.where)) for d in e.value.diagnostics]
    assert sorted(told) == [
        ("TE010", "round one!vlues.x"),
        ("TE012", "round one!row 7, marks.q"),
        ("TE012", "round one!row 7, values.y"),
        ("TE013", "round one!row 8, price"),
        ("TE013", "round one!row 8, values.y"),
        ("TE014", "round one!row 7, price"),
    ]
    assert "round it to the digits that are meant" in str(e.value)


def test_rounding_as_the_mend_says_mends_it() -> None:
    frame = pd.DataFrame({"id": ["a"], "price": [0.1 + 0.2]})
    assert bids_from_frame(frame.round(2)).bids[0].figures["price"].value == Fraction(3, 10)


def test_a_frame_without_ids_or_with_a_heading_twice_is_refused() -> None:
    with pytest.raises(Refused, match='the heading "id" is missing'):
        bids_from_frame(pd.DataFrame({"price": [1]}))
    twice = pd.DataFrame([["a", 1, 2]], columns=["id", "price", "price"])
    with pytest.raises(Refused, match='the heading "price" stands twice'):
        bids_from_frame(twice)
