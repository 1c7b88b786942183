"""What bidders believe of their rivals."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.simulation.bidding.beliefs import beliefs_from_scores


def test_rivals_above_a_score_are_counted_without_ones_own() -> None:
    scores = [np.linspace(1, 4, 400), np.linspace(2, 3, 100)]
    beliefs = beliefs_from_scores(scores, np.array([2, 1]), 200)
    # On 200 lots one kind of two providers made 400 bids, the other 100: 2 and 0.5 a lot.
    assert beliefs.win(0, np.array([0.0])) == pytest.approx(np.exp(-(2 / 2 + 0.5)), rel=0.01)
    assert beliefs.win(1, np.array([0.5])) == pytest.approx(np.exp(-2), rel=0.01)
    assert beliefs.win(0, np.array([2.5])) == pytest.approx(np.exp(-(2 / 2 + 0.5) / 2), rel=0.01)
    assert beliefs.win(0, np.array([9.0])) == pytest.approx(1.0, abs=0.01)


def test_a_provider_alone_has_no_rivals() -> None:
    beliefs = beliefs_from_scores([np.array([1.0, 2.0])], np.array([1]), 2)
    assert (beliefs.win(0, np.array([0.0, 1.5, 3.0])) == 1).all()


def test_a_rejected_bid_never_wins_and_stands_in_nobodys_way() -> None:
    beliefs = beliefs_from_scores([np.array([-np.inf, -np.inf]), np.array([])], np.array([2, 1]), 1)
    assert beliefs.win(1, np.array([-np.inf, 0.0])).tolist() == [0.0, 1.0]


def test_known_rivals_are_the_share_below_to_the_power_of_their_number() -> None:
    scores = np.linspace(0, 1, 3001)
    beliefs = beliefs_from_scores([scores], np.array([3]), 1000, rivals=2)  # 3 bids on each of 1000 lots, about
    at = np.array([0.1, 0.5, 0.9])
    assert beliefs.win(0, at) == pytest.approx(at**2, abs=0.005)


def test_a_higher_score_wins_no_less_often() -> None:
    rng = np.random.default_rng(3)
    beliefs = beliefs_from_scores([rng.normal(size=500), rng.normal(size=300)], np.array([3, 4]), 100)
    for kind in range(2):
        assert (np.diff(beliefs.win(kind, np.linspace(-4, 4, 99))) >= 0).all()
