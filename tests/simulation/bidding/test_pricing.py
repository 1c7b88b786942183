"""Step 6: prices that go with probabilities of winning, and best responses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.simulation.bidding.pricing import Grid, Policy, best_response, by_envelope

PRICES, COSTS = Grid(0.0, 1.0, 49), Grid(0.0, 1.0, 41)


def test_places_on_a_grid_are_held_at_its_ends() -> None:
    below, part = Grid(1.0, 3.0, 5).place(np.array([0.0, 1.0, 1.6, 3.0, 9.0]))
    assert below.tolist() == [0, 0, 1, 3, 3]
    assert part == pytest.approx([0.0, 0.0, 0.2, 1.0, 1.0])


@pytest.mark.slow
@given(st.floats(0, 3), st.floats(0, 3), st.floats(-2, 2), st.floats(0, 1), st.floats(0, 1))
def test_tables_are_read_in_straight_lines(a: float, b: float, c: float, quality: float, cost: float) -> None:
    q, k = Grid(0.0, 1.0, 4), Grid(0.0, 1.0, 5)
    table = np.stack([row + a * q.points[:, None] + b * k.points + c for row in (0.0, 10.0)])
    policy = Policy(table, table, q, k)
    cells = policy.place(np.array([1]), np.array([quality]), np.array([cost]))
    assert policy.prices(cells) == pytest.approx(10.0 + a * quality + b * cost + c)


@pytest.mark.slow
@given(st.floats(0.1, 12))
def test_where_winning_falls_exponentially_the_envelope_is_exact(m: float) -> None:
    cost = COSTS.points
    price, gain = by_envelope(np.exp(-m * cost), COSTS, 1.0)
    assert price == pytest.approx(cost + (1 - np.exp(-m * (1 - cost))) / m, abs=1e-9)
    assert gain == pytest.approx((price - cost) * np.exp(-m * cost), abs=1e-9)


@pytest.mark.slow
@given(st.lists(st.floats(0, 1), min_size=41, max_size=41))
def test_prices_lie_between_cost_and_ceiling_and_gains_fall_with_cost(win: list[float]) -> None:
    price, gain = by_envelope(np.array(win), COSTS, 1.0)
    assert (price >= COSTS.points - 1e-12).all()
    assert (price <= 1 + 1e-12).all()
    assert (np.diff(gain) <= 1e-12).all()
    assert gain[-1] == 0


@pytest.mark.slow
@given(st.floats(0.2, 4), st.floats(0.5, 6))
def test_the_best_response_is_the_best_of_a_fine_grid(bend: float, rivals: float) -> None:
    def win(price: np.ndarray) -> np.ndarray:
        return (1 - price**bend) ** rivals

    price, gain = best_response(win(PRICES.points)[None], PRICES, COSTS)
    fine = np.linspace(0, 1, 4001)
    best = ((fine - COSTS.points[:, None]) * win(fine)).max(axis=1)
    assert gain[0] == pytest.approx(best, abs=0.002)
    assert (price[0] >= COSTS.points - PRICES.step).all()


def test_nothing_can_be_gained_at_or_above_the_ceiling() -> None:
    price, gain = best_response(np.ones((1, 49)), PRICES, Grid(0.5, 1.2, 8))
    assert gain[0, -2:].tolist() == [0.0, 0.0]
    assert price[0, -1] == pytest.approx(1.2)
    assert price[0, 0] == 1.0
