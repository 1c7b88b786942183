"""Ranks found by sorting are those of holding every two bids against each other, and cost no square of the bids."""

from __future__ import annotations

from fractions import Fraction
from math import log2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.engine.evaluating import ranking
from tender_eval.engine.evaluating.ranking import batch_ranks, exact_ranks
from tender_eval.model import numeric
from tender_eval.model.numeric import TOLERANCE, Array

figures = st.fractions(min_value=-3, max_value=3, max_denominator=3)


@pytest.mark.slow
@given(st.lists(st.tuples(st.booleans(), st.tuples(figures, figures))))
def test_exact_ranks_are_one_more_than_the_better_ones(bids: list[tuple[bool, tuple[Fraction, Fraction]]]) -> None:
    there = np.array([p for p, _ in bids], dtype=np.bool_)
    naive = [1 + sum(q and other < key for q, other in bids) if p else 0 for p, key in bids]
    assert exact_ranks([key for _, key in bids], there) == naive


class Counting(Fraction):
    """A figure that counts how often two are held against each other."""

    compared = 0

    def __lt__(self, other: object) -> bool:
        Counting.compared += 1
        return Fraction(self) < other  # type: ignore[operator]

    def __eq__(self, other: object) -> bool:
        Counting.compared += 1
        return Fraction(self) == other

    __hash__ = Fraction.__hash__


@pytest.mark.slow
@pytest.mark.parametrize("different", [1, 7, 4000])
def test_exact_ranks_compare_no_square_of_the_bids(different: int) -> None:
    n = 4000
    keys = [[Counting(i * 7919 % n % different), Counting(i)] for i in range(n)]
    Counting.compared = 0
    exact_ranks(keys, np.ones(n, dtype=np.bool_))
    assert Counting.compared <= 4 * n * log2(n)


@pytest.mark.slow
@settings(max_examples=100)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.sampled_from([0.0, 0.2, 0.6, 1.0, 1.7, 3.0]))
def test_sorted_batches_are_ranked_as_pairs_are(seed: int, bids: int, apart: float) -> None:
    """Also where figures are a little less, or a little more, than the tolerance apart."""
    rng, shape = np.random.default_rng(seed), (bids, 6)

    def column() -> Array:
        steps = rng.integers(-2, 3, shape) * apart * TOLERANCE
        return rng.integers(-2, 3, shape) * 1.0 * (1 + steps) + steps

    totals, first, second = column(), column(), column()
    present = rng.random(shape) < 0.8
    best = "highest" if seed % 2 else "lowest"
    for ties in ([], [lambda draws: first[:, draws]], [lambda d: first[:, d], lambda d: -second[:, d]]):
        found = []
        for few in (1000, 0):
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(ranking, "MOST_COUNTED", few)
                patched.setattr(ranking, "MOST_IN_PAIRS", few)
                found.append(batch_ranks(totals, best, present, ties))
        np.testing.assert_array_equal(*found)


def test_many_bids_are_ranked_in_batches_without_holding_every_two_against_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("pair by pair")

    monkeypatch.setattr(ranking, "_count_better", refuse)
    monkeypatch.setattr(ranking, "_lexicographic", refuse)
    n = 40_000  # more than 16 bits with a sign can count
    totals = (np.arange(n) // 2).astype(np.float64)[:, None]
    present = np.ones((n, 1), dtype=np.bool_)
    ranks = batch_ranks(totals, "lowest", present, [lambda draws: -np.arange(n, dtype=np.float64)[:, None]])
    assert ranks[:4, 0].tolist() == [2, 1, 4, 3]
    assert ranks[-1, 0] == n - 1


@pytest.mark.slow
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=1), st.integers(1, 8))
def test_a_shortlist_takes_those_with_fewer_better_than_its_places(bids: list[tuple[bool, int]], top: int) -> None:
    there = np.array([p for p, _ in bids], dtype=np.bool_)
    naive = [sum(q and other > own for q, other in bids) < top for _, own in bids]
    exact = numeric.exact_array(v for _, v in bids)
    floats, mask = exact.astype(np.float64)[:, None], there[:, None]
    through = ~numeric.less(exact, numeric.nth_highest(exact, there, top))
    through_floats = ~numeric.less(floats, numeric.nth_highest(floats, mask, top))[:, 0]
    assert [bool(t) for t, p in zip(through, there, strict=True) if p] == [
        t for t, p in zip(naive, there, strict=True) if p
    ]
    assert through_floats[there].tolist() == through[there].tolist()
