"""Many weights at once: what is found between steps, which side is nearer, and what cannot be told for certain."""

from __future__ import annotations

from fractions import Fraction

import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.notes import Unseen
from tender_eval.fairness.scenarios.reranking import Reranking
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping import weight_search as module
from tender_eval.fairness.tipping.crossovers import CrossoverSearch
from tender_eval.fairness.tipping.varied_weights import varied_weights
from tender_eval.fairness.tipping.weight import weight_tipping
from tender_eval.fairness.tipping.weight_search import WeightSearch

MARK = {"name": "mark", "out_of": 100}
RATIO = {"name": "ratio_to_lowest"}


def window():
    """c is let in by both minimums only with 25 to 25.25 points on x, and then wins by its price; 10 as it stands."""
    inner = {"id": "inner", "weight": 20, "minimum": "55%", "criteria": [leaf("x", 10, MARK), leaf("y", 10, MARK)]}
    outer = {"id": "outer", "weight": 30, "minimum": "63.97%", "criteria": [inner, leaf("z", 10, MARK)]}
    stated = scheme(outer, leaf("price", 70, RATIO), award={"on_rejection": "recompute"})
    by_id = {
        "a": {"price": 100, "marks": {"x": 90, "y": 90, "z": 90}},
        "b": {"price": 110, "marks": {"x": 80, "y": 80, "z": 80}},
        "c": {"price": 20, "marks": {"x": 60, "y": 40, "z": 100}},
    }
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def test_a_bid_that_minimums_let_in_between_two_steps_alone_is_found():
    scenario = window()
    assert scenario.winner == ("a",)
    found = {tip.criterion: tip for tip in weight_tipping(scenario).tipping}["x"]
    assert abs(found.flips_at - 25) <= found.within
    assert (found.winner, found.exact) == (("c",), False)
    x = next(varied for varied in varied_weights(scenario) if varied.criterion == "x")
    wins = {w: scenario.reweighted(x.points_at(Fraction(w))).winner for w in ("24.99", "25.01", "25.2", "25.3", "60")}
    assert wins == {"24.99": ("a",), "25.01": ("c",), "25.2": ("c",), "25.3": ("a",), "60": ("a",)}


@pytest.mark.parametrize("name", ["MOST_RANKED_SETS", "ROUNDS"])
def test_what_is_cut_short_is_said(monkeypatch, name):
    assert weight_tipping(window()).notes == ()
    monkeypatch.setattr(module, name, 0)
    assert weight_tipping(window()).notes == (Unseen(),)


@pytest.mark.slow
def test_more_leaps_than_are_tried_are_said(monkeypatch):
    """Two criteria round alike, and b trails by a few last places of the price alone: they are near for long."""
    stated = scheme(
        leaf("q", 30, MARK), leaf("r", 30, MARK), leaf("price", 40, RATIO),
        rounding={"places": 2, "mode": "down", "at": ["criterion"]},
    )  # fmt: skip
    by_id = {"a": {"price": 100, "marks": {"q": 80, "r": 60}}, "b": {"price": "100.1", "marks": {"q": 60, "r": 80}}}
    scenario = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    assert scenario.winner == ("a",)
    whole = weight_tipping(scenario)
    assert whole.notes == ()
    monkeypatch.setattr(module, "FEW", 10)
    monkeypatch.setattr(module, "MANY", 50)
    assert weight_tipping(scenario).tipping[-1] == whole.tipping[-1]  # however many are tried at once
    monkeypatch.setattr(module, "MOST", 20)
    assert weight_tipping(scenario).notes == (Unseen(),)


def test_it_looks_no_further_than_the_nearer_change():
    """With more weight on q, c wins from 42.5 on; with less, b does, but further away."""
    stated = scheme(leaf("q", 30, MARK), leaf("r", 30, MARK), leaf("price", 40, RATIO))
    by_id = {
        "a": {"price": 100, "marks": {"q": 80, "r": 60}}, "b": {"price": 80, "marks": {"q": 60, "r": 30}},
        "c": {"price": 105, "marks": {"q": 90, "r": 58}},
    }  # fmt: skip
    scenario = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    looking = WeightSearch(scenario, Reranking(scenario))
    q = next(varied for varied in varied_weights(scenario) if varied.criterion == "q")
    reranking, now = Reranking(scenario), set(scenario.winner)
    search = CrossoverSearch(
        lambda w: reranking.at(q.points_at(w)), lambda s: set(s.winner) == now, Fraction(1, 10**10)
    )
    pair = looking.directions(q, search)
    looking.narrow_all([pair])
    tip = next(tip for tip in weight_tipping(scenario).tipping if tip.criterion == "q")
    found = [side for side in pair if side.found]
    assert [min(side.found) <= tip.flips_at <= max(side.found) for side in found] == [True]
    far = next(side for side in pair if not side.found)
    assert far.reach == found[0].reach < far.distance(far.path.end)
