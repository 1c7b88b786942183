"""The price at which a bid draws level: just below it, it wins; just above, it does not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from generated import bids_for, compiled, schemes
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.results import PriceTipping
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.fairness.tipping.price import TOLERANCE, price_tipping

RATIO = {"name": "ratio_to_lowest"}
MARK = {"name": "mark", "out_of": 100}


def scenario(stated, by_id):
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def test_a_price_above_the_lowest_is_met_exactly():
    stated = scheme(leaf("quality", 60, MARK), leaf("price", 40, RATIO))
    found = scenario(
        stated, {"a": {"price": 100, "marks": {"quality": 80}}, "b": {"price": 110, "marks": {"quality": 70}}}
    )
    # 48 + 40 x / 100 = 42 + 40, x below 100
    assert price_tipping(found) == (PriceTipping("b", Fraction(110), Fraction(85), True),)


def test_a_bid_that_no_price_helps_has_none():
    stated = scheme(leaf("quality", 90, MARK), leaf("price", 10, RATIO))
    found = scenario(
        stated, {"a": {"price": 100, "marks": {"quality": 80}}, "b": {"price": 110, "marks": {"quality": 10}}}
    )
    assert price_tipping(found) == (PriceTipping("b", Fraction(110), None),)


def test_cost_per_quality_point_is_in_proportion():
    stated = scheme(leaf("quality", 100, MARK), rule="lowest_cost_per_quality_point")
    found = scenario(
        stated, {"a": {"price": 100, "marks": {"quality": 80}}, "b": {"price": 110, "marks": {"quality": 60}}}
    )
    assert price_tipping(found) == (PriceTipping("b", Fraction(110), Fraction(75), True),)


def test_components_move_together():
    model = {"components": {"once": "once", "yearly": "per_year"}, "years": 2}
    stated = scheme(leaf("price", 100, RATIO), price=model)
    found = scenario(stated, {"a": {"prices": {"once": 20, "yearly": 40}}, "b": {"prices": {"once": 60, "yearly": 30}}})
    assert price_tipping(found) == (PriceTipping("b", Fraction(120), Fraction(100), True),)
    assert found.with_price("b", Fraction(100)).bid("b").figures["prices.once"].value == 50


def test_logarithms_are_closed_in_on():
    log = {"name": "log_ratio", "zero_at_multiple": 3, "below_zero": "allow"}
    stated = scheme(leaf("quality", 60, MARK), leaf("price", 40, log))
    found = scenario(
        stated, {"a": {"price": 100, "marks": {"quality": 80}}, "b": {"price": 110, "marks": {"quality": 70}}}
    )
    (tip,) = price_tipping(found)
    assert tip.wins_at is not None
    assert not tip.exact
    # 6 = 40 log(100 / x) / log 3
    assert abs(float(tip.wins_at) - 100 / 3 ** (6 / 40)) < 1e-6


def test_without_a_price_there_is_nothing_to_tip():
    assert price_tipping(scenario(scheme(leaf("quality", 100, MARK)), {"a": {"marks": {"quality": 1}}})) == ()


@pytest.mark.slow
@settings(max_examples=15)
@given(st.data())
def test_below_the_reported_price_it_wins_and_above_it_does_not(data):
    compiled_scheme = compiled(data.draw(schemes()))
    found = Scenario(compiled_scheme, data.draw(bids_for(compiled_scheme, 4)))
    if evaluation_if_possible(found) is None:
        return
    for tip in price_tipping(found):
        assert tip.bid not in found.winner
        if tip.wins_at is None:
            continue
        assert 0 < tip.wins_at <= tip.price
        hair = tip.price * TOLERANCE
        assert tip.bid in found.with_price(tip.bid, tip.wins_at - hair).winner
        above = found.with_price(tip.bid, tip.wins_at + hair)
        assert tip.bid not in above.winner
        if tip.exact:
            level = found.with_price(tip.bid, tip.wins_at).evaluation
            figures = [b.figure for b in level.bids if b.figure is not None]
            assert figures.count(level.bid(tip.bid).figure) > 1
