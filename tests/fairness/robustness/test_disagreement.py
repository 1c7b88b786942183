"""Marks varied by the panel's own disagreement, and evaluators left out."""

from __future__ import annotations

import numpy as np
import pytest
from inline import CATALOGUE, bids, leaf, scheme
from panels import drawn_panel, marked, one_mark

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


def test_marks_are_drawn_as_other_panels_would_give_them() -> None:
    rng = np.random.default_rng(1)
    given = marked(drawn_panel(rng, np.full((5, 4), 2.5), error=1))
    found = panel_disagreement(given, 400)
    assert found is not None
    assert found.spread == "own"
    assert all(share > 0 for share in found.wins.values())
    assert found.winner_without == {"p0": None, "p1": None, "p2": None}
    alike = panel_disagreement(marked({f"b{n}": [one_mark(n, n, n, n)] * 2 for n in range(5)}), 100)
    assert alike is not None
    assert alike.wins == {"b4": 1, "b3": 0, "b2": 0, "b1": 0, "b0": 0}


def test_a_mark_without_evaluators_is_taken_to_be_as_reliable() -> None:
    by_bid = drawn_panel(np.random.default_rng(1), np.full((5, 4), 2.5), error=1)
    by_bid["b0"] = [{"agreed": 3}, *by_bid["b0"][1:]]
    given = marked(by_bid)
    found = panel_disagreement(given, 100)
    assert found is not None
    assert found.spread == "own or pooled"
    assert len(set(mark_draws(given, np.random.default_rng(1), 400)["marks.c0"][0])) > 1


def test_individual_marks_too_few_to_say_are_not_drawn_from_and_that_is_said() -> None:
    found = panel_disagreement(scenario({"a": panel(4, p=4, q=2), "b": panel(3, p=3, q=3)}), 100)
    assert found is not None
    assert found.spread == "too few"


def test_without_an_evaluator_marks_are_computed_of_the_others() -> None:
    by_bid = {"a": [one_mark(None, 5, 3, 3)], "b": [one_mark(None, 2, 4, 4)]}
    found = panel_disagreement(marked(by_bid, marks="mean"), 50)
    assert found is not None
    assert found.winner_without == {"p0": ("b",), "p1": ("a",), "p2": ("a",)}


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
    found = panel_disagreement(scenario({"a": panel(3), "b": panel(2)}, least), 400)
    assert found is not None
    assert list(found.wins) == ["a", "b"]
    assert found.wins["b"] == pytest.approx(0.25, abs=0.1)
