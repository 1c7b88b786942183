"""Leaps: between two neighbouring ones nothing that decides comes out otherwise, by the definition of rounding."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from generated import bids_for, compiled, schemes
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.scenarios.reranking import Reranking, award_changes
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.discontinuities import (
    Lines,
    all_changes_found,
    comparisons,
    discontinuities,
    rounded_sums,
)
from tender_eval.fairness.tipping.varied_weights import is_discontinuous, varied_weights
from tender_eval.model.diagnostics import Refused

STRAIGHT = (
    *("highest_score", "lowest_price", "highest_quality_within_budget", "grants_within_pot"),
    *("lowest_cost_per_quality_point", "highest_quality_per_price", "lowest_price_less_quality_premium"),
)
MARK = {"name": "mark", "out_of": 100}
RATIO = {"name": "ratio_to_lowest"}
PARTS = {"id": "quality", "weight": 60, "criteria": [leaf("x", 20, MARK), leaf("y", 40, MARK)]}


def plan(at, *criteria, **rest):
    criteria = criteria or (PARTS, leaf("price", 40, MARK))
    rounding = {"places": 1, "mode": "half_up", "at": at} if at else None
    stated = scheme(*criteria, **({"rounding": rounding} if rounding else {}), **rest)
    return compile_scheme(scheme_from_data(stated), CATALOGUE).plan


@pytest.mark.parametrize(
    ("at", "total", "sums", "rest"),
    [
        ([], True, [], [1, 1, 1]),
        (["criterion"], False, [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0]),
        (["criterion", "group", "total"], True, [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0]),  # once is enough
        (["group"], False, [[1, 1, 0]], [0, 0, 1]),
        (["group", "total"], True, [[1, 1, 0], [0, 0, 1]], [0, 0, 0]),
        (["total"], True, [[1, 1, 1]], [0, 0, 0]),
        (["total"], False, [], [1, 1, 1]),  # of what the rule does not rank by, the total is no part
    ],
)
def test_what_is_rounded_on_the_way_to_the_points(at, total, sums, rest):
    found = rounded_sums(plan(at), ("quality", "price"), total)
    assert (found[0].tolist(), found[1].tolist()) == (sums, rest)


def all_discontinuities(scenario, varied, start, end, points=None, most=10**6):
    zero, one = varied.points_draws(np.zeros(1)), varied.points_draws(np.ones(1))
    names = [leaf.id for leaf in scenario.plan.leaves]
    at = np.array([zero[name][0] for name in names])
    lines = Lines(at, np.array([one[name][0] for name in names]) - at)
    scores = Reranking(scenario).scores(points or {leaf.id: leaf.points for leaf in scenario.plan.leaves})
    return discontinuities(scenario.plan, comparisons(scenario, *scores), lines, start, end, most)


def test_lines_that_meet_and_minimums_that_open_are_leaps():
    group = {"id": "all", "weight": 100, "minimum": "50%", "criteria": [leaf("x", 50, MARK), leaf("y", 50, MARK)]}
    by_id = {"a": {"marks": {"x": 90, "y": 30}}, "b": {"marks": {"x": 60, "y": 50}}}
    stated = compile_scheme(scheme_from_data(scheme(group)), CATALOGUE)
    scenario = Scenario(stated, bids_from_data(bids(by_id)))
    x = next(varied for varied in varied_weights(scenario) if varied.criterion == "x")
    # 90 w + 30 (100 - w) = 50 x 100 at 33.3; 30 w = 20 (100 - w) at 40; b has the half with any weight on x
    assert all_discontinuities(scenario, x, 1.0, 99.0) == pytest.approx([100 / 3, 40])


def test_only_near_where_they_meet_do_rounded_numbers_matter():
    by_id = {"a": {"marks": {"q": 90, "r": 50}}, "b": {"marks": {"q": 60, "r": 80}}}
    stated = scheme(
        leaf("q", 60, MARK), leaf("r", 40, MARK), rounding={"places": 1, "mode": "down", "at": ["criterion"]}
    )
    scenario = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    q = next(varied for varied in varied_weights(scenario) if varied.criterion == "q")
    found = all_discontinuities(scenario, q, 1.0, 99.0)
    near = 0.2 / 0.6  # two roundings of a tenth each, over what the lead changes by a point of weight
    assert found.min() == pytest.approx(50 - near)
    assert found.max() == pytest.approx(50 + near)
    stepping = {w for score in (90, 60) for k in range(1_000) if 50 - near < (w := k / score * 10) < 50 + near}
    stepping |= {w for s in (50, 80) for k in range(1_000) if 50 - near < (w := 100 - k / s * 10) < 50 + near}
    assert all(np.abs(found - w).min() < 1e-9 for w in stepping)


def test_of_very_many_the_nearest_are_told():
    """To nine places there are thousands of millions of steps where bids are near for long."""
    parts = [leaf("q", 30, MARK), leaf("r", 30, MARK), leaf("price", 40, RATIO)]

    def of(places, price="100.1"):
        by_id = {"a": {"price": 100, "marks": {"q": 80, "r": 60}}, "b": {"price": price, "marks": {"q": 60, "r": 80}}}
        stated = scheme(*parts, rounding={"places": places, "mode": "down", "at": ["criterion"]})
        found = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
        return found, next(varied for varied in varied_weights(found) if varied.criterion == "price")

    for start, end in ((40.0, 1.0), (1.0, 40.0)):
        whole, few = all_discontinuities(*of(2), start, end), all_discontinuities(*of(2), start, end, most=50)
        nearest = sorted(whole, key=lambda w: abs(w - start))[:50]
        assert len(few) < len(whole)
        assert set(nearest) <= set(few.tolist())
    assert 1_000 <= len(all_discontinuities(*of(9, "100.000000001"), 39.0, 1.0, most=1_000)) < 20_000


@pytest.mark.parametrize(
    ("rest", "certain"),
    [
        ({}, True),
        ({"rule": "lowest_cost_per_quality_point"}, True),
        ({"rule": "lowest_cost_per_quality_point", "at": ["criterion"]}, True),
        ({"rule": "lowest_cost_per_quality_point", "at": ["total"]}, False),
        ({"rule": "weighted_value_index"}, False),
        ({"rule": "utility_index"}, False),
        ({"shortlist": {"by": ["quality"], "top": 2}}, True),
        ({"shortlist": {"by": ["quality"], "top": 2}, "award": {"on_rejection": "keep_order"}}, False),
    ],
)
def test_which_schemes_can_be_told_for_certain(rest, certain):
    rest = {"award": {"on_rejection": "recompute"}, **rest}
    at = rest.pop("at", [])
    found = plan(at, PARTS, leaf("price", 40, RATIO), **rest)
    by_id = {"a": {"price": 1, "marks": {"x": 1, "y": 1}}, "b": {"price": 2, "marks": {"x": 2, "y": 2}}}
    scenario = Scenario(compile_scheme(found.scheme, CATALOGUE), bids_from_data(bids(by_id)))
    assert all_changes_found(found, is_discontinuous(scenario)) == certain


@pytest.mark.slow
@settings(max_examples=12)
@given(st.data())
def test_between_leaps_the_winner_stays_while_the_same_bids_are_in(data):
    compiled_scheme = compiled(data.draw(schemes().filter(lambda s: s["award"]["rule"]["name"] in STRAIGHT)))
    scenario = Scenario(compiled_scheme, data.draw(bids_for(compiled_scheme)))
    try:
        if not scenario.winner or not all_changes_found(scenario.plan, discontinuous=True):
            return
    except Refused:
        return
    varied = data.draw(st.sampled_from(varied_weights(scenario)))
    low = float(varied.total) * data.draw(st.floats(0.01, 0.8))
    high = low + float(varied.total) / 100
    weight = Fraction(low)
    scores = Reranking(scenario).scores(varied.points_at(weight))
    if scores is None:
        return
    ends = [low, *all_discontinuities(scenario, varied, low, high, varied.points_at(weight)), high]
    for left, right in pairwise(ends):
        inside = left + (right - left) * np.linspace(0.01, 0.99, 7)
        if right - left < 1e-8:
            continue
        result = scenario.batch(weights=varied.points_draws(inside))
        cast = {bid for bid, there in zip(scenario.rows, (result.ranks > 0)[:, 0], strict=True) if there}
        if cast != scores[0]:
            return  # other bids are in from here: other leaps
        assert len(set(award_changes(scenario, result).tolist())) == 1, (varied.criterion, left, right)
