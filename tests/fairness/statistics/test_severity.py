"""Who is severe: found beside who marked what, and drawn to nothing by what chance would do."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.fairness.findings.reliability import Interval, TooLittle
from tender_eval.fairness.statistics.ratings import Ratings
from tender_eval.fairness.statistics.severity import severities

LEANINGS = np.array([0.6, 0.0, -0.6])


def rated(units: int, error: float, leanings: np.ndarray = LEANINGS, seed: int = 1) -> Ratings:
    rng = np.random.default_rng(seed)
    values = rng.normal(3, 1, (units, 1)) + leanings + rng.normal(0, error, (units, len(leanings)))
    return Ratings(values, np.arange(units))


def test_without_error_leanings_are_found_as_they_are() -> None:
    found = severities(rated(10, 0))
    assert not isinstance(found, TooLittle)
    assert [one.found.value for one in found] == pytest.approx(list(LEANINGS))
    assert [one.shrunk for one in found] == pytest.approx(list(LEANINGS))


def test_it_does_not_matter_who_marked_which_units() -> None:
    """The severe one marks the better half alone with one other; plain means would call that one lenient."""
    full = rated(40, 0)
    values = full.values[np.argsort(full.values[:, 1])].copy()
    values[:20, 2] = np.nan
    values[20:, 0] = np.nan
    found = severities(Ratings(values, np.arange(40)))
    assert not isinstance(found, TooLittle)
    assert np.nanmean(values[:, 2]) > np.nanmean(values[:, 0])
    assert [one.found.value for one in found] == pytest.approx(list(LEANINGS))
    assert [one.values for one in found] == [20, 40, 20]


def test_what_chance_alone_would_make_is_drawn_to_nothing() -> None:
    none = np.zeros(6)
    raw, shrunk = [], []
    for seed in range(20):
        found = severities(rated(12, 1, none, seed))
        assert not isinstance(found, TooLittle)
        raw += [one.found.value**2 for one in found]
        shrunk += [one.shrunk**2 for one in found]
    assert sum(shrunk) < 0.4 * sum(raw)


def test_an_interval_holds_the_true_leaning_in_95_of_100_and_says_how_it_was_made() -> None:
    held = 0
    for seed in range(20):
        found = severities(rated(30, 0.5, seed=seed))
        assert not isinstance(found, TooLittle)
        for one, leaning in zip(found, LEANINGS, strict=True):
            interval = one.found.interval
            assert isinstance(interval, Interval)
            assert interval.by == "t"
            assert abs(one.shrunk) <= abs(one.found.value)
            held += interval.low < leaning < interval.high
    assert 52 <= held <= 60  # of 60


def test_too_little_is_said_and_not_worked_out() -> None:
    assert severities(rated(30, 1, LEANINGS[:2])) is TooLittle.FEW_PEOPLE
    assert severities(rated(9, 1)) is TooLittle.FEW_IN_COMMON


def test_of_many_units_marked_alike_by_the_same_people_leanings_are_found_too() -> None:
    """Whose equations are then within rounding of having no answer."""
    rng = np.random.default_rng(1)
    values = np.repeat(rng.integers(0, 101, (3_000, 1)), 5, axis=1) / 100 + rng.integers(-1, 2, (3_000, 5)) / 100
    found = severities(Ratings(values, np.arange(3_000)))
    assert not isinstance(found, TooLittle)
    for one, mean in zip(found, values.mean(axis=0) - values.mean(), strict=True):
        assert one.found.value == pytest.approx(mean)
        assert isinstance(one.found.interval, Interval)
        assert one.found.interval.high - one.found.interval.low == pytest.approx(4 * 0.0082 / 3000**0.5 * 0.88, rel=0.1)


def test_people_who_cannot_be_compared_are_not() -> None:
    values = np.full((20, 4), np.nan)
    values[:10, :2], values[10:, 2:] = 3.0, 4.0
    assert severities(Ratings(values, np.arange(20))) is TooLittle.APART
