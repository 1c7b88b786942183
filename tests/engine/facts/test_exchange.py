"""Prices in several currencies: compared at the published rates, told in both, and refused without one."""

from fractions import Fraction
from typing import Any

import pytest
from inline import CATALOGUE, bids, evaluate, figures, leaf, refusal, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.languages import steps
from tender_eval.model.explanation.formulas import Column

RATES = {"in": "GBP", "rates": {"EUR": "0.86", "USD": "0.75"}, "on": "2026-05-01", "source": "Bank of England"}


def priced(**rest: Any) -> dict[str, Any]:
    return scheme(leaf("price", 100, "ratio_to_lowest"), rule="lowest_price", **({"currency": RATES} | rest))


def test_one_unit_of_another_currency_is_its_rate_of_the_schemes_own() -> None:
    """The direction is the one that is read off the key: one EUR is 0.86 of GBP, as central banks publish it."""
    offered = {"a": {"currency": "EUR", "price": 1000}, "b": {"price": 900}, "c": {"currency": "GBP", "price": 870}}
    result = evaluate(priced(), offered)
    assert figures(result) == {"a": 860, "c": 870, "b": 900}
    told = next(s for s in result.bids[0].step.walk() if s.label == Column("price"))
    assert (steps.formula(told), steps.working(told)) == ("stated x exchange_rate", "1000 x 0.86")
    assert told.inputs[0].value == 1000


def test_components_rates_and_adjustments_are_in_the_schemes_currency() -> None:
    price = {
        "components": {"setup": "once"}, "schedule": [{"id": "night", "quantity": 10}], "prevails": "unit",
        "adjust": [{"id": "far", "by": "-10%", "of": "rates.night"}, {"id": "fee", "by": "5"}],
    }  # fmt: skip
    offered = {"a": {"currency": "USD", "prices": {"setup": 100}, "rates": {"night": 8}, "totals": {"night": 90}}}
    result = evaluate(priced(price=price), offered)
    assert figures(result) == {"a": (100 + 80) * Fraction(3, 4) - Fraction(60, 10) + 5}
    (flag,) = result.bids[0].flags
    assert (getattr(flag, "stated", None), getattr(flag, "product", None)) == (Fraction("67.5"), 60)


def test_a_bid_without_a_rate_and_a_file_without_one_are_refused() -> None:
    (found,) = refusal(evaluate, priced(), {"a": {"currency": "CHF", "price": 5}})
    assert (found.code, found.message) == ("TE064", 'bid "a" is in CHF, the scheme in GBP')
    assert found.hint == "give its prices in GBP, or in EUR, USD: the scheme states no rate of CHF"
    (found,) = refusal(evaluate, priced(currency="GBP"), {"a": {"currency": "EUR", "price": 5}})
    assert found.hint == "give all prices in GBP"
    whole = bids({"a": {"price": 100}}) | {"currency": "EUR"}
    assert compile_scheme(scheme_from_data(priced()), CATALOGUE).evaluate(bids_from_data(whole)).bids[0].figure == 86


@pytest.mark.parametrize(
    ("change", "code"),
    [({"rates": {"GBP": 1}}, "TE028"), ({"rates": {"EUR": "86%"}}, "TE014"), ({"rates": {"EUR": 0}}, "TE015"),
     ({"rates": {}}, "TE018"), ({"on": "May"}, "TE016"), ({"rates": {"eur": 1}}, "TE012")],
)  # fmt: skip
def test_rates_are_whole_or_refused(change: dict[str, Any], code: str) -> None:
    found = refusal(scheme_from_data, priced(currency=RATES | change))
    assert [d.code for d in found] == [code]


def test_a_scheme_with_rates_is_written_back() -> None:
    made = scheme_from_data(priced())
    assert scheme_from_data(scheme_data(made)) == made
