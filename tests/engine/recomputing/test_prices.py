"""How prices came about, held against the engine's own steps."""

from __future__ import annotations

from fractions import Fraction

from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.recomputing.prices import Adjusted, PriceOfBid, factors, prices_of

SMALL = {"id": "small", "when": "supplier.size is small", "by": "-5%", "of": "lowest"}
YEARLY: dict[str, object] = {"components": {"setup": "once", "yearly": "per_year"}, "years": 3, "discount_rate": "0%"}


def found(price: dict[str, object], by_id: dict[str, dict[str, object]]) -> dict[str, PriceOfBid]:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), price=price, award={"on_rejection": "recompute"})
    compiled, offered = compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id))
    return prices_of(compiled.plan, offered, compiled.evaluate(offered))


def test_an_adjusted_price_has_what_it_was_and_what_changed_it() -> None:
    by_id: dict[str, dict[str, object]] = {
        "a": {"price": 100, "supplier": {"name": "A", "size": "large"}},
        "b": {"price": 110, "supplier": {"name": "B", "size": "small"}},
    }
    none = Adjusted(applies=False, unless=True, of=Fraction(0), change=Fraction(0))
    less = Adjusted(applies=True, unless=True, of=Fraction(100), change=Fraction(-5))
    assert found({"adjust": [SMALL]}, by_id) == {
        "a": PriceOfBid((Fraction(100),), Fraction(100), True, (none,), Fraction(100)),
        "b": PriceOfBid((Fraction(110),), Fraction(110), True, (less,), Fraction(105)),
    }


def test_a_price_of_components_has_the_figures_that_count() -> None:
    price: dict[str, object] = {
        "components": {"setup": "once", "yearly": "per_year"},
        "years": 3,
        "discount_rate": "0%",
    }
    made = found(price, {"a": {"prices": {"setup": 10, "yearly": 20}}})
    assert made["a"] == PriceOfBid((Fraction(10), Fraction(20)), None, False, (), Fraction(70))


def test_a_component_counts_as_often_as_it_is_paid() -> None:
    stated = scheme(
        leaf("price", 100, "ratio_to_lowest"),
        price=YEARLY,
    )
    model = compile_scheme(scheme_from_data(stated), CATALOGUE).plan.scheme.price
    assert model is not None
    assert factors(model) == (1, 3)
