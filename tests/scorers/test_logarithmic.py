"""Logarithms of the ratio to the lowest."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tender_eval.scorers.logarithmic import LogRatio

F = Fraction
STATED = {"zero_at_multiple": 4, "below_zero": "clamp"}


def test_equal_steps_in_proportion_cost_the_same(scoring, kept):
    found = scoring.exact(LogRatio, [100, 200, 400, 800], kept, **STATED)
    assert (found[0], found[2], found[3]) == (1, 0, 0)
    assert abs(found[1] - F(1, 2)) < F(1, 10**48)
    assert kept.said["max(0, 1 - log(figure / lowest) / log(zero_at_multiple))"]["zero_at_multiple"] == 4


def test_below_zero_as_stated(scoring):
    found = scoring.exact(LogRatio, [1, 16], zero_at_multiple=4, below_zero="allow")
    assert float(found[1]) == pytest.approx(-1)
    assert scoring.refused(LogRatio, zero_at_multiple=4) == ["TE011"]


@pytest.mark.parametrize("multiple", [1, "0.5", 0, -2])
def test_the_multiple_that_scores_zero_is_above_one(scoring, multiple):
    assert scoring.refused(LogRatio, zero_at_multiple=multiple, below_zero="clamp") == ["TE015"]


def test_a_single_bid_equal_bids_and_figures_of_zero(scoring):
    assert scoring.exact(LogRatio, [9], **STATED) == [1]
    assert scoring.exact(LogRatio, [9, 9], **STATED) == [1, 1]
    assert scoring.exact(LogRatio, [9], **STATED, single_bid=0) == [0]
    assert LogRatio().reads(scoring.params(LogRatio, **STATED))[0].above == 0
    assert scoring.exact(LogRatio, [0, 40], **STATED, floor=10) == [1, 0]


def test_in_batch_a_bid_that_is_out_may_hold_a_figure_without_a_logarithm(scoring):
    found = scoring.batch(LogRatio, {"price": [[0], [100], [400]]}, [[False], [True], [True]], **STATED)
    assert found[1:].tolist() == [[1], [0]]
