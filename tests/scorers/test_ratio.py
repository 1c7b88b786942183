"""Scores in proportion to the lowest or the highest figure."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tender_eval.plugins.scorer import Trait
from tender_eval.scorers.ratio import RatioToHighest, RatioToLowest

F = Fraction


def test_the_lowest_earns_all_and_the_others_their_share(scoring, kept):
    assert scoring.exact(RatioToLowest, [10000, 8000, 16000], kept) == [F(4, 5), 1, F(1, 2)]
    assert list(kept.said) == ["lowest / figure"]
    assert kept.said["lowest / figure"]["lowest"] == 8000


def test_the_highest_earns_all_and_the_others_their_share(scoring, kept):
    assert scoring.exact(RatioToHighest, [10, 4, 0], kept) == [1, F(2, 5), 0]
    assert list(kept.said) == ["figure / highest"]


@pytest.mark.parametrize("scorer", [RatioToLowest, RatioToHighest])
def test_a_single_bid_and_equal_bids_earn_full_marks(scoring, scorer):
    assert scoring.exact(scorer, [70]) == [1]
    assert scoring.exact(scorer, [70, 70, 70]) == [1, 1, 1]


@pytest.mark.parametrize("scorer", [RatioToLowest, RatioToHighest])
def test_the_published_score_of_an_only_bid_holds_for_one_bid_alone(scoring, scorer):
    assert scoring.exact(scorer, [70], single_bid="80%") == [F(4, 5)]
    assert scoring.exact(scorer, [70, 70], single_bid="80%") == [1, 1]


def test_in_batch_the_only_bid_of_a_draw_is_found_by_the_mask(scoring):
    found = scoring.batch(
        RatioToLowest, {"price": [[50, 50], [100, 100]]}, [[True, False], [True, True]], single_bid="80%"
    )
    assert found[:, 0].tolist() == [1, 0.5]
    assert found[1, 1] == 0.8


def test_a_zero_or_negative_price_is_refused_at_the_figure_unless_a_floor_is_published(scoring):
    (plain,) = RatioToLowest().reads(scoring.params(RatioToLowest))
    assert (plain.column, plain.better, plain.above) == ("price", "lower", 0)
    (floored,) = RatioToLowest().reads(scoring.params(RatioToLowest, floor=10))
    assert floored.above is None
    assert scoring.exact(RatioToLowest, [0, -5, 20], floor=10) == [1, 1, F(1, 2)]
    assert scoring.refused(RatioToLowest, floor=0) == ["TE015"]


def test_a_floor_costs_the_promise_that_the_currency_does_not_matter(scoring):
    assert Trait.SCALE_FREE in RatioToLowest().traits_for(scoring.params(RatioToLowest))
    assert Trait.SCALE_FREE not in RatioToLowest().traits_for(scoring.params(RatioToLowest, floor=10))


def test_where_all_are_zero_nobody_earns_anything(scoring):
    assert scoring.exact(RatioToHighest, [0, 0]) == [0, 0]
    assert scoring.batch(RatioToHighest, {"price": [0, 0]}).tolist() == [[0], [0]]
    (reads,) = RatioToHighest().reads(scoring.params(RatioToHighest))
    assert (reads.better, reads.at_least) == ("higher", 0)
