"""Rated criteria, worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tender_eval_qcbs import RULES

from tender_eval import Refused, bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.testing import parametrize_with_checks

F = Fraction
CATALOGUE = load_catalogue({})
BIDS = {"a": (80, 1000), "b": (60, 800), "c": (40, 1600)}


@parametrize_with_checks(*RULES)
def test_every_promise_is_kept(check):
    check()


def ranked(bids, **rule):
    """The evaluation of bids, each its technical points of 100 and its cost."""
    data = {
        "format": "tender-eval/scheme/1", "id": "s", "title": "S", "weights": "points",
        "criteria": [{"id": "technical", "weight": 100, "scorer": {"name": "mark", "out_of": 100}}],
        "award": {"rule": {"name": "rated_criteria", **rule}, "on_rejection": "recompute"},
    }  # fmt: skip
    listed = [{"id": n, "price": cost, "marks": {"technical": mark}} for n, (mark, cost) in bids.items()]
    compiled = compile_scheme(scheme_from_data(data), CATALOGUE)
    return compiled.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": listed}))


def test_cost_against_the_lowest_and_points_against_the_highest():
    # a: 0.8 x 70 + 1 x 30 = 86. b: 70 + 0.75 x 30 = 92.5. c: 0.5 x 70 + 0.5 x 30 = 50.
    found = ranked(BIDS, cost_weight="70%")
    assert {bid.id: bid.figure for bid in found.bids} == {"b": F(925, 10), "a": 86, "c": 50}


def test_the_order_of_two_bids_can_turn_on_a_third():
    # a 0.8 x 55 + 45 = 89, b 55 + 0.75 x 45 = 88.75. With d the highest has 100 points: a 44 + 36, b 55 + 27.
    pair = {"a": (80, 1000), "b": (60, 800)}
    assert [bid.id for bid in ranked(pair, cost_weight="55%").bids] == ["a", "b"]
    assert [bid.id for bid in ranked({**pair, "d": (100, 4000)}, cost_weight="55%").bids] == ["b", "a", "d"]


def test_an_only_bid_has_all():
    assert ranked({"a": (5, 1000)}, cost_weight="40%").bids[0].figure == 100


@pytest.mark.parametrize("weight", ["0%", "100%"])
def test_both_must_count(weight):
    with pytest.raises(Refused, match="TE015"):
        ranked(BIDS, cost_weight=weight)


def test_no_technical_score_at_all_is_told():
    with pytest.raises(Refused, match="no bid has a technical score"):
        ranked({"a": (0, 1000), "b": (0, 800)}, cost_weight="40%")
