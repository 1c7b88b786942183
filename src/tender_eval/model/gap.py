"""How far two figures are apart, exactly and as it is printed everywhere."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from tender_eval.model.digits import FURTHER, fixed
from tender_eval.model.evaluation import BidResult, Evaluation

SMALLEST_PLACES = 200  # figures that differ do so far before


class Gap(NamedTuple):
    """A difference of two figures.

    Attributes:
        exact: the difference, never below zero.
        printed: its digits, as every document states them.
        more: whether the better bid has the larger figure.
    """

    exact: Fraction
    printed: str
    more: bool


def gap_between(evaluation: Evaluation, better: BidResult, worse: BidResult) -> Gap:
    """How far two bids are apart, to as many places as it takes to be true of the printed figures.

    Where no number of places is, for each is rounded by itself, the gap is rounded like the figures; and where that
    leaves nothing of it, to its first digit.
    """
    a, b = better.figure or Fraction(0), worse.figure or Fraction(0)
    return Gap(abs(a - b), _printed(a, b, evaluation.figure_places, evaluation.rounding_mode), a > b)


def _printed(a: Fraction, b: Fraction, least: int, mode: str) -> str:
    for places in range(least, least + FURTHER + 1):
        apart = fixed(abs(a - b), places)
        of_printed = abs(Fraction(fixed(a, places, mode)) - Fraction(fixed(b, places, mode)))
        if of_printed and Fraction(apart) == of_printed:
            return apart
    for places in range(least, SMALLEST_PLACES):
        apart = fixed(abs(a - b), places)
        if Fraction(apart):
            return apart
    return fixed(abs(a - b), least)
