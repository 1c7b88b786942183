"""Prices that are discounts off a stated sum, and cash flows that differ from year to year."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import CATALOGUE, evaluate, figures, leaf, refusal, scheme

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.engine.facts.price import offered_price
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.languages import steps
from tender_eval.model.bids import Bid, Figure
from tender_eval.model.explanation.formulas import Column


def discounted(**price: Any) -> dict[str, Any]:
    stated = {"from": "discount", "of": 1000000} | price
    return scheme(leaf("price", 100, "ratio_to_lowest"), rule="lowest_price", price=stated)


@pytest.mark.slow
@given(st.integers(0, 9999), st.integers(1, 10**7))
def test_the_price_is_the_sum_less_the_share_that_is_stated(off: int, of: int) -> None:
    stated = discounted(of=of)
    result = evaluate(stated, {"a": {"discount": f"{off}/10000"}})
    expected = Fraction(of) * (1 - Fraction(off, 10000))
    assert figures(result) == {"a": expected}
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    batch = compiled.evaluate_batch({"discount": np.array([off / 10000])})
    assert batch.figures[0, 0] == pytest.approx(float(expected))


def test_it_is_traced_adjusted_and_offered() -> None:
    result = evaluate(discounted(), {"a": {"discount": "12%"}, "b": {"discount": "0.1"}})
    assert figures(result) == {"a": 880000, "b": 900000}
    price = next(s for s in result.bids[0].step.walk() if s.label == Column("price"))
    assert (steps.formula(price), steps.working(price)) == ("stated x (1 - discount)", "1000000 x (1 - 0.12)")
    adjusted = discounted(adjust=[{"id": "all", "by": "-10%"}])
    assert figures(evaluate(adjusted, {"a": {"discount": "12%"}})) == {"a": 792000}
    model = scheme_from_data(discounted()).price
    assert offered_price(Bid("a", "A", {"discount": Figure(Fraction(1, 4))}), model) == 750000
    made = scheme_from_data(discounted())
    assert scheme_from_data(scheme_data(made)) == made


@pytest.mark.parametrize(
    ("bid", "code"),
    [({"discount": 12}, "TE015"), ({"discount": "100%"}, "TE015"), ({"discount": "-1%"}, "TE015"),
     ({"price": 5, "discount": "5%"}, "TE062"), ({"price": 5}, "TE062"), ({}, "TE052")],
)  # fmt: skip
def test_a_bid_states_one_discount(bid: dict[str, Any], code: str) -> None:
    (found,) = refusal(evaluate, discounted(), {"a": bid})
    assert found.code == code


@pytest.mark.parametrize(
    ("price", "code"),
    [
        ({"of": None}, "TE027"),
        ({"from": None}, "TE028"),
        ({"components": {"a": "once"}}, "TE028"),
        ({"of": "5%"}, "TE014"),
    ],
)
def test_of_what_it_is_is_stated(price: dict[str, Any], code: str) -> None:
    stated = discounted()
    stated["price"] = {k: v for k, v in (stated["price"] | price).items() if v is not None}
    assert [d.code for d in refusal(scheme_from_data, stated)] == [code]


def test_yearly_cash_flows_come_to_their_net_present_value() -> None:
    """A saving that pays back an investment, as in contracts for energy performance; figures are made up."""
    flows = (-1000, 300, 420, 680)
    stated = scheme(
        leaf("value", 100, {"name": "ratio_to_highest", "field": "price"}), payment="received",
        price={"components": {f"y{n}": f"year_{n}" for n in range(1, 5)}, "years": 4, "discount_rate": "10%"},
    )  # fmt: skip
    result = evaluate(stated, {"a": {"prices": {f"y{n}": flow for n, flow in enumerate(flows, 1)}}})
    expected = sum((Fraction(flow) / Fraction(11, 10) ** n for n, flow in enumerate(flows)), Fraction(0))
    read = next(s for s in result.bids[0].step.walk() if s.label == Column("price"))
    assert read.value == expected
    assert round(expected, 2) == Fraction("130.73")
