"""Many weights at once: what is found between steps, which side is nearer, and what cannot be told for certain."""

from __future__ import annotations

from fractions import Fraction

import pytest
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.notes import Unseen
from tender_eval.fairness.scenarios.reranking import Standings
from tender_eval.fairness.scenarios.scenario import Trial
from tender_eval.fairness.tipping import search as module
from tender_eval.fairness.tipping.crossovers import Search
from tender_eval.fairness.tipping.rescaling import axes
from tender_eval.fairness.tipping.search import Looking
from tender_eval.fairness.tipping.weight import tipping

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
    return Trial(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))


def test_a_bid_that_minimums_let_in_between_two_steps_alone_is_found():
    trial = window()
    assert trial.winner == ("a",)
    found = {tip.criterion: tip for tip in tipping(trial).tipping}["x"]
    assert abs(found.flips_at - 25) <= found.within
    assert (found.winner, found.exact) == (("c",), False)
    x = next(axis for axis in axes(trial) if axis.criterion == "x")
    wins = {w: trial.reweighted(x.at(Fraction(w))).winner for w in ("24.99", "25.01", "25.2", "25.3", "60")}
    assert wins == {"24.99": ("a",), "25.01": ("c",), "25.2": ("c",), "25.3": ("a",), "60": ("a",)}


@pytest.mark.parametrize("name", ["MOST_CASTS", "ROUNDS"])
def test_what_is_cut_short_is_said(monkeypatch, name):
    assert tipping(window()).notes == ()
    monkeypatch.setattr(module, name, 0)
    assert tipping(window()).notes == (Unseen(),)


def test_more_leaps_than_are_tried_are_said(monkeypatch):
    """Two criteria round alike, and b trails by a few last places of the price alone: they are near for long."""
    stated = scheme(
        leaf("q", 30, MARK), leaf("r", 30, MARK), leaf("price", 40, RATIO),
        rounding={"places": 2, "mode": "down", "at": ["criterion"]},
    )  # fmt: skip
    by_id = {"a": {"price": 100, "marks": {"q": 80, "r": 60}}, "b": {"price": "100.1", "marks": {"q": 60, "r": 80}}}
    trial = Trial(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    assert trial.winner == ("a",)
    whole = tipping(trial)
    assert whole.notes == ()
    monkeypatch.setattr(module, "FEW", 10)
    monkeypatch.setattr(module, "MANY", 50)
    assert tipping(trial).tipping[-1] == whole.tipping[-1]  # however many are tried at once
    monkeypatch.setattr(module, "MOST", 20)
    assert tipping(trial).notes == (Unseen(),)


def test_it_looks_no_further_than_the_nearer_change():
    """With more weight on q, c wins from 42.5 on; with less, b does, but further away."""
    stated = scheme(leaf("q", 30, MARK), leaf("r", 30, MARK), leaf("price", 40, RATIO))
    by_id = {
        "a": {"price": 100, "marks": {"q": 80, "r": 60}}, "b": {"price": 80, "marks": {"q": 60, "r": 30}},
        "c": {"price": 105, "marks": {"q": 90, "r": 58}},
    }  # fmt: skip
    trial = Trial(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    looking = Looking(trial, Standings(trial))
    q = next(axis for axis in axes(trial) if axis.criterion == "q")
    standings, now = Standings(trial), set(trial.winner)
    search = Search(lambda w: standings.at(q.at(w)), lambda s: set(s.winner) == now, Fraction(1, 10**10))
    pair = looking.sides(q, search)
    looking.look([pair])
    tip = next(tip for tip in tipping(trial).tipping if tip.criterion == "q")
    found = [side for side in pair if side.found]
    assert [min(side.found) <= tip.flips_at <= max(side.found) for side in found] == [True]
    far = next(side for side in pair if not side.found)
    assert far.reach == found[0].reach < far.distance(far.way.end)
