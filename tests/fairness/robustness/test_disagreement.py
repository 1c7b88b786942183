"""Marks varied by the panel's own disagreement, and evaluators left out."""

from __future__ import annotations

import numpy as np
import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.robustness.disagreement import mark_draws, panel_disagreement
from tender_eval.fairness.scenarios.scenario import Scenario

STEPS = [{"mark": m, "score": f"{20 * m}%"} for m in range(6)]
SKILL = leaf("skill", 100, {"name": "mark", "scale": "five"})


def scenario(by_id, *parts):
    stated = scheme(*(parts or (SKILL,)), scales={"five": STEPS})
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def panel(agreed, **own):
    return {"marks": {"skill": {"agreed": agreed, "individual": own} if own else agreed}}


def test_a_mark_is_drawn_from_its_own_evaluators():
    found = panel_disagreement(scenario({"a": panel(4, p=4, q=2), "b": panel(3, p=3, q=3)}), 4_000)
    assert found is not None
    assert found.spread == "own"
    assert found.wins["a"] == pytest.approx(0.5, abs=0.04)
    assert found.wins["a"] + found.wins["b"] == pytest.approx(1)


def test_without_an_evaluator_the_mean_of_the_others_stands_in():
    by_id = {"a": panel(4, p=5, q=3, r=3), "b": panel(3, p=2, q=4, r=4)}
    found = panel_disagreement(scenario(by_id), 50)
    assert found is not None
    assert found.winner_without == {"p": ("b",), "q": ("a",), "r": ("a",)}


def test_an_evaluator_with_whom_nobody_shared_a_mark_cannot_be_left_out():
    """r marked a alone, and nobody else did: without r there would be no mark of a at all."""
    found = panel_disagreement(scenario({"a": panel(4, r=4), "b": panel(3, p=3, q=4)}), 50)
    assert found is not None
    assert found.winner_without == {"p": ("a", "b"), "q": ("a",)}


def test_a_mean_between_two_marks_goes_to_the_higher():
    by_id = {"a": panel(3, p=3, q=4, r=1), "b": panel(3, p=3, q=3, r=3)}
    found = panel_disagreement(scenario(by_id), 50)
    assert found is not None
    assert found.winner_without["r"] == ("a",)  # (3 + 4) / 2 counts as 4


def test_a_mark_without_evaluators_moves_by_what_the_panel_differs_by_elsewhere():
    given_bids = scenario({"a": panel(4, p=4, q=3), "b": panel(3)})
    found = panel_disagreement(given_bids, 100)
    assert found is not None
    assert found.spread == "own or pooled"
    drawn = mark_draws(given_bids, np.random.default_rng(1), 400)["marks.skill"]
    assert set(drawn[1]) == {2.0, 3.0}
    assert set(drawn[0]) == {3.0, 4.0}


def test_without_any_evaluators_a_step_either_way_is_assumed_and_said():
    given_bids = scenario({"a": panel(5), "b": panel(3)})
    found = panel_disagreement(given_bids, 100)
    assert found is not None
    assert found.spread == "assumed"
    drawn = mark_draws(given_bids, np.random.default_rng(1), 4_000)["marks.skill"]
    assert set(drawn[0]) == {4.0, 5.0}  # the scale ends at 5
    assert set(drawn[1]) == {2.0, 3.0, 4.0}
    assert (drawn[1] == 3).mean() == pytest.approx(0.5, abs=0.04)


def test_marks_out_of_a_number_stay_within_it():
    part = leaf("skill", 100, {"name": "mark", "out_of": 10})
    drawn = mark_draws(scenario({"a": panel("9.5"), "b": panel(0)}, part), np.random.default_rng(1), 400)["marks.skill"]
    assert set(drawn[0]) == {8.5, 9.5, 10.0}
    assert set(drawn[1]) == {0.0, 1.0}


def test_where_nothing_is_marked_there_is_nothing_to_say():
    assert panel_disagreement(scenario({"a": {"price": 1}}, leaf("price", 100, {"name": "ratio_to_lowest"}))) is None


def test_the_same_seed_gives_the_same_shares():
    by_id = {"a": panel(4, p=4, q=2), "b": panel(3, p=3, q=4)}
    assert panel_disagreement(scenario(by_id), 300, 4) == panel_disagreement(scenario(by_id), 300, 4)
    assert panel_disagreement(scenario(by_id), 300, 4) != panel_disagreement(scenario(by_id), 300, 5)


def test_a_bid_that_is_turned_away_now_but_wins_draws_is_listed():
    least = leaf("skill", 100, {"name": "mark", "scale": "five"}, minimum=3)
    found = panel_disagreement(scenario({"a": panel(3, p=3, q=3), "b": panel(2, p=2, q=5)}, least), 400)
    assert found is not None
    assert list(found.wins) == ["a", "b"]
    assert found.wins["b"] == pytest.approx(0.5, abs=0.1)
