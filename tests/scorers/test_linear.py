"""Straight lines whose ends the bids set."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tender_eval.scorers.linear import LinearAboveLowest, LinearBetweenBids

F = Fraction


@pytest.mark.parametrize(
    ("zero_at", "expected"),
    [(100, [1, F(3, 4), 0]), (40, [1, F(3, 8), F(-3, 2)]), (150, [1, F(5, 6), F(1, 3)])],
    ids=["South Africa", "Switzerland", "Denmark"],
)
def test_the_marks_run_out_so_many_percent_above_the_lowest(scoring, zero_at, expected):
    found = scoring.exact(LinearAboveLowest, [100, 125, 200], zero_at_percent=zero_at, below_zero="allow")
    assert found == expected
    held = scoring.exact(LinearAboveLowest, [100, 125, 200], zero_at_percent=zero_at, below_zero="clamp")
    assert held == [max(score, 0) for score in expected]


def test_a_percentage_sign_would_count_twice(scoring):
    assert scoring.refused(LinearAboveLowest, zero_at_percent="50%", below_zero="clamp") == ["TE014"]


def test_what_happens_below_zero_has_no_default(scoring):
    assert scoring.refused(LinearAboveLowest) == ["TE011"]
    assert scoring.refused(LinearAboveLowest, below_zero="perhaps") == ["TE016"]
    assert scoring.refused(LinearAboveLowest, below_zero="allow", zero_at_percent=0) == ["TE015"]
    assert LinearAboveLowest().unbounded_below(scoring.params(LinearAboveLowest, below_zero="allow"))
    assert not LinearAboveLowest().unbounded_below(scoring.params(LinearAboveLowest, below_zero="clamp"))


def test_minus_4_1_out_of_ten_can_be_reached_where_it_is_allowed(scoring):
    assert scoring.exact(LinearAboveLowest, [100, 241], below_zero="allow")[1] * 10 == F(-41, 10)


def test_a_single_bid_and_equal_bids_earn_full_marks(scoring):
    assert scoring.exact(LinearAboveLowest, [7], below_zero="clamp") == [1]
    assert scoring.exact(LinearAboveLowest, [7, 7], below_zero="clamp") == [1, 1]
    assert scoring.exact(LinearAboveLowest, [7], below_zero="clamp", single_bid="50%") == [F(1, 2)]
    assert scoring.exact(LinearBetweenBids, [7]) == [1]
    assert scoring.exact(LinearBetweenBids, [7, 7]) == [1, 1]
    assert scoring.exact(LinearBetweenBids, [7], single_bid="60%") == [F(3, 5)]


def test_between_the_bids_either_end_can_be_best(scoring, kept):
    assert scoring.exact(LinearBetweenBids, [100, 125, 200], kept) == [1, F(3, 4), 0]
    assert scoring.exact(LinearBetweenBids, [100, 125, 200], best="highest") == [0, F(1, 4), 1]
    assert kept.said["(worst - figure) / (worst - best)"]["worst"] == 200


def test_floats_that_stand_for_equal_figures_are_equal(scoring):
    # 0.1 + 0.2 is not 0.3 in floats; in a tender it is.
    assert scoring.batch(LinearBetweenBids, {"price": [0.1 + 0.2, 0.3]}).tolist() == [[1], [1]]


def test_zero_and_negative_figures(scoring):
    for params, limits in [
        ({}, (0, None)),
        ({"best": "highest"}, (None, 0)),
        ({"floor": -5}, (None, None)),
        ({"best": "highest", "floor": 0}, (None, None)),
    ]:
        (reads,) = LinearBetweenBids().reads(scoring.params(LinearBetweenBids, **params))
        assert (reads.above, reads.at_least) == limits
    assert scoring.exact(LinearBetweenBids, [-10, 0, 5], floor=-5) == [1, F(1, 2), 0]
    assert scoring.exact(LinearAboveLowest, [0, 15], floor=10, below_zero="clamp") == [1, F(1, 2)]


def test_a_draw_without_bids_is_no_error(scoring):
    for scorer, params in [(LinearAboveLowest, {"below_zero": "clamp"}), (LinearBetweenBids, {})]:
        found = scoring.batch(scorer, {"price": [[100, 100], [150, 150]]}, [[True, False], [True, False]], **params)
        assert found[0, 0] == 1
