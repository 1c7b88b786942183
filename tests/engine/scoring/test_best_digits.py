"""Rounding to the digits of the best figure, held against the procedure that notices state."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.engine.scoring.best_digits import places_for, round_to_digits
from tender_eval.model.numeric import ROUNDING_MODES, exact_array, round_fraction

NUMBERS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**9)


def scaled_and_rounded(figures: list[Fraction], best: Fraction, digits: int, mode: str) -> list[Fraction]:
    """Scaled by tens until the best has so many digits before the point, rounded to whole numbers, and scaled back."""
    tens = 0
    while abs(best) * Fraction(10) ** tens < 10 ** (digits - 1):
        tens += 1
    while abs(best) * Fraction(10) ** tens >= 10**digits:
        tens -= 1
    return [round_fraction(f * Fraction(10) ** tens, 0, mode) / Fraction(10) ** tens for f in figures]


@pytest.mark.slow
@given(st.lists(NUMBERS, min_size=1, max_size=4), st.integers(1, 5), st.sampled_from(ROUNDING_MODES))
def test_it_is_the_procedure_of_the_notices(figures: list[Fraction], digits: int, mode: str) -> None:
    best = max(figures)
    found = round_to_digits(exact_array(figures), best, digits, mode)
    assert [*found] == (scaled_and_rounded(figures, best, digits, mode) if best else figures)


@pytest.mark.parametrize("mode", ROUNDING_MODES)
def test_floats_follow_in_every_draw(mode: str) -> None:
    draws = [["27397.26", "27340"], ["99.96", "0.06"], ["0.0004155", "0.0004145"], ["0", "7.777"], ["-5.555", "-70"]]
    exact = [[Fraction(n) for n in draw] for draw in draws]
    floats = np.array(exact, dtype=np.float64).T
    found = round_to_digits(floats, floats[0], 3, mode)
    each = [round_to_digits(exact_array(draw), draw[0], 3, mode) for draw in exact]
    np.testing.assert_allclose(found.T, np.array(each, dtype=np.float64), rtol=1e-12)


def test_a_float_that_stands_for_a_power_of_ten_has_its_digits() -> None:
    best = np.array([0.1 + 0.2 + 0.7 - 1e-16, 999.9999999999999])
    found = round_to_digits(np.array([[0.4567, 455.5], best]), best, 3, "half_up")
    assert found[0].tolist() == [0.46, 460]
    assert places_for(Fraction(1000), 3) == -1
