"""The nearest weights at which another bid draws level: confirmed exactly, with none nearer."""

from __future__ import annotations

from fractions import Fraction

import pytest
from generated import bids_for, compiled, schemes
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.notes import NoNearest
from tender_eval.fairness.findings.notes import NoNearestBecause as Because
from tender_eval.fairness.findings.results import NearestWeights
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.fairness.tipping.nearest_weights import nearest_weights
from tender_eval.model.enclosure import Enclosed

RATIO = {"name": "ratio_to_lowest"}
MARK = {"name": "mark", "out_of": 100}
LINEAR = (
    "highest_score",
    "highest_quality_within_budget",
    "lowest_cost_per_quality_point",
    "highest_quality_per_price",
    "lowest_price_less_quality_premium",
)


def scenario(stated, by_id):
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def moved(found, points):
    now = {leaf.id: leaf.points for leaf in found.plan.leaves}
    assert sum(points.values()) == sum(now.values())
    return sum(abs(points[name] - now[name]) for name in now) / 2


def test_points_go_from_where_it_is_weakest_to_where_it_is_strongest():
    stated = scheme(leaf("one", 40, MARK), leaf("two", 30, MARK), leaf("three", 30, MARK))
    found = scenario(stated, {
        "a": {"marks": {"one": 80, "two": 70, "three": 60}},
        "b": {"marks": {"one": 60, "two": 65, "three": 80}},
    })  # fmt: skip
    nearest = nearest_weights(found)  # a leads by 8 + 1.5 - 6 = 3.5; each point from one to three brings 0.4
    assert isinstance(nearest, NearestWeights)
    assert nearest.winner == ("b",)
    assert nearest.moved == Fraction(35, 4)
    assert nearest.weights == {"one": Fraction(125, 4), "two": 30, "three": Fraction(155, 4)}
    assert nearest.exact


def test_where_no_weights_help_it_says_so():
    stated = scheme(leaf("one", 50, MARK), leaf("two", 50, MARK))
    found = scenario(stated, {"a": {"marks": {"one": 80, "two": 70}}, "b": {"marks": {"one": 60, "two": 65}}})
    assert nearest_weights(found) == NoNearest(Because.NO_WEIGHTS)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"rule": "lowest_price"}, NoNearest(Because.NOT_STRAIGHT, "lowest_price")),
        ({"rounding": {"places": 2, "mode": "half_up", "at": ["criterion"]}}, NoNearest(Because.ROUNDED)),
        ({"award": {"suppliers": 2}}, NoNearest(Because.SEVERAL_SUPPLIERS)),
    ],
)
def test_it_is_not_available_where_figures_are_no_straight_lines(changed, why):
    stated = scheme(leaf("one", 50, MARK), leaf("price", 50, RATIO), **changed)
    by_id = {"a": {"price": 1, "marks": {"one": 80}}, "b": {"price": 2, "marks": {"one": 60}}}
    assert nearest_weights(scenario(stated, by_id)) == why


def test_a_minimum_that_opens_only_at_other_weights_makes_it_inexact():
    group = {
        "id": "quality",
        "weight": 60,
        "minimum": "30%",
        "criteria": [leaf("one", 30, MARK), leaf("two", 30, MARK)],
    }
    stated = scheme(group, leaf("price", 40, RATIO), award={"on_rejection": "recompute"})
    by_id = {"a": {"price": 100, "marks": {"one": 90, "two": 50}}, "b": {"price": 90, "marks": {"one": 60, "two": 60}}}
    found = nearest_weights(scenario(stated, by_id))
    assert isinstance(found, NearestWeights)
    assert not found.exact


def test_a_criterion_with_a_minimum_keeps_some_weight():
    """Without any weight on q nobody would miss its minimum, and c, who does, would win: such weights are no answer."""
    mark = {"name": "mark", "out_of": 10}
    group = {"id": "quality", "weight": 60, "criteria": [leaf("q", 30, mark, minimum="30%"), leaf("r", 30, mark)]}
    stated = scheme(group, leaf("price", 40, RATIO), award={"on_rejection": "recompute"})
    by_id = {
        "a": {"price": 100, "marks": {"q": 5, "r": 5}},
        "b": {"price": 99, "marks": {"q": 4, "r": 4}},
        "c": {"price": 50, "marks": {"q": 1, "r": 10}},
    }
    found = scenario(stated, by_id)
    assert set(found.ranks) == {"a", "b"}
    nearest = nearest_weights(found)  # 0.1 x (q + r) = 0.01 x price, whatever q and r are
    assert (nearest.winner, nearest.moved, nearest.exact) == (("b",), 60 - Fraction(100, 11), True)
    assert nearest.weights["q"] > 0
    assert set(found.reweighted(nearest.weights).evaluation.winner) == {"a", "b"}


def test_where_a_minimum_may_do_what_points_do_not_it_is_not_denied():
    """a leads at everything; but with more weight on two, it misses the minimum, and b wins."""
    parts = [leaf("one", 50, MARK), leaf("two", 50, MARK)]
    group = {"id": "quality", "weight": 100, "minimum": "50%", "criteria": parts}
    found = scenario(scheme(group), {"a": {"marks": {"one": 90, "two": 45}}, "b": {"marks": {"one": 60, "two": 44}}})
    assert found.reweighted({"one": Fraction(20), "two": Fraction(80)}).winner == ("a",)
    assert found.reweighted({"one": Fraction(11), "two": Fraction(89)}).winner == ()
    assert nearest_weights(found) == NoNearest(Because.NO_POINTS)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.data())
def test_there_they_are_level_and_no_nearer_weights_change_the_winner(data):
    stated = data.draw(schemes(minimums=False).filter(lambda s: s["award"]["rule"]["name"] in LINEAR))
    stated.pop("rounding", None)
    compiled_scheme = compiled(stated)
    found = Scenario(compiled_scheme, data.draw(bids_for(compiled_scheme)))
    assume(evaluation_if_possible(found) is not None and found.order)
    nearest = nearest_weights(found)
    winner = found.winner
    if isinstance(nearest, NearestWeights):
        assert moved(found, nearest.weights) == nearest.moved
        level = found.reweighted(nearest.weights).evaluation
        top = level.bid(level.winner[0]).figure
        for name in (*nearest.winner, winner[0]):
            figure = level.bid(name).figure  # of enclosed scores only the stated digits can be level
            assert figure == top or (isinstance(figure, Enclosed) and abs(figure - top) < abs(top) / 10**30)
    names = [leaf.id for leaf in found.plan.leaves]
    shares = [data.draw(st.fractions(0, 1, max_denominator=50), label=name) for name in names]
    total = sum(leaf.points for leaf in found.plan.leaves)
    assume(sum(shares) > 0)
    goal = {name: total * share / sum(shares) for name, share in zip(names, shares, strict=True)}
    far, reach = moved(found, goal), nearest.moved if isinstance(nearest, NearestWeights) else None
    assume(far > 0 and reach != 0)
    part = Fraction(999, 1000) if reach is None else min(Fraction(1), reach / far) * Fraction(999, 1000)
    now = {leaf.id: leaf.points for leaf in found.plan.leaves}
    nearer = {name: now[name] + (goal[name] - now[name]) * part for name in names}
    evaluation = evaluation_if_possible(found.reweighted(nearer))
    said = isinstance(nearest, NearestWeights) or nearest == NoNearest(Because.NO_WEIGHTS)
    if evaluation is not None and said:
        assert set(evaluation.winner) == set(winner)
