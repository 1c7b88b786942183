"""How the figures of a fairness report are printed: to as many places as keep what is said of them true."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.languages.numbers import at_places, grouped, percentage_at
from tender_eval.model.digits import FURTHER, fixed, shown

FOUR_FIFTHS = 0.8
SLACK = 1e-9  # that floats may differ by where nothing does
RATIO_PLACES = 10


def distinct(value: Fraction, other: Fraction) -> str:
    """`plain_distinct` as the language writes numbers."""
    return grouped(plain_distinct(value, other))


def plain_distinct(value: Fraction, other: Fraction) -> str:
    """A figure to as many places, from two on, as it takes to print otherwise than the figure beside it.

    >>> plain_distinct(Fraction(5731, 100), Fraction(60)), plain_distinct(Fraction(60001, 1000), Fraction(60))
    ('57.31', '60.001')
    """
    for places in range(2, 2 + FURTHER):
        if value == other or Fraction(fixed(value, places)) != Fraction(fixed(other, places)):
            return fixed(value, places)
    return shown(value)


def signed(value: Fraction) -> str:
    """A change with its sign.

    >>> signed(Fraction(-5, 2)), signed(Fraction(5, 2))
    ('-2.50', '+2.50')
    """
    return "0" if not value else ("" if value < 0 else "+") + distinct(value, Fraction(0))


def percent_of(share: Fraction | float) -> str:
    """A share as a percentage: whole, or to one place below ten.

    >>> percent_of(Fraction(1, 3)), percent_of(0.042), percent_of(0.0004)
    ('33%', '4.2%', '0.04%')
    """
    size = abs(100 * float(share))
    places = 0 if size >= 10 or size == 0 else 1 if size >= 1 else 2
    return percentage_at(float(share), places)


def is_low(ratio: float) -> bool:
    """Whether a ratio of rates is below four fifths, and not only by the rounding of floats."""
    return ratio < FOUR_FIFTHS - SLACK


def rate_of(rate: float) -> str:
    """A rate as a percentage, to a place more than other shares, for ratios are made of it.

    >>> rate_of(0.2), rate_of(0.1957)
    ('20%', '19.6%')
    """
    places = 0 if round(1000 * rate) % 10 == 0 else 1
    return percentage_at(rate, places)


def ratio_of(ratio: float) -> str:
    """A ratio to two places, or to as many as show on which side of four fifths it lies.

    >>> ratio_of(0.7999), ratio_of(0.5), ratio_of(0.8), ratio_of(4.25)
    ('0.7999', '0.50', '0.80', '4.25')
    """
    places = 2
    while places < RATIO_PLACES and is_low(ratio) and round(ratio, places) >= FOUR_FIFTHS:
        places += 1
    return at_places(ratio, places)
