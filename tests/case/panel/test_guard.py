"""Agreed marks held against the individual ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from inline import bids

from tender_eval import bids_from_data
from tender_eval.case.panel.guard import remarks

JO = "Named leads for each part"


def told(*marks: Mapping[str, object]) -> list[tuple[str, str]]:
    stated = bids({f"b{n}": {"marks": {"q": mark}} for n, mark in enumerate(marks)})
    return [(one.code, one.message) for one in remarks(bids_from_data(stated))]


def one(agreed: int, *individual: int, reason: str = JO) -> dict[str, object]:
    return {"agreed": agreed, "individual": {f"e{n}": mark for n, mark in enumerate(individual)}, "reason": reason}


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (one(5, 2, 2, 2), "3 gave 2"),
        (one(2, 4, 4, 5), "3 people gave 4 to 5"),
        (one(4, 3, 3, 3, 5), ", and 3 of 4 gave 3"),
    ],
)
def test_a_mark_away_from_those_given_is_told(mark: Mapping[str, object], said: str) -> None:
    """The patterns that were pleaded: [2015] EWHC 876 (TCC)."""
    ((code, message),) = told(mark)
    assert (code, said in message) == ("TE540", True)


@pytest.mark.parametrize(
    "mark", [one(3, 2, 3, 4), one(4, 3, 5), one(4, 4, 4, 3), {"agreed": 4, "reason": JO}, one(3, 3)]
)
def test_a_model_panel_is_told_nothing(mark: Mapping[str, object]) -> None:
    assert told(mark) == []


def test_one_reason_for_several_marks_is_told_once() -> None:
    stock = one(3, 3, reason="Agreed by the panel.")
    assert told(stock, stock, one(3, 3)) == [
        ("TE541", 'the reason for "q" of bid "b0" stands for 2 marks: "Agreed by the panel."')
    ]


def test_an_evaluator_spelt_in_two_ways_is_told() -> None:
    apart = [{"agreed": 3, "individual": {who: 3}, "reason": f"{JO} {n}"} for n, who in enumerate(("JO", "Jo", "Joe"))]
    assert told(*apart) == [("TE542", '"Jo" and "JO" seem to be one evaluator, and count as two')]
