"""Published worked examples, each by its source, as far as one scorer alone can express them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tender_eval.model.numeric import round_fraction
from tender_eval.scorers.bands import FixedBand
from tender_eval.scorers.deviation import MeanDeviation
from tender_eval.scorers.formula import Formula
from tender_eval.scorers.linear import LinearAboveLowest, LinearBetweenBids
from tender_eval.scorers.ratio import RatioToHighest, RatioToLowest

F = Fraction


def rounded(scores, out_of, places):
    return [float(round_fraction(score * out_of, places, "half_up")) for score in scores]


@pytest.mark.parametrize(
    ("prices", "out_of", "places", "expected"),
    [
        pytest.param([10000, 8000], 70, 1, [56.0, 70.0], id="negometrix-low-bid"),
        pytest.param([100, 105, 108], 40, 0, [40, 38, 37], id="impactbids-40"),
        pytest.param([15000, 10000, 30000], 1, 3, [0.667, 1.0, 0.333], id="ccs-digital-marketplace"),
        pytest.param([50000, 55000], 300, 1, [300.0, 272.7], id="georgia-doas"),
        pytest.param([85, 100], 10, 1, [10.0, 8.5], id="bevan-brittan-zero, line 1"),
        pytest.param([15, 25], 5, 1, [5.0, 3.0], id="bevan-brittan-zero, line 3"),
    ],
)
def test_lowest_price_over_price(scoring, prices, out_of, places, expected):
    assert rounded(scoring.exact(RatioToLowest, prices), out_of, places) == expected


def test_the_slip_of_tenderwolf_that_takes_a_price_that_is_not_the_lowest(scoring):
    published = [100.0, 111.0, 91.0]  # relative to 100,000, though 90,000 is the lowest
    found = rounded(scoring.exact(RatioToLowest, [100000, 90000, 110000]), 100, 0)
    assert found == [90.0, 100.0, 82.0]
    assert found != published


def test_japan_fe_h27a_q66(scoring):
    found = scoring.exact(FixedBand, [700, 800, 900], full_at=0, zero_at=1000)
    assert [score * 100 + t for score, t in zip(found, [50, 65, 80], strict=True)] == [80, 85, 90]
    # The page's explanation gives the bid above the ceiling +10; the formula gives -10.
    above = scoring.exact(Formula, [1100], expression="1 - price / 1000", below_zero="allow")
    assert above == [F(-1, 10)]


def test_stegriff_linear(scoring):
    found = scoring.exact(LinearBetweenBids, [5995, 8995, 6450, 7295])
    assert rounded(found, 10, 2) == [10.0, 0.0, 8.48, 5.67]


def test_swiss_be_2018_gef_1669(scoring):
    prices = [F("2945338.05"), F("4123473.27")]
    assert scoring.exact(LinearAboveLowest, prices, zero_at_percent=40, below_zero="allow") == [1, 0]


def test_materialsmanagement_lqb(scoring):
    found = scoring.exact(LinearAboveLowest, [100, 125, 140], below_zero="clamp")
    assert [(1 - score) * 100 for score in found] == [0, 25, 40]


def test_dbw_17_3(scoring):
    columns = {"price": [10940000, 9870000, 8700000], "values.technical": [93, 89, 82]}
    found = scoring.exact(Formula, columns, expression="values.technical * 10000000 / price / 100")
    assert rounded(found, 100, 0) == [85, 90, 94]


def test_prozorro_cfaselection_award(scoring):
    columns = {"price": [499], "values.features": [F(1, 5)]}
    weighted = "price / (1 + values.features / (1 - 30%)) / 1000"
    found = scoring.exact(Formula, columns, expression=weighted)
    assert rounded(found, 1000, 2) == [388.11]
    coefficient = scoring.exact(Formula, columns, expression="(1 + values.features / (1 - 30%)) / 2")
    assert coefficient == [F(9, 14)]


def test_quality_relative_to_the_best(scoring):
    assert scoring.exact(RatioToHighest, {"values.q": [80, 92]}, field="values.q") == [F(20, 23), 1]


# Quality 60%, price 40%: A has 80% at 100, B has 92% at 125, C 10% at 50, and there are dummies at 400.
QUALITY = {"a": F(80, 100), "b": F(92, 100), "c": F(10, 100), "dummy": F(0)}
PRICE = {"a": 100, "b": 125, "c": 50, "dummy": 400}


def totals(scoring, scorer, bids, **stated):
    scores = scoring.exact(scorer, [PRICE[bid] for bid in bids], **stated)
    return {bid: 60 * QUALITY[bid] + 40 * score for bid, score in zip(bids, scores, strict=True)}


@pytest.mark.parametrize(
    ("scorer", "stated", "bids", "expected"),
    [
        (RatioToLowest, {}, "a b", {"a": 88, "b": F("87.2")}),
        (RatioToLowest, {}, "a b c", {"a": 68, "b": F("71.2"), "c": 46}),
        (LinearBetweenBids, {}, "a b", {"a": 88, "b": F("55.2")}),
        (LinearBetweenBids, {}, "a b dummy", {"a": 88, "b": F("55.2") + F(110, 3), "dummy": 0}),
        (
            LinearAboveLowest,
            {"zero_at_percent": 50, "below_zero": "allow"},
            "a b c",
            {"a": 8, "b": F("-24.8"), "c": 46},
        ),
    ],
)
def test_what_another_bid_does_to_the_order_of_the_others(scoring, scorer, stated, bids, expected):
    assert totals(scoring, scorer, bids.split(), **stated) == expected


def test_a_dummy_flips_the_order_under_mean_deviation(scoring):
    without = totals(scoring, MeanDeviation, ["a", "b"], below_zero="clamp")
    beside = totals(scoring, MeanDeviation, ["a", "b", "dummy"], below_zero="clamp")
    assert without["a"] > without["b"]
    assert beside["a"] < beside["b"]
