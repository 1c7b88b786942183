"""Price curves: at each price, what the exact evaluation gives for it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.price_curves import price_curves
from tender_eval.fairness.scenarios.scenario import Scenario

BIDS = {"A": {"price": 100, "marks": {"quality": 80}}, "B": {"price": 120, "marks": {"quality": 70}}}
QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})


def scenario(scorer: object) -> Scenario:
    stated = scheme(QUALITY, leaf("price", 40, scorer))
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(BIDS)))


@pytest.mark.parametrize(
    "scorer", ["ratio_to_lowest", "linear_between_bids", {"name": "fixed_band", "full_at": 60, "zero_at": 150}]
)
def test_the_curve_is_the_score_of_the_leading_bid_as_its_price_moves(scorer: object) -> None:
    found = scenario(scorer)
    (curve,) = price_curves(found, steps=14)
    assert curve.criterion == "price"
    assert (curve.prices[0], curve.prices[-1], len(curve.prices)) == (50, 180, 14)
    for price, score in zip(curve.prices, curve.scores, strict=True):
        moved = found.with_price(found.order[0], Fraction(round(price)))
        result = moved.evaluation.bid(found.order[0])
        assert result is not None
        scored = result.criterion("price")
        assert scored is not None
        assert scored.score is not None
        assert score == pytest.approx(float(scored.score), abs=1e-9)


def test_the_bids_stand_at_their_own_scores() -> None:
    (curve,) = price_curves(scenario("ratio_to_lowest"))
    assert curve.bids == {"A": (100.0, 1.0), "B": (120.0, pytest.approx(1 / 1.2))}


def test_the_line_goes_through_the_bids_with_which_it_bends() -> None:
    (curve,) = price_curves(scenario({"name": "linear_between_bids"}), steps=4)  # 50, 93.3, 136.7 and 180
    line = dict(zip(curve.prices, curve.scores, strict=True))
    assert {100.0, 120.0} <= set(line)


def test_no_curve_where_no_price_is_scored() -> None:
    stated = scheme(leaf("quality", 100, {"name": "mark", "out_of": 100}))
    found = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(BIDS)))
    assert price_curves(found) == ()
