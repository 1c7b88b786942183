"""Kendall's W with ties, by published tables."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.fairness.findings.reliability import Estimate, Interval, TooLittle
from tender_eval.fairness.statistics.concordance import concordance, midranks
from tender_eval.fairness.statistics.ratings import Ratings, drawn_clusters

KENDALL = np.array([
    [1.0, 4.5, 2.0, 4.5, 3.0, 7.5, 6.0, 9.0, 7.5, 10.0],
    [2.5, 1.0, 2.5, 4.5, 4.5, 8.0, 9.0, 6.5, 10.0, 6.5],
    [2.0, 1.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0],
]).T  # fmt: skip
"""Three rankings of ten with ties, of which Siegel, Nonparametric Statistics (1956), pages 234 and 235, gives W = .828;
the example of the NAG library's g08da as well."""

WINGS = np.array([
    [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4],
    [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3],
    [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22],
]).T  # fmt: skip
"""Wing, tail and bill of twelve birds: Zar, Biostatistical Analysis, example 20.5."""


def of(values: np.ndarray) -> object:
    found = concordance(Ratings(values, np.arange(len(values))), np.ones((len(values), 1)))
    return found.value if isinstance(found, Estimate) else found


def test_three_rankings_of_ten_with_ties() -> None:
    assert of(KENDALL) == pytest.approx(0.828, abs=0.0006)


def test_the_rank_sums_of_zars_birds() -> None:
    """As printed in the manual of Unistat, 6.5.6."""
    sums = sum(midranks(column, np.ones((12, 1)))[0] for column in WINGS.T)
    assert list(sums[:, 0]) == [14.5, 21, 30.5, 6, 11, 3.5, 20, 11.5, 29, 28.5, 22.5, 36]


def test_any_values_in_the_same_order_give_the_same() -> None:
    assert of(KENDALL**2 + 3) == of(KENDALL)


def test_the_same_order_is_one_and_opposite_orders_of_two_are_none() -> None:
    order = np.arange(6.0)
    assert of(np.column_stack([order, order * 2])) == pytest.approx(1)
    assert of(np.column_stack([order, -order])) == pytest.approx(0)


def test_a_draw_is_w_of_the_units_that_it_holds() -> None:
    """Each of 40 draws is worked out by itself, of as many rows as the draw has."""
    times = drawn_clusters(np.random.default_rng(3), len(WINGS), 40)
    alone = [of(np.repeat(WINGS, column.astype(int), axis=0)) for column in times.T]
    found = concordance(Ratings(WINGS, np.arange(len(WINGS))), times)
    assert isinstance(found, Estimate)
    assert isinstance(found.interval, Interval)
    low, high = np.percentile(alone, [2.5, 97.5])
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high))
    few = concordance(Ratings(KENDALL[:9], np.arange(9)), np.ones((9, 1)))
    assert isinstance(few, Estimate)
    assert few.interval is TooLittle.FEW_BIDS


def test_too_little_is_said_and_not_worked_out() -> None:
    assert of(KENDALL[:4]) is TooLittle.FEW_ALL_MARKED
    assert of(KENDALL[:, :1]) is TooLittle.ONE_PERSON
    assert of(np.full((6, 3), 1.0)) is TooLittle.ALL_EQUAL
