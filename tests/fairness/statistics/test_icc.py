"""Intraclass correlation: the published table, its interval, and whole clusters drawn anew."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.fairness.findings.reliability import Estimate, Interval, TooLittle
from tender_eval.fairness.statistics.icc import correlations, mean_squares, single_and_average
from tender_eval.fairness.statistics.ratings import Ratings, drawn_clusters

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)
"""Shrout and Fleiss, Psychological Bulletin 86 (1979), table 2: six targets by four judges."""


def found(values: np.ndarray, clusters: np.ndarray | None = None) -> tuple[object, object]:
    clusters = np.arange(len(values)) if clusters is None else clusters
    weights = drawn_clusters(np.random.default_rng(1), int(clusters.max()) + 1, 300)
    return correlations(Ratings(values, clusters), weights)


def test_shrout_and_fleiss_six_targets_by_four_judges() -> None:
    single, average = found(SHROUT_FLEISS)
    assert isinstance(single, Estimate)
    assert isinstance(average, Estimate)
    assert (round(single.value, 2), round(average.value, 2)) == (0.29, 0.62)


def test_the_mean_squares_of_their_table_three() -> None:
    """Between targets 11.24, between judges 32.49, residual 1.02."""
    squares = mean_squares(Ratings(SHROUT_FLEISS, np.arange(6)), np.ones((6, 1)))
    assert [round(float(v[0]), 2) for v in squares[:3]] == [11.24, 32.49, 1.02]


def test_the_interval_that_the_psych_package_publishes_of_the_table() -> None:
    """Its documentation (function ICC) prints 0.019 to 0.76 for ICC2, and 0.071 to 0.93 for ICC2k."""
    single, average = (each.interval for each in found(SHROUT_FLEISS) if isinstance(each, Estimate))
    assert isinstance(single, Interval)
    assert isinstance(average, Interval)
    assert (single.by, round(single.low, 3), round(single.high, 2)) == ("F", 0.019, 0.76)
    assert (average.by, round(average.low, 3), round(average.high, 2)) == ("F", 0.071, 0.93)


def test_whole_clusters_are_drawn_where_units_belong_together() -> None:
    values, clusters = np.vstack([SHROUT_FLEISS, SHROUT_FLEISS + 1]), np.tile(np.arange(6), 2)
    weights = drawn_clusters(np.random.default_rng(3), 6, 3)
    drawn = single_and_average(mean_squares(Ratings(values, clusters), weights))[0]
    for draw in range(3):
        units = [u for c in range(6) for _ in range(int(weights[c, draw])) for u in np.flatnonzero(clusters == c)]
        alone = mean_squares(Ratings(values[units], np.zeros(len(units), dtype=int)), np.ones((1, 1)))
        assert drawn[draw] == pytest.approx(float(single_and_average(alone)[0][0]))


def test_clusters_too_few_to_draw_leave_a_figure_without_interval() -> None:
    single, _ = found(np.vstack([SHROUT_FLEISS, SHROUT_FLEISS + 1]), np.tile(np.arange(6), 2))
    assert isinstance(single, Estimate)
    assert single.interval is TooLittle.FEW_BIDS


def test_only_what_everybody_marked_counts() -> None:
    missing = np.vstack([SHROUT_FLEISS, [[5, 5, 5, np.nan]]])
    assert found(missing)[0] == found(SHROUT_FLEISS, np.arange(6))[0]


def test_too_little_is_said_and_not_worked_out() -> None:
    assert found(SHROUT_FLEISS[:4]) == (TooLittle.FEW_ALL_MARKED,) * 2
    assert found(SHROUT_FLEISS[:, :1]) == (TooLittle.ONE_PERSON,) * 2
    assert found(np.full((6, 3), 2.0)) == (TooLittle.ALL_EQUAL,) * 2
    alike = found(np.repeat(np.arange(6.0)[:, None], 3, axis=1))[0]
    assert isinstance(alike, Estimate)
    assert (round(alike.value, 9), alike.interval) == (1, TooLittle.ALL_AGREE)


def test_the_mean_of_marks_that_are_less_alike_than_by_chance_has_no_reliability() -> None:
    against = np.array([[1, 5, 3], [5, 1, 3], [2, 4, 3], [4, 2, 3], [3, 3, 3.5]])
    single, average = found(against)
    assert isinstance(single, Estimate)
    assert isinstance(average, Estimate)
    assert single.value < 0
    assert average.value == 0
    assert isinstance(average.interval, Interval)
    assert 0 == average.interval.low <= average.interval.high
