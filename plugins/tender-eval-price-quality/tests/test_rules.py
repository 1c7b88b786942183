"""Each award rule, worked by hand, with the prices at which bids would be level."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tender_eval_price_quality import RULES

from tender_eval import Refused
from tender_eval.languages import steps as words
from tender_eval.testing import parametrize_with_checks

F = Fraction
BIDS = {"a": (80, 100000), "b": (60, 80000), "c": (90, 120000)}


@parametrize_with_checks(*RULES)
def test_every_promise_is_kept(check):
    check()


def figures(found):
    return {bid.id: bid.figure for bid in found.bids if bid.rank}


def level(found, bid):
    """The price of the bid's working at which it would be level with the best."""
    return next(s for step in found.bid(bid).step.walk() for s in words.working(step).split("; ") if " = " in s)


def test_value_over_median(ranked):
    # Median quality 80, median price 100,000. a: 0.6 - 0.4. b: 0.6 x 0.75 - 0.4 x 0.8. c: 0.6 x 1.125 - 0.4 x 1.2.
    found = ranked("value_over_median", BIDS, quality_weight="60%")
    assert figures(found) == {"a": F(2, 10), "c": F(195, 1000), "b": F(13, 100)}


def test_value_over_mean(ranked):
    # Mean quality 230/3, mean price 100,000.
    found = ranked("value_over_mean", BIDS, quality_weight="60%")
    assert figures(found)["a"] == F(6, 10) * 80 * 3 / 230 - F(4, 10)
    assert figures(found)["c"] == F(6, 10) * 90 * 3 / 230 - F(48, 100)
    assert found.winner == ("a",)


def test_reference_value_does_not_turn_on_other_bids(ranked):
    stated = {"quality_weight": "60%", "reference_quality": 80, "reference_price": 100000}
    assert figures(ranked("reference_value", BIDS, **stated))["b"] == F(13, 100)
    assert figures(ranked("reference_value", {"b": BIDS["b"]}, **stated)) == {"b": F(13, 100)}


def test_base_quality_per_price(ranked):
    # 180 / 100,000, 160 / 80,000 and 190 / 120,000: b wins, though c has more quality.
    found = ranked("base_quality_per_price", BIDS, base=100)
    assert figures(found) == {"b": F(160, 80000), "a": F(180, 100000), "c": F(190, 120000)}


@pytest.mark.parametrize(
    ("rule", "stated"),
    [
        ("base_quality_per_price", {"base": 100}),
        ("reference_value", {"quality_weight": "60%", "reference_quality": 80, "reference_price": 100000}),
    ],
)
def test_at_the_price_that_is_recorded_a_bid_is_level_with_the_best(ranked, rule, stated):
    found = ranked(rule, BIDS, **stated)
    (best,) = found.winner
    for bid in BIDS.keys() - {best}:
        price = Fraction(level(found, bid).split(" = ")[0])
        again = ranked(rule, {**BIDS, bid: (BIDS[bid][0], price)}, **stated)
        assert set(again.winner) == {bid, best}
        cheaper = ranked(rule, {**BIDS, bid: (BIDS[bid][0], price - F(1, 100))}, **stated)
        assert cheaper.winner == (bid,)


@pytest.mark.parametrize(
    ("rule", "stated", "code"),
    [
        ("value_over_median", {"quality_weight": "100%"}, "TE015"),
        ("value_over_mean", {}, "TE011"),
        ("reference_value", {"quality_weight": "60%", "reference_quality": 80}, "TE011"),
        ("base_quality_per_price", {"base": 0}, "TE015"),
    ],
)
def test_parameters_that_are_refused(ranked, rule, stated, code):
    with pytest.raises(Refused) as caught:
        ranked(rule, BIDS, **stated)
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_a_median_quality_of_zero_is_told(ranked):
    with pytest.raises(Refused, match="reference value of quality is not above zero"):
        ranked("value_over_median", {"a": (0, 1), "b": (0, 2), "c": (5, 3)}, quality_weight="60%")
