"""Random weights: uniform on the simplex, which weights that are uniform and then divided by their sum are not."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tender_eval.fairness.scenarios import random_weights
from tender_eval.fairness.scenarios.random_weights import AroundPublished, Band, Sampler, simplex

N, DRAWS = 5, 40_000


def _uniform_on_the_simplex(found: np.ndarray) -> bool:
    """Whether mean, variance and the share above one half are those of Dirichlet(1), within 5 standard errors."""
    n, draws = found.shape
    mean, variance = 1 / n, (n - 1) / (n * n * (n + 1))
    fourth = np.mean((found - mean) ** 4, axis=1)
    near_mean = np.abs(found.mean(axis=1) - mean) < 5 * np.sqrt(variance / draws)
    near_variance = np.abs(((found - mean) ** 2).mean(axis=1) - variance) < 5 * np.sqrt(fourth / draws)
    above = 0.5 ** (n - 1)  # P(w > t) = (1 - t) ** (n - 1)
    near_tail = np.abs((found > 0.5).mean(axis=1) - above) < 5 * np.sqrt(above * (1 - above) / draws)
    return bool(near_mean.all() and near_variance.all() and near_tail.all())


def test_weights_are_uniform_on_the_simplex():
    found = simplex(np.random.default_rng(1), N, DRAWS)
    assert np.allclose(found.sum(axis=0), 1)
    assert _uniform_on_the_simplex(found)


def test_uniform_numbers_divided_by_their_sum_are_not():
    found = np.random.default_rng(1).random((N, DRAWS))
    assert not _uniform_on_the_simplex(found / found.sum(axis=0))


def test_weights_come_to_the_total():
    found = Sampler(N, Fraction(100)).draw(np.random.default_rng(1), 100)
    assert np.allclose(found.sum(axis=0), 100)


BANDS = (Band((0,), Fraction(20), Fraction(50)), Band((1, 2), Fraction(30), Fraction(60)))


def test_weights_lie_within_their_bands_of_criteria_and_of_groups():
    found = Sampler(4, Fraction(100), BANDS).draw(np.random.default_rng(1), 5_000)
    assert found.shape == (4, 5_000)
    assert (found >= 0).all()
    assert np.allclose(found.sum(axis=0), 100)
    assert ((found[0] >= 20) & (found[0] <= 50)).all()
    assert ((found[1:3].sum(axis=0) >= 30) & (found[1:3].sum(axis=0) <= 60)).all()


def test_the_walk_has_the_moments_of_rejection(monkeypatch):
    sampler = Sampler(4, Fraction(100), BANDS)
    rejected = sampler.draw(np.random.default_rng(1), 10_000)
    monkeypatch.setattr(random_weights, "TRIES", 0)
    walked = sampler.draw(np.random.default_rng(2), 10_000)
    error = np.sqrt(2 * rejected.var(axis=1) / 10_000)
    assert (np.abs(rejected.mean(axis=1) - walked.mean(axis=1)) < 5 * error).all()
    assert walked.var(axis=1) == pytest.approx(rejected.var(axis=1), rel=0.1)


def test_narrow_bands_are_walked_through():
    bands = tuple(Band((n,), Fraction(19), Fraction(21)) for n in range(5))
    found = Sampler(5, Fraction(100), bands).draw(np.random.default_rng(1), 2_000)
    assert (np.abs(found - 20) <= 1 + 1e-9).all()
    assert np.allclose(found.sum(axis=0), 100)
    assert found.std(axis=1).min() > 0.3


def test_bands_that_leave_nothing_have_no_start():
    assert (
        Sampler(2, Fraction(100), (Band((0,), Fraction(0), Fraction(10)), Band((1,), Fraction(0), Fraction(20)))).start
        is None
    )


def test_the_same_seed_gives_the_same_weights():
    sampler = Sampler(4, Fraction(100), BANDS)
    assert np.array_equal(
        sampler.draw(np.random.default_rng(3), 50), sampler.draw(np.random.default_rng(3), 50)
    )  # fmt: skip


def test_weights_around_the_published_ones_have_their_mean_and_the_spread_stated():
    published = tuple(Fraction(w) for w in (60, 30, 10, 0))
    found = AroundPublished(published, 100).draw(np.random.default_rng(5), 20_000)
    assert np.allclose(found.sum(axis=0), 100)
    assert (found[3] == 0).all()
    for row, weight in zip(found[:3], (0.6, 0.3, 0.1), strict=True):
        spread = 100 * (weight * (1 - weight) / 101) ** 0.5
        assert row.mean() == pytest.approx(100 * weight, abs=4 * spread / 20_000**0.5)
        assert row.std() == pytest.approx(spread, rel=0.03)
