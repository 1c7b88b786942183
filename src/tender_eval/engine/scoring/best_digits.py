"""Rounding to the digits of the best figure, in both arithmetics.

Source: notices that scale a figure by powers of ten until the largest has three digits before the point, and then cut
it to whole numbers, such as project CXP6YYHYE45 on vergabekommunal.de (simple quality-per-price method of UfAB).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from tender_eval.model.numeric import TOLERANCE, Array, is_exact, round_to
from tender_eval.model.scheme import Rounding


def places_for(best: Fraction, digits: int) -> int:
    """To how many places figures are rounded where the best one has so many digits; below zero, before the point.

    Args:
        best: any number but zero, which has no digits.

    >>> [places_for(Fraction(n), 3) for n in ("27397.26", "99.96", "-5", "0.0004155", "1000")]
    [-2, 1, 2, 6, -1]
    """
    size = abs(best)
    before = len(str(size.numerator)) - len(str(size.denominator))  # digits before the point, or one less
    while not size < Fraction(10) ** before:
        before += 1
    return digits - before


def to_places(rounding: Rounding, best: Fraction) -> Rounding | None:
    """Rounding to digits with the places that these come to; None where the best figure is zero, which has none."""
    return replace(rounding, places=places_for(best, rounding.digits)) if best else None


def round_to_digits(figures: Array, best: Any, digits: int, mode: str) -> Array:
    """Round figures to the place where the best one has so many digits; not at all where it is zero.

    Args:
        best: a fraction; of floats one for each draw, ``(draws,)``.
    """
    if is_exact(figures):
        return figures if best == 0 else round_to(figures, places_for(best, digits), mode)
    size = np.where(best == 0, 1.0, np.abs(best))
    before = np.floor(np.log10(size * (1 + TOLERANCE))) + 1  # a float that stands for 1000 has four digits
    return np.where(best == 0, figures, round_to(figures, digits - before, mode))
