"""Exact standings without the words: the same as a full evaluation of the reweighted scheme."""

from __future__ import annotations

import pytest
from generated import bids_for, compiled, schemes
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.fairness.scenarios.reranking import Standings, changes, standing_of, wins
from tender_eval.fairness.scenarios.scenario import Trial
from tender_eval.model.diagnostics import Refused


@pytest.mark.slow
@settings(max_examples=60)
@given(st.data())
def test_standings_are_those_of_the_reweighted_scheme(data):
    trial = _trial(data)
    if trial is None:
        return
    standings = Standings(trial)
    points = {name: data.draw(st.fractions(0, 60, max_denominator=7), label=name) for name in standings.points}
    try:
        full = standing_of(trial.reweighted(points).evaluation)
    except Refused:
        full = None
    assert standings.at(points) == full
    assert standings.at(standings.points) == standing_of(trial.evaluation)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.data())
def test_scores_that_are_taken_over_change_nothing(data):
    trial = _trial(data)
    if trial is None or trial.price_column is None:
        return
    before = Standings(trial)
    before.at(before.points)
    moved = trial.with_price(trial.bids.bids[0].id, data.draw(st.fractions(1, 300, max_denominator=3)))
    try:
        full = standing_of(moved.evaluation)
    except Refused:
        return
    after = Standings(moved, before)
    assert after.at(after.points) == full


@pytest.mark.slow
@settings(max_examples=40)
@given(st.data())
def test_a_batch_of_the_bids_as_they_are_changes_nothing(data):
    trial = _trial(data)
    if trial is None or not trial.order:
        return
    result = trial.batch()
    assert not changes(trial, result).any()
    won = {bid.id for bid, w in zip(trial.bids.bids, wins(trial, result)[:, 0], strict=True) if w}
    assert won == set(trial.winner)


def _trial(data):
    scheme = compiled(data.draw(schemes()))
    trial = Trial(scheme, data.draw(bids_for(scheme)))
    try:
        trial.evaluation
    except Refused:
        return None
    return trial
