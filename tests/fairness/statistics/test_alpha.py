"""Krippendorff's alpha: published tables, what it promises, and its bootstrap."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.fairness.findings.reliability import Estimate, Interval, TooLittle
from tender_eval.fairness.statistics.alpha import METRICS, Metric, alphas, bootstrap, coincidences, estimates
from tender_eval.fairness.statistics.ratings import Ratings, drawn_clusters

NONE = np.nan
KRIPPENDORFF = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]).T  # fmt: skip
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C: four observers, twelve units."""


def alpha_of(values: np.ndarray, metric: Metric) -> float:
    pairs = coincidences(Ratings(values, np.arange(len(values))), len(values))
    return float(alphas(pairs.tables.sum(axis=0)[..., None], pairs.levels, metric)[0])


@pytest.mark.parametrize(("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_krippendorffs_four_observers_of_twelve_units(metric: Metric, published: float) -> None:
    assert alpha_of(KRIPPENDORFF, metric) == pytest.approx(published, abs=0.0006)


def test_two_observers_of_a_nominal_table() -> None:
    """The same paper, part B: twelve units by two observers, five categories; alpha is .692."""
    values = np.array([[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1], [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]], dtype=float).T
    assert alpha_of(values, "nominal") == pytest.approx(0.692, abs=0.0006)


def test_the_order_of_people_and_units_and_units_that_one_marked_alone_change_nothing() -> None:
    alone = np.full((3, 4), NONE)
    alone[:, 1] = [1, 5, 3]
    moved = np.vstack([KRIPPENDORFF[::-1, [2, 0, 3, 1]], alone])
    for metric in METRICS:
        assert alpha_of(moved, metric) == pytest.approx(alpha_of(KRIPPENDORFF, metric))


def test_alpha_by_intervals_is_of_values_in_any_unit_and_by_order_of_their_order_alone() -> None:
    assert alpha_of(KRIPPENDORFF * 20 - 7, "interval") == pytest.approx(alpha_of(KRIPPENDORFF, "interval"))
    assert alpha_of(KRIPPENDORFF**3, "ordinal") == pytest.approx(alpha_of(KRIPPENDORFF, "ordinal"))


def test_full_agreement_is_one() -> None:
    for metric in METRICS:
        assert alpha_of(np.repeat(np.arange(6.0)[:, None], 3, axis=1), metric) == pytest.approx(1)


def test_a_bootstrap_of_whole_clusters_is_alpha_of_the_clusters_that_were_drawn() -> None:
    clusters = np.arange(12) % 4
    ratings = Ratings(KRIPPENDORFF, clusters)
    weights = drawn_clusters(np.random.default_rng(5), 4, 3)
    found = bootstrap(coincidences(ratings, 4), weights)
    for draw in range(3):
        units = [unit for c in range(4) for _ in range(int(weights[c, draw])) for unit in np.flatnonzero(clusters == c)]
        for metric in METRICS:
            assert found[metric][draw] == pytest.approx(alpha_of(KRIPPENDORFF[units], metric))


def test_too_little_is_said_and_not_worked_out() -> None:
    weights = drawn_clusters(np.random.default_rng(1), 12, 50)

    def found(values: np.ndarray) -> set[object]:
        return set(estimates(Ratings(values, np.arange(len(values))), weights).values())

    assert found(KRIPPENDORFF[:4]) == {TooLittle.FEW_BIDS}
    assert found(KRIPPENDORFF[:, :1]) == {TooLittle.ONE_PERSON}
    assert found(np.full((6, 3), 4.0)) == {TooLittle.ALL_EQUAL}


def test_an_interval_needs_ten_clusters_and_says_how_it_was_made() -> None:
    weights = drawn_clusters(np.random.default_rng(1), 12, 200)
    nine, twelve = (estimates(Ratings(KRIPPENDORFF, np.arange(12) % n), weights)["ordinal"] for n in (9, 12))
    assert isinstance(nine, Estimate)
    assert nine.interval is TooLittle.FEW_BIDS
    assert isinstance(twelve, Estimate)
    assert isinstance(twelve.interval, Interval)
    assert (twelve.interval.by, twelve.interval.draws) == ("bootstrap", 200)
    assert twelve.interval.low < twelve.value < twelve.interval.high


def test_an_interval_is_not_made_of_draws_that_are_often_without_one() -> None:
    values = np.full((12, 3), 3.0)
    values[0] = [3, 4, 5]
    found = estimates(Ratings(values, np.arange(12)), drawn_clusters(np.random.default_rng(1), 12, 200))["interval"]
    assert isinstance(found, Estimate)
    assert found.interval is TooLittle.OFTEN_UNDEFINED


def test_clusters_are_drawn_as_many_as_there_are_each_as_often() -> None:
    drawn = drawn_clusters(np.random.default_rng(1), 7, 3_000)
    assert drawn.shape == (7, 3_000)
    assert set(drawn.sum(axis=0)) == {7}
    assert drawn.mean(axis=1) == pytest.approx(np.ones(7), abs=0.08)
