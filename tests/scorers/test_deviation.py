"""Distances from the mean."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tender_eval.plugins.scorer import Trait
from tender_eval.plugins.table import FigureError
from tender_eval.scorers.deviation import MeanDeviation, StandardDeviation

F = Fraction
HELD = {"below_zero": "clamp"}


def test_one_percent_of_the_marks_for_one_percent_of_the_mean(scoring, kept):
    assert scoring.exact(MeanDeviation, [90, 100, 110], kept, **HELD) == [F(3, 5), F(1, 2), F(2, 5)]
    assert kept.said["max(0, min(1, 50% - (figure - mean) / mean))"]["mean"] == 100


def test_it_is_held_at_full_marks_and_below_zero_as_stated(scoring):
    assert scoring.exact(MeanDeviation, [10, 10, 280], **HELD) == [1, 1, 0]
    assert scoring.exact(MeanDeviation, [10, 10, 280], below_zero="allow") == [1, 1, F(-13, 10)]
    assert scoring.refused(MeanDeviation) == ["TE011"]


def test_a_single_bid_and_equal_bids_stand_at_the_mean(scoring):
    assert scoring.exact(MeanDeviation, [5], **HELD) == [F(1, 2)]
    assert scoring.exact(MeanDeviation, [5, 5], **HELD) == [F(1, 2)] * 2
    assert scoring.exact(MeanDeviation, [5], **HELD, single_bid="100%") == [1]
    assert scoring.exact(StandardDeviation, [5], k="20%", **HELD) == [F(1, 2)]
    assert scoring.exact(StandardDeviation, [5, 5, 5], k="20%", **HELD) == [F(1, 2)] * 3
    assert scoring.exact(StandardDeviation, [5], k="20%", **HELD, single_bid="100%") == [1]


def test_a_mean_of_zero_is_an_error_in_both_arithmetics(scoring):
    assert MeanDeviation().reads(scoring.params(MeanDeviation, **HELD))[0].above == 0
    with pytest.raises(FigureError, match="mean of price is zero"):
        scoring.exact(MeanDeviation, [0, 0], **HELD, floor=0)
    with pytest.raises(FigureError, match="mean of price is zero"):
        scoring.batch(MeanDeviation, {"price": [[0, 1], [0, 1]]}, **HELD, floor=0)
    assert scoring.batch(MeanDeviation, {"price": [[0], [0]]}, [[False], [False]], **HELD, floor=0).shape == (
        2,
        1,
    )


def test_with_two_bids_the_distance_is_always_the_same(scoring):
    near = scoring.exact(StandardDeviation, [100, 101], k=1, below_zero="allow")
    far = scoring.exact(StandardDeviation, [1, 1000], k=1, below_zero="allow")
    assert near == far
    assert float(F(1, 2) - near[1]) == pytest.approx(0.7071067811865476)


def test_the_deviation_of_a_population_divides_by_the_number_of_bids(scoring):
    # 2, 4, 4, 4, 5, 5, 7, 9: mean 5, population deviation 2, sample deviation the root of 32 / 7.
    figures = [2, 4, 4, 4, 5, 5, 7, 9]
    found = scoring.exact(StandardDeviation, figures, k="10%", deviation="population", **HELD)
    assert found == [F(65, 100), *[F(55, 100)] * 3, F(1, 2), F(1, 2), F(2, 5), F(3, 10)]
    sample = scoring.exact(StandardDeviation, figures, k="10%", **HELD)
    assert float(sample[-1]) == pytest.approx(0.5 - 0.1 * 4 / (32 / 7) ** 0.5)


def test_a_lower_price_can_help_a_dear_rival_so_monotone_is_not_promised(scoring):
    stated = {"k": "20%", "below_zero": "allow"}
    before = scoring.exact(StandardDeviation, [90, 100, 100, 130], **stated)[3]
    assert scoring.exact(StandardDeviation, [40, 100, 100, 130], **stated)[3] > before
    assert StandardDeviation().traits_for(scoring.params(StandardDeviation, **stated)) == {Trait.SCALE_FREE}


def test_what_must_be_stated(scoring):
    assert scoring.refused(StandardDeviation) == ["TE011", "TE011"]
    assert scoring.refused(StandardDeviation, k=0, **HELD) == ["TE015"]


def test_floats_that_stand_for_equal_figures_do_not_deviate(scoring):
    found = scoring.batch(StandardDeviation, {"price": [0.1 + 0.2, 0.3, 0.3]}, k="20%", **HELD)
    assert found.tolist() == [[0.5], [0.5], [0.5]]
