"""What bids may deserve by their marks: drawn together by as much as errors alone spread them."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.fairness.reliability.true_marks import spread_of_bids

ALL = np.ones((8, 5), dtype=bool)


def made(rng: np.random.Generator, error: float) -> tuple[np.ndarray, np.ndarray]:
    deserved = rng.normal(0, 0.2, (8, 1)) + rng.normal(0, 0.1, (8, 5))
    return deserved, deserved + rng.normal(0, error, (8, 5))


def test_without_errors_marks_are_deserved_as_they_are() -> None:
    _, marks = made(np.random.default_rng(1), 0)
    spread = spread_of_bids(marks, ALL, np.zeros(5))
    assert spread is not None
    assert spread.best(marks[..., None])[..., 0] == pytest.approx(marks)


def test_the_best_guess_is_nearer_to_what_bids_deserve_than_their_marks_are() -> None:
    rng, own, best = np.random.default_rng(1), 0.0, 0.0
    for _ in range(30):
        deserved, marks = made(rng, 0.2)
        spread = spread_of_bids(marks, ALL, np.full(5, 0.04))
        assert spread is not None
        own += ((marks - deserved) ** 2).sum()
        best += ((spread.best(marks[..., None])[..., 0] - deserved) ** 2).sum()
    assert best < 0.7 * own


def test_how_far_bids_differ_is_found_over_many() -> None:
    rng = np.random.default_rng(1)
    found = [spread_of_bids(made(rng, 0.2)[1], ALL, np.full(5, 0.04)) for _ in range(100)]
    assert np.mean([s.bids for s in found if s]) == pytest.approx(0.04, rel=0.2)
    assert np.mean([s.single for s in found if s]) == pytest.approx(0.01, rel=0.5)


def test_of_three_bids_nobody_can_say_how_far_they_differ() -> None:
    assert spread_of_bids(np.zeros((3, 5)), ALL[:3], np.zeros(5)) is None


def test_a_mark_that_is_missing_says_nothing() -> None:
    _, marks = made(np.random.default_rng(1), 0.2)
    there = ALL.copy()
    there[0, 0] = False
    errors = np.full(5, 0.04)
    spreads = [spread_of_bids(np.where(there, marks, other), there, errors) for other in (0.0, 99.0)]
    assert spreads[0] is not None
    assert spreads[1] is not None
    assert spreads[0].single == spreads[1].single
    first, second = (
        s.best(np.where(there, marks, o)[..., None]) for s, o in zip(spreads, (0.0, 99.0), strict=True) if s
    )
    assert first[there] == pytest.approx(second[there])
