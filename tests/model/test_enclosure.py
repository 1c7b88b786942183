"""Numbers between bounds: the bounds hold, what is rational is found, and level is level."""

from __future__ import annotations

import copy
import pickle
from decimal import Context, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tender_eval.model import numeric
from tender_eval.model.digits import fixed, shown
from tender_eval.model.enclosure import MOST_BITS, Enclosed, logarithm, power, square_root

FAR = Context(prec=220)  # a hundred digits more than the bounds have

positive = st.fractions(Fraction(1, 10**6), 10**9, max_denominator=10**6)
exponents = st.fractions(-8, 8, max_denominator=12)


def wide(value: Fraction) -> Decimal:
    return FAR.divide(Decimal(value.numerator), Decimal(value.denominator))


def holds(found: Fraction, true: Decimal) -> bool:
    """Whether a number is the true one, or lies around it; the oracle's own error is in its last digits."""
    if not isinstance(found, Enclosed):
        return abs(wide(found) - true) <= abs(true) * Decimal("1e-200")
    return found.low <= true <= found.high and found.high - found.low <= abs(true) * Decimal("1e-90") + Decimal("1e-90")


@pytest.mark.slow
@given(positive)
def test_a_root_lies_between_its_bounds(value: Fraction) -> None:
    assert holds(square_root(value), FAR.sqrt(wide(value)))
    assert square_root(value) * square_root(value) == value
    assert square_root(value * value) == value
    assert type(square_root(value * value)) is Fraction


@pytest.mark.slow
@given(positive)
def test_a_logarithm_lies_between_its_bounds(value: Fraction) -> None:
    assert holds(logarithm(value), FAR.ln(wide(value)))


@pytest.mark.slow
@given(positive, exponents)
def test_a_power_lies_between_its_bounds(base: Fraction, exponent: Fraction) -> None:
    assert holds(power(base, exponent), FAR.exp(FAR.multiply(wide(exponent), FAR.ln(wide(base)))))


@pytest.mark.slow
@given(st.fractions(Fraction(1, 50), 100, max_denominator=50), st.integers(-9, 9), st.integers(1, 9))
def test_what_is_rational_is_found(base: Fraction, p: int, q: int) -> None:
    assert type(power(base**q, Fraction(p, q))) is Fraction
    assert power(base**q, Fraction(p, q)) == base**p
    assume(base != 1 and p != 0)
    share = logarithm(base**p) / logarithm(base**q)
    assert type(share) is Fraction
    assert share == Fraction(p, q)


@pytest.mark.slow
@given(positive, positive, positive)
def test_arithmetic_keeps_the_true_number_inside(a: Fraction, b: Fraction, c: Fraction) -> None:
    x, y = square_root(a), logarithm(b)
    true_x, true_y, z = FAR.sqrt(wide(a)), FAR.ln(wide(b)), wide(c)
    assert holds(x + y, FAR.add(true_x, true_y))
    assert holds(c - x * y, FAR.subtract(z, FAR.multiply(true_x, true_y)))
    assert holds(y / x, FAR.divide(true_y, true_x))
    assert holds(abs(-x), true_x)


@pytest.mark.slow
@given(positive, positive)
def test_fractions_on_either_side_give_way(a: Fraction, b: Fraction) -> None:
    x = square_root(a)
    assume(isinstance(x, Enclosed))
    for found in (x + b, b + x, x - b, b - x, x * b, b * x, x / b, b / x, x + 1, 1 - x, 2 / x, -x, abs(x)):
        assert isinstance(found, Enclosed)
    assert (x < b) == (b > x) == (a < b * b)
    assert (x <= b) == (b >= x) == (a <= b * b)
    assert (x == b) == (b == x) == (a == b * b)


@pytest.mark.slow
@given(positive, positive)
def test_order_is_that_of_the_true_numbers(a: Fraction, b: Fraction) -> None:
    assert (square_root(a) < square_root(b)) == (a < b)
    assert (logarithm(a) < logarithm(b)) == (a < b)
    assert (square_root(a) == square_root(b)) == (a == b)


def test_numbers_that_agree_in_all_worked_digits_are_level() -> None:
    two = square_root(Fraction(2))
    assert two * square_root(Fraction(3)) == square_root(Fraction(6))
    assert hash(two * square_root(Fraction(3))) == hash(square_root(Fraction(6)))
    assert two + 3 - two == 3
    assert not two - two
    assert bool(two)
    assert two < two + Fraction(1, 10**100)
    assert two == two + Fraction(1, 10**130)


def test_level_with_a_boundary_is_on_it() -> None:
    half = square_root(Fraction(2)) * square_root(Fraction(2)) / 400  # one half of a hundredth, within the bounds
    assert isinstance(half, Enclosed)
    assert [fixed(half, 2, mode) for mode in ("half_up", "half_down", "half_even", "up", "down")] == [
        "0.01", "0.00", "0.00", "0.01", "0.00",
    ]  # fmt: skip
    assert numeric.clip(numeric.exact_array([half * 200, half * 0, half]))[0] == 1
    assert type(numeric.clip(numeric.exact_array([half * 200]))[0]) is Fraction
    assert shown(half * 200) == "1"


def test_a_divisor_that_cannot_be_told_from_zero_is_zero() -> None:
    two = square_root(Fraction(2))
    with pytest.raises(ZeroDivisionError):
        1 / (two - two)
    assert numeric.divide(numeric.exact_array([1]), numeric.exact_array([two - two]), otherwise=7)[0] == 7


def test_copies_and_pickles_keep_the_bounds() -> None:
    number = logarithm(Fraction(5))
    assert isinstance(number, Enclosed)
    for other in (copy.copy(number), copy.deepcopy(number), pickle.loads(pickle.dumps(number))):
        assert (other.low, other.high, other.log_of) == (number.low, number.high, Fraction(5))


def test_the_fraction_of_an_enclosed_number_has_fifty_digits() -> None:
    number = square_root(Fraction(2))
    assert str(Decimal(number.numerator) / 1) != "0"
    assert Context(prec=60).divide(Decimal(number.numerator), Decimal(number.denominator)) == Decimal(
        "1.4142135623730950488016887242096980785696718753769"
    )


@pytest.mark.parametrize(
    ("base", "exponent", "error"),
    [(-2, "1/2", ArithmeticError), (0, "-1", ZeroDivisionError), (-1, "1/3", ArithmeticError)],
)
def test_powers_that_no_number_is(base: int, exponent: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        power(Fraction(base), Fraction(exponent))


def test_logarithms_that_no_number_is() -> None:
    for value in (Fraction(0), Fraction(-1)):
        with pytest.raises(ArithmeticError):
            logarithm(value)


def test_zero_and_one_and_signs() -> None:
    assert power(Fraction(0), Fraction(0)) == 1
    assert power(Fraction(0), Fraction(1, 2)) == 0
    assert power(Fraction(-3), Fraction(3)) == -27
    assert power(Fraction(1), Fraction(10**30, 7)) == 1
    assert power(Fraction(-1), Fraction(10**30 + 1)) == -1
    assert square_root(Fraction(0)) == 0


def test_a_long_power_is_bounded_in_memory() -> None:
    found = power(Fraction(10**9 + 1, 10**9), Fraction(10**9))  # e, nearly
    assert isinstance(found, Enclosed)
    assert 2.718281827 < float(found) < 2.718281828
    assert found.denominator.bit_length() < MOST_BITS


def test_the_arithmetic_of_other_people_does_not_matter() -> None:
    from decimal import localcontext

    with localcontext(Context(prec=3)):
        assert square_root(Fraction(2)) ** 2 == 2
        assert float(-square_root(Fraction(2))) == -(2**0.5)


def test_arrays_of_both_kinds_are_compared_cell_by_cell() -> None:
    x = numeric.exact_array([square_root(Fraction(2)), Fraction(3, 2)])
    assert numeric.less(x, numeric.exact_array([Fraction(3, 2)] * 2)).tolist() == [True, False]
    assert numeric.highest(x, np.array([True, True])) == Fraction(3, 2)
