"""Scores read off a table: between prices and qualities, and where bids are rejected."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.simulation.bidding.pricing import Grid
from tender_eval.simulation.bidding.score_table import SameMarks, ScoreTable

PRICES = Grid(0.5, 1.0, 6)
RISING = np.array([[10.0, 8.0, 6.0, 4.0, 2.0, 0.0], [20.0, 18.0, 16.0, 14.0, 12.0, 10.0]])


def by_hand(values: np.ndarray, marks: int, price: float) -> float:
    """Between two prices in a straight line; the nearer one where either is rejected."""
    at = min(max((price - PRICES.start) / PRICES.step, 0.0), 5.0)
    below = min(int(at), 4)
    low, high = values[marks, below], values[marks, below + 1]
    if np.isinf(low) or np.isinf(high):
        return float(low if at - below < 0.5 else high)
    return float(low + (at - below) * (high - low))


@pytest.mark.parametrize("out", [[], [(0, slice(None))], [(0, slice(4, 6))], [(0, slice(None)), (1, slice(0, 1))]])
def test_scores_are_those_by_hand_whatever_is_rejected(out: list[tuple[int, slice]]) -> None:
    values = RISING.copy()
    for at in out:
        values[at] = -np.inf
    table = ScoreTable(values, PRICES)
    assert table.rejects is bool(out)
    assert table.may_win.tolist() == [not np.isinf(row).all() for row in values]
    price = np.random.default_rng(2).uniform(0.45, 1.05, 40)
    for marks in (0, 1):
        found = table.of_bids(np.full(40, marks), None, np.zeros(40), price)
        assert found.tolist() == pytest.approx([by_hand(values, marks, p) for p in price])
    same = SameMarks.of(np.array([[0, 1, 1], [1, 1, 1]]))
    assert (same.quality.tolist(), same.marks.tolist()) == ([0, 0, 1], [0, 1, 1])
    at, part = PRICES.place(price.reshape(2, 20))
    those, scores = table.of_states(same, at, part)
    assert those.tolist() == [n for n in range(3) if table.may_win[same.marks[n]]]
    for n, row in zip(those, scores, strict=True):
        expected = [by_hand(values, same.marks[n], p) for p in price.reshape(2, 20)[same.quality[n]]]
        assert row.tolist() == pytest.approx(expected)
    assert same.mean(np.array([[3.0], [0.0], [6.0]])).tolist() == [[1.0], [6.0]]


def test_between_qualities_the_nearer_holds_where_one_is_rejected() -> None:
    values = RISING.copy()
    values[0] = -np.inf
    table = ScoreTable(values, PRICES)
    marks, above, price = np.zeros(2, dtype=np.intp), np.ones(2, dtype=np.intp), np.full(2, 0.6)
    assert table.of_bids(marks, above, np.array([0.4, 0.6]), price).tolist() == [-np.inf, pytest.approx(18.0)]
    whole = ScoreTable(RISING, PRICES)
    assert whole.of_bids(marks, above, np.array([0.4, 0.6]), price).tolist() == pytest.approx([12.0, 14.0])
