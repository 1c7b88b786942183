"""Exact standings without the words: the same as a full evaluation of the reweighted scheme."""

from __future__ import annotations

import pytest
from generated import bids_for, compiled, schemes
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.fairness.scenarios.reranking import Reranking, award_changes, awarded, ranking_of
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.diagnostics import Refused


@pytest.mark.slow
@settings(max_examples=15)
@given(st.data())
def test_standings_are_those_of_the_reweighted_scheme(data):
    scenario = _trial(data)
    if scenario is None:
        return
    reranking = Reranking(scenario)
    points = {name: data.draw(st.fractions(0, 60, max_denominator=7), label=name) for name in reranking.points}
    try:
        full = ranking_of(scenario.reweighted(points).evaluation)
    except Refused:
        full = None
    assert reranking.at(points) == full
    assert reranking.at(reranking.points) == ranking_of(scenario.evaluation)


@pytest.mark.slow
@settings(max_examples=12)
@given(st.data())
def test_scores_that_are_taken_over_change_nothing(data):
    scenario = _trial(data)
    if scenario is None or scenario.price_column is None:
        return
    before = Reranking(scenario)
    before.at(before.points)
    moved = scenario.with_price(scenario.bids.bids[0].id, data.draw(st.fractions(1, 300, max_denominator=3)))
    try:
        full = ranking_of(moved.evaluation)
    except Refused:
        return
    after = Reranking(moved, before)
    assert after.at(after.points) == full


@pytest.mark.slow
@settings(max_examples=12)
@given(st.data())
def test_a_batch_of_the_bids_as_they_are_changes_nothing(data):
    scenario = _trial(data)
    if scenario is None or not scenario.order:
        return
    result = scenario.batch()
    assert not award_changes(scenario, result).any()
    won = {bid.id for bid, w in zip(scenario.bids.bids, awarded(scenario, result)[:, 0], strict=True) if w}
    assert won == set(scenario.winner)


def _trial(data):
    scheme = compiled(data.draw(schemes()))
    scenario = Scenario(scheme, data.draw(bids_for(scheme)))
    try:
        scenario.evaluation
    except Refused:
        return None
    return scenario
