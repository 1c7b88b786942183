"""Areas to lots."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.simulation.market.partition import home_counts, home_shares, lots_of, mean_over

WEIGHTS = (0.4, 0.2, 0.2, 0.2)
LOTS = lots_of(((0,), (1, 3), (2,)), WEIGHTS, 1000.0, 4.0)


def test_lots_have_their_share_of_the_value() -> None:
    assert LOTS.share == pytest.approx([0.4, 0.4, 0.2])
    assert LOTS.value == pytest.approx([400, 400, 200])
    assert LOTS.annual == pytest.approx([100, 100, 50])
    assert LOTS.first == (0, 1, 2)


def test_lots_of_a_kind_have_the_same_value_and_number_of_areas() -> None:
    assert LOTS.kind.tolist() == [0, 1, 2]  # the first two have the same value, but not as many areas
    alike = lots_of(((0, 1), (2, 3)), (0.25,) * 4, 1.0, 1.0)
    assert alike.kind.tolist() == [0, 0]
    assert alike.kinds == (0,)


def test_the_mean_over_areas_is_weighted() -> None:
    by_area = np.random.default_rng(1).normal(size=(4, 5, 7))
    lots = lots_of(((0, 1), (2, 3)), WEIGHTS, 1.0, 1.0)
    expected = np.einsum("la,apd->pld", lots.within, by_area)
    assert mean_over(lots, by_area) == pytest.approx(expected)
    assert lots.within.sum(axis=1) == pytest.approx([1, 1])


def test_home_is_counted_by_value_and_by_area() -> None:
    home = np.array([[True, True, False, False], [False, False, False, True]])
    assert home_shares(LOTS, home) == pytest.approx(np.array([[1, 0.5, 0], [0, 0.5, 0]]))
    assert home_counts(LOTS, home).tolist() == [[1, 1, 0], [0, 1, 0]]
