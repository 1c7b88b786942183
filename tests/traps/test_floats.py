"""A float is refused wherever data comes in: what it stands for is not exact."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from inline import bids, leaf, refusal, scheme

from tender_eval import bids_from_data, scheme_from_data

HINT = "pass text such as '0.1', a whole number or a Fraction"


@pytest.mark.parametrize("value", [0.1, 1.0, -0.0, 1e300, float("nan"), float("inf"), np.float64(0.5)])
@pytest.mark.parametrize(
    "bid",
    [
        lambda v: {"price": v},
        lambda v: {"prices": {"annual": v}},
        lambda v: {"marks": {"q": v}},
        lambda v: {"marks": {"q": {"agreed": 3, "individual": {"e": v}}}},
        lambda v: {"values": {"x": v}},
        lambda v: {"declarations": {"x": v}},
        lambda v: {"supplier": {"name": "A", "annual_income": v}},
        lambda v: {"lots": {"north": {"price": v}}},
    ],
)
def test_in_bids(bid: Any, value: float) -> None:
    said = refusal(bids_from_data, bids({"a": bid(value)}))
    assert (said[0].code, said[0].message, said[0].hint) == (
        "TE013",
        f"{value!r} is a float: what it stands for is not exact",
        HINT,
    )


@pytest.mark.parametrize(
    "stated",
    [
        scheme(leaf("p", 100.0, "ratio_to_lowest")),
        scheme(leaf("p", 100, "ratio_to_lowest", minimum=0.5)),
        scheme(leaf("p", 100, {"name": "ratio_to_lowest", "single_bid": 0.8})),
        scheme(leaf("p", 100, "ratio_to_lowest"), scales={"s": [{"mark": 0, "score": 0.0}, {"mark": 1, "score": 1}]}),
        scheme(leaf("p", 100, "ratio_to_lowest"), abnormally_low={"below_mean_by": 0.25}),
        scheme(leaf("p", 100, "ratio_to_lowest"), price={"components": {"a": "once"}, "discount_rate": 0.035}),
        scheme(leaf("p", 100, "ratio_to_lowest"), conditions=[{"id": "c", "reads": "price", "at_most": 0.5}]),
        scheme(leaf("p", 100, "ratio_to_lowest"), rule={"name": "highest_quality_within_budget", "budget": 5.0}),
    ],
)
def test_in_a_scheme(stated: dict[str, Any]) -> None:
    floats = [d for d in refusal(scheme_from_data, stated) if d.hint == HINT]
    assert [d.code for d in floats] == ["TE013"]


def test_every_float_is_told_in_one_run() -> None:
    said = refusal(bids_from_data, bids({"a": {"price": 0.1}, "b": {"price": 0.2}}))
    assert [d.message[:3] for d in said] == ["0.1", "0.2"]


@pytest.mark.parametrize("value", [Decimal("0.1"), datetime.date(2026, 5, 2), b"1", {1, 2}, object(), np.int64(3), 1j])
def test_other_python_values_are_named(value: object) -> None:
    said = refusal(bids_from_data, bids({"a": {"price": value}}))
    assert said[0].code == "TE012"
    assert type(value).__name__ in said[0].message


def test_whole_numbers_fractions_and_text_are_exact() -> None:
    found = bids_from_data(bids({"a": {"price": 3}, "b": {"price": Fraction(1, 3)}, "c": {"price": "0.1"}}))
    prices = [bid.figures["price"].value for bid in found.bids]
    assert prices == [3, Fraction(1, 3), Fraction(1, 10)]
    assert all(type(price) is Fraction for price in prices)
