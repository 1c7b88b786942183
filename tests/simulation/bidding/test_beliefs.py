"""What bidders believe of their rivals."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.simulation.bidding.beliefs import KNOTS, _by_number, _fewer_than, _nobody, beliefs_from_scores


def test_rivals_above_a_score_are_counted_without_ones_own() -> None:
    scores = [np.linspace(1, 4, 400), np.linspace(2, 3, 100)]
    beliefs = beliefs_from_scores(scores, np.array([4, 2]), 200)
    # On 200 lots four of one kind made 400 bids, two of the other 100: each comes to a half, and to a quarter, of them.
    assert beliefs.win(0, np.array([0.0])) == pytest.approx(0.5**3 * 0.75**2, rel=0.01)
    assert beliefs.win(1, np.array([0.5])) == pytest.approx(0.5**4 * 0.75, rel=0.01)
    assert beliefs.win(0, np.array([2.5])) == pytest.approx(0.75**3 * 0.875**2, rel=0.01)
    assert beliefs.win(0, np.array([9.0])) == pytest.approx(1.0, abs=0.01)


def test_many_who_each_come_seldom_are_a_poisson_number_without_a_seam() -> None:
    scores = [np.linspace(0, 1, 4000)]
    found = [beliefs_from_scores(scores, np.array([n]), 2000).win(0, np.array([0.3])) for n in (3, 30, 300, 10**9)]
    assert found[-1] == pytest.approx(np.exp(-2 * 0.7), abs=1e-3)
    assert np.all(np.diff(np.abs(np.array(found) - np.exp(-2 * 0.7)), axis=0) < 0)


def test_with_several_places_fewer_rivals_than_these_must_be_above() -> None:
    """Three rivals, each above with a chance of 0.4: none, or at most one."""
    scores = [np.linspace(0, 1, 4000)]
    for places, chance in ((1, 0.6**3), (2, 0.6**3 + 3 * 0.4 * 0.6**2), (4, 1.0)):
        beliefs = beliefs_from_scores(scores, np.array([4]), 1000, places)
        assert beliefs.win(0, np.array([0.6])) == pytest.approx(chance, abs=0.003)


def test_a_provider_alone_has_no_rivals() -> None:
    beliefs = beliefs_from_scores([np.array([1.0, 2.0])], np.array([1]), 2)
    assert (beliefs.win(0, np.array([0.0, 1.5, 3.0])) == 1).all()


def test_a_rejected_bid_never_wins_and_stands_in_nobodys_way() -> None:
    beliefs = beliefs_from_scores([np.array([-np.inf, -np.inf]), np.array([])], np.array([2, 1]), 1)
    assert beliefs.win(1, np.array([-np.inf, 0.0])).tolist() == [0.0, 1.0]


def test_known_rivals_are_the_share_below_to_the_power_of_their_number() -> None:
    scores = np.linspace(0, 1, 3001)
    beliefs = beliefs_from_scores([scores], np.array([3]), 1000)  # 3 bids on each of 1000 lots, about
    at = np.array([0.1, 0.5, 0.9])
    assert beliefs.win(0, at) == pytest.approx(at**2, abs=0.005)


def test_a_higher_score_wins_no_less_often() -> None:
    rng = np.random.default_rng(3)
    beliefs = beliefs_from_scores([rng.normal(size=500), rng.normal(size=300)], np.array([3, 4]), 100)
    for kind in range(2):
        assert (np.diff(beliefs.win(kind, np.linspace(-4, 4, 99))) >= 0).all()


def test_knots_are_the_nearest_quantiles_of_a_pool() -> None:
    for size in (*range(1, 40), 255, 256, 257, 258, 1000):
        pool = np.sort(np.random.default_rng(size).standard_normal(size))
        expected = np.quantile(pool, np.linspace(0, 1, KNOTS), method="nearest")
        found = beliefs_from_scores([pool], np.array([3]), size)
        assert found.scores.tolist() == np.unique(expected).tolist()


def test_with_one_place_the_chance_is_that_of_fewer_than_one_rival_to_the_last_bit() -> None:
    rng = np.random.default_rng(5)
    share, providers = np.sort(rng.random((4, 60)) * 0.9), [3, 1, 0, 5]
    none = np.log1p(-share)
    found = _nobody(none, np.array(providers)[:, None])
    for kind in range(4):
        numbers = [n - (k == kind) for k, n in enumerate(providers)]
        each = [_by_number(1, n, share[k], none[k]) for k, n in enumerate(numbers)]
        assert np.array_equal(found[kind], _fewer_than(1, each, 60))
