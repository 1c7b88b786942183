"""Rank acceptability: sums, a closed form, ties, bands, and the same figures for the same seed."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from generated import bids_for, compiled, schemes
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, refusal, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.findings.notes import NobodyInSome, TurnedAwayBySome
from tender_eval.fairness.robustness import acceptability as module
from tender_eval.fairness.robustness.acceptability import acceptability
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.diagnostics import Refused

MARK = {"name": "mark", "out_of": 100}


def scenario(by_id, **rest):
    names = list(next(iter(by_id.values())))
    parts = [leaf(name, Fraction(100, len(names)), MARK) for name in names]
    stated = scheme(*parts, weights="points", **rest)
    return Scenario(
        compile_scheme(scheme_from_data(stated), CATALOGUE),
        bids_from_data(bids({name: {"marks": marks} for name, marks in by_id.items()})),
    )


def sums(found):
    table = np.array(list(found.ranks.values()))
    return table.sum(axis=0), table.sum(axis=1)


@pytest.mark.parametrize(("ahead", "behind"), [(10, 10), (30, 10), (5, 40)])
def test_two_bids_with_two_criteria_have_a_closed_form(ahead, behind):
    """a leads by ``ahead`` on one and trails by ``behind`` on two: it wins where w / (1 - w) > behind / ahead."""
    found = acceptability(scenario({"a": {"x": 50 + ahead, "y": 50}, "b": {"x": 50, "y": 50 + behind}}), 20_000, 7)
    wanted = ahead / (ahead + behind)
    error = np.sqrt(wanted * (1 - wanted) / 20_000)
    assert abs(found.ranks["a"][0] - wanted) < 4 * error
    assert abs(found.ranks["b"][0] - (1 - wanted)) < 4 * error
    # of those at which it wins, the mean weight is the middle of what is left
    assert found.central_weights["a"]["x"] == pytest.approx(100 * (1 + behind / (ahead + behind)) / 2, abs=1)
    assert found.standard_error == pytest.approx(error, rel=0.05)


@pytest.mark.slow
@settings(max_examples=15)
@given(st.data())
def test_the_shares_of_each_bid_and_of_each_rank_add_up_to_one(data):
    compiled_scheme = compiled(data.draw(schemes()))
    given_bids = Scenario(compiled_scheme, data.draw(bids_for(compiled_scheme)))
    try:
        found = acceptability(given_bids, 300, data.draw(st.integers(0, 9)))
    except Refused:
        return
    if found.ranks:
        for total in sums(found):
            assert total == pytest.approx(1, abs=1e-9)
    for bid, weights in found.central_weights.items():
        assert sum(weights.values()) == pytest.approx(100)
        assert 0 <= found.confidence[bid] <= 1


def test_bids_that_tie_share_their_ranks_equally():
    found = acceptability(scenario({"a": {"x": 50, "y": 50}, "b": {"x": 50, "y": 50}, "c": {"x": 10, "y": 10}}), 100)
    assert found.ranks == {"a": (0.5, 0.5, 0), "b": (0.5, 0.5, 0), "c": (0, 0, 1)}
    assert found.central_weights.keys() == {"a", "b"}


def test_bids_that_are_turned_away_at_some_weights_share_the_last_ranks_there():
    parts = [leaf("x", 50, MARK), leaf("y", 50, MARK)]
    group = {"id": "all", "weight": 100, "minimum": "50%", "criteria": parts}
    by_id = {"a": {"marks": {"x": 100, "y": 0}}, "b": {"marks": {"x": 60, "y": 60}}, "c": {"marks": {"x": 0, "y": 0}}}
    given_bids = Scenario(compile_scheme(scheme_from_data(scheme(group)), CATALOGUE), bids_from_data(bids(by_id)))
    found = acceptability(given_bids, 5_000)
    assert found.ranks.keys() == {"a", "b"}  # c is in at no weights
    for total in sums(found):
        assert total == pytest.approx(1)
    assert found.ranks["a"][0] == pytest.approx(0.4, abs=0.03)
    assert found.notes == (TurnedAwayBySome(),)


def test_weights_that_turn_everybody_away_give_nobody_a_place():
    """a passes the minimum with more than two thirds of the weight on x, b with less than a third; neither between."""
    parts = [leaf("x", 50, MARK), leaf("y", 50, MARK)]
    group = {"id": "all", "weight": 100, "minimum": "60%", "criteria": parts}
    by_id = {"a": {"marks": {"x": 90, "y": 0}}, "b": {"marks": {"x": 0, "y": 90}}}
    given_bids = Scenario(compile_scheme(scheme_from_data(scheme(group)), CATALOGUE), bids_from_data(bids(by_id)))
    found = acceptability(given_bids, 6_000)
    assert found.ranks["a"] == pytest.approx((0.5, 0.5), abs=0.05)
    assert found.central_weights["a"]["x"] == pytest.approx(500 / 6, abs=1)
    assert found.draws == pytest.approx(4_000, abs=200)  # two thirds of all weights
    assert found.notes == (TurnedAwayBySome(), NobodyInSome(6_000 - found.draws, 6_000))
    four = {**by_id, "c": {"marks": {"x": 50, "y": 50}}, "d": {"marks": {"x": 30, "y": 55}}}
    again = Scenario(given_bids.scheme, bids_from_data(bids(four)))
    assert acceptability(again, 6_000).ranks == found.ranks  # c and d are in at no weights
    assert acceptability(Scenario(given_bids.scheme, bids_from_data(bids({"c": four["c"]}))), 100).ranks == {}


def test_weights_stay_within_the_bands_given():
    by_id = {"a": {"x": 60, "y": 50}, "b": {"x": 50, "y": 60}}
    found = acceptability(scenario(by_id), 2_000, bands={"x": (Fraction(60), Fraction(80))})
    assert found.ranks["a"] == (1, 0)
    assert 60 < found.central_weights["a"]["x"] < 80
    assert found.bands == {"x": (60, 80)}


def test_bands_of_no_criterion_or_that_leave_nothing_are_refused():
    given_bids = scenario({"a": {"x": 60, "y": 50}})
    assert refusal(lambda: acceptability(given_bids, bands={"z": (Fraction(0), Fraction(1))}))[0].code == "TE071"
    narrow = {name: (Fraction(0), Fraction(10)) for name in ("x", "y")}
    assert refusal(lambda: acceptability(given_bids, bands=narrow))[0].code == "TE023"


def test_confidence_falls_where_one_step_of_a_mark_changes_the_winner():
    close = acceptability(scenario({"a": {"x": 61, "y": 50}, "b": {"x": 60, "y": 50}}), 500)
    clear = acceptability(scenario({"a": {"x": 90, "y": 50}, "b": {"x": 10, "y": 50}}), 500)
    assert clear.confidence == {"a": 1}
    assert 0.5 < close.confidence["a"] < 1


def test_chunks_change_nothing_but_the_draws(monkeypatch):
    by_id = {"a": {"x": 60, "y": 50, "z": 40}, "b": {"x": 50, "y": 60, "z": 41}, "c": {"x": 40, "y": 40, "z": 90}}
    assert acceptability(scenario(by_id), 3_000, 5) == acceptability(scenario(by_id), 3_000, 5)
    whole = acceptability(scenario(by_id), 3_000, 5)
    monkeypatch.setattr(module, "CHUNK", 700)
    parts = acceptability(scenario(by_id), 3_000, 5)
    for bid, shares in whole.ranks.items():
        assert parts.ranks[bid] == pytest.approx(shares, abs=6 * whole.standard_error)


def test_a_bid_that_other_weights_let_through_a_threshold_is_counted():
    """c is below 40% of the quality marks; where y weighs more it is not, and then its price is read."""
    mark = {"name": "mark", "out_of": 5}
    quality = {"id": "quality", "weight": 60, "criteria": [leaf("x", 30, mark), leaf("y", 30, mark)]}
    stated = scheme(
        quality, leaf("price", 40, "ratio_to_lowest"),
        shortlist={"by": ["quality"], "at_least": "40%"}, award={"on_rejection": "recompute"},
    )  # fmt: skip
    by_id = {
        "a": {"price": 10, "marks": {"x": 5, "y": 3}},
        "b": {"price": 9, "marks": {"x": 4, "y": 4}},
        "c": {"price": 8, "marks": {"x": 0, "y": 3}},
    }
    found = Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(by_id)))
    assert found.ranks == {"b": 1, "a": 2}
    assert [str(price) for price in found.exact_columns["price"]] == ["10", "9", "8"]
    assert acceptability(found, 500).ranks["c"][0] > 0
