"""The weight of one criterion moved: the total stays, and the others keep their proportions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.varied_weights import is_discontinuous, varied_weights

MARK = {"name": "mark", "out_of": 100}
PARTS = {"id": "quality", "weight": 60, "criteria": [leaf("x", 20, MARK), leaf("y", 40, MARK)]}


def scenario(*criteria, **rest):
    by_id = {"a": {"marks": {"x": 1, "y": 2, "z": 3}}, "b": {"marks": {"x": 3, "y": 2, "z": 1}}}
    stated = scheme(*(criteria or (PARTS, leaf("z", 40, MARK))), **rest)
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


@pytest.mark.parametrize(
    ("criterion", "weight", "points"),
    [("quality", 30, (10, 20, 70)), ("z", 70, (10, 20, 70)), ("x", 60, (60, 20, 20)), ("y", 10, (30, 10, 60))],
)
def test_proportions_stay_within_the_group_and_among_the_others(criterion, weight, points):
    varied = next(varied for varied in varied_weights(scenario()) if varied.criterion == criterion)
    assert tuple(varied.points_at(Fraction(weight)).values()) == points
    assert [w[0] for w in varied.points_draws(np.array([float(weight)])).values()] == pytest.approx(points)


def test_every_scored_criterion_and_every_group_at_the_top_can_be_moved():
    assert [varied.criterion for varied in varied_weights(scenario())] == ["quality", "x", "y", "z"]
    assert varied_weights(scenario(leaf("x", 100, MARK))) == ()


@pytest.mark.parametrize(
    ("rest", "leaping"),
    [
        ({}, False),
        ({"rounding": {"places": 1, "mode": "down", "at": ["score"]}}, False),
        ({"rounding": {"places": 1, "mode": "down", "at": ["criterion"]}}, True),
        ({"rounding": {"places": 1, "mode": "down", "at": ["group"]}}, False),  # there is none
        ({"shortlist": {"by": ["x"], "top": 1}}, True),
    ],
)
def test_figures_leap_where_points_are_rounded_or_weights_decide_who_is_in(rest, leaping):
    assert is_discontinuous(scenario(leaf("x", 60, MARK), leaf("z", 40, MARK), **rest)) == leaping
