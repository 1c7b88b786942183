"""Step 5: for which lots a provider bids."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.simulation.market.entry import choose_lots

gains = st.lists(st.integers(-20, 40).map(lambda n: n / 2), min_size=1, max_size=5)


def chosen(gain: list[float], first: float, annual: list[float], capacity: float, most: int = 0) -> list[bool]:
    cap = np.full((1, 1), most) if most else None
    found = choose_lots(
        np.array(gain)[None, :, None], np.full((1, 1), first), np.array(annual), np.full((1, 1), capacity), cap
    )
    return list(found[0, :, 0])


@pytest.mark.slow
@given(gains, st.integers(0, 30), st.integers(1, 5), st.integers(0, 5))
def test_of_equal_lots_the_best_set_is_chosen(gain: list[float], first: int, carries: int, most: int) -> None:
    """Against every set of lots within capacity and cap."""
    found = chosen(gain, first + 0.25, [1.0] * len(gain), float(carries), most)
    best = 0.0
    for size in range(1, min(carries, most or len(gain), len(gain)) + 1):
        best = max(best, *(sum(gain[n] for n in lots) - first - 0.25 for lots in combinations(range(len(gain)), size)))
    got = sum(g for g, c in zip(gain, found, strict=True) if c) - (first + 0.25) * any(found)
    assert got == best
    assert sum(found) <= carries
    assert not most or sum(found) <= most


@pytest.mark.slow
@given(gains, st.lists(st.integers(1, 9), min_size=5, max_size=5), st.integers(1, 20))
def test_unequal_lots_go_from_the_best_on_as_far_as_capacity_reaches(
    gain: list[float], annual: list[int], capacity: int
) -> None:
    sizes = [float(a) for a in annual[: len(gain)]]
    found = chosen(gain, -1.0, sizes, float(capacity))
    assert sum(a for a, c in zip(sizes, found, strict=True) if c) <= capacity
    room = float(capacity)
    for n in sorted(range(len(gain)), key=lambda n: (-gain[n], n)):
        fits = gain[n] > 0 and sizes[n] <= room
        if len(gain) > 1:
            assert found[n] == fits
        room -= sizes[n] * fits


def test_a_first_lot_that_does_not_pay_alone_may_pay_with_others() -> None:
    assert chosen([4.0, 4.0, 4.0], 10.0, [1.0] * 3, 3.0) == [True] * 3
    assert chosen([4.0, 4.0, 4.0], 10.0, [1.0] * 3, 2.0) == [False] * 3


def test_who_cannot_bid_does_not() -> None:
    assert chosen([-np.inf, 4.0], 1.0, [1.0] * 2, 9.0) == [False, True]
    assert chosen([-np.inf, -np.inf], -1.0, [1.0] * 2, 9.0) == [False, False]
    assert chosen([-np.inf], -1.0, [1.0], 9.0) == [False]


@given(gains, st.integers(-20, 40), st.integers(0, 30), st.integers(1, 5))
def test_who_may_bid_for_a_further_lot_is_never_worse_off(
    gain: list[float], further: int, first: int, carries: int
) -> None:
    """Against fixed rivals: what the lots gain does not change by there being another."""

    def profit(lots: list[float]) -> float:
        taken = chosen(lots, first + 0.25, [1.0] * len(lots), float(carries))
        return sum(g for g, c in zip(lots, taken, strict=True) if c) - (first + 0.25) * any(taken)

    assert profit([*gain, further / 2]) >= profit(gain)
