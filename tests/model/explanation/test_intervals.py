"""Intervals hold what is reckoned with any numbers in them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.model.explanation.intervals import ANYTHING, Interval, Undefined, divided, plus, power, times

NUMBERS = st.fractions(-50, 50, max_denominator=60)
WIDTHS = st.fractions(0, 1, max_denominator=60)


def around(number: Fraction, below: Fraction, above: Fraction) -> Interval:
    return Interval(number - below, number + above)


@settings(max_examples=15)
@given(NUMBERS, NUMBERS, WIDTHS, WIDTHS, st.integers(-9, 9))
def test_an_interval_holds_the_figure_of_any_numbers_in_it(
    a: Fraction, b: Fraction, below: Fraction, above: Fraction, exponent: int
) -> None:
    x, y, e = around(a, below, above), around(b, above, below), Fraction(exponent)
    held = [(plus(x, y), a + b), (times(x, y), a * b)]
    try:
        held += [
            (divided(x, y), a / b if b else None),
            (power(x, Interval(e, e)), a**exponent if a or e >= 0 else None),
        ]
    except Undefined:
        assert Interval(Fraction(0), Fraction(0)) in (x, y)
    for found, figure in held:
        assert found == ANYTHING if figure is None else found.low <= figure <= found.high
