"""Contests whose figures are no fractions, in fractions, with how far totals of these may be off."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tender_eval.model.enclosure import Enclosed
from tender_eval.model.numeric import Array
from tender_eval.plugins.mechanism import Contest

STEPS = 10**11  # of its largest figure to which those of a draw are taken: as near as ranks take floats for equal
_VALUES = 2.0**44  # to which values in floats are: far finer than what sums of them are compared to


def in_fractions(contest: Contest) -> tuple[Contest, Fraction]:
    """The contest with fractions for figures that no fraction is, and by how much totals of these may be off."""
    off = [f.high - f.low for f in contest.figures[contest.standing].tolist() if isinstance(f, Enclosed)]
    if not off:
        return contest, Fraction(0)
    figures = contest.figures.copy()
    for cell in zip(*np.nonzero(contest.standing), strict=True):
        if isinstance(figure := figures[cell], Enclosed):
            figures[cell] = (Fraction(figure.low) + Fraction(figure.high)) / 2
    heaviest = max(1, *(abs(value) for value in contest.values.tolist()))
    return contest._replace(figures=figures), 2 * contest.standing.shape[1] * heaviest * Fraction(max(off))


def of_floats(contest: Contest) -> tuple[Contest, Fraction]:
    """One draw of a batch in steps of its largest figure, so that floats that stand for a tie are one.

    Values are as shares of the largest, and capacities with them.
    """
    most = float(np.max(contest.values, initial=0.0)) or 1.0
    exact = contest._replace(
        figures=_exact(in_steps(contest)),
        values=_share(contest.values, most),
        capacity=None if contest.capacity is None else _share(contest.capacity, most),
        most_value=None if contest.most_value is None else _share(np.array([contest.most_value]), most)[0],
    )
    return exact, Fraction(2 * len(contest.values))


def in_steps(contest: Contest) -> Array:
    """The figures of a contest in floats in whole steps of the largest of each draw; nought where no bid stands."""
    largest = np.max(np.abs(contest.figures), axis=(0, 1), where=contest.standing, initial=0.0)
    scaled = contest.figures / np.where(largest > 0, largest, 1.0) * STEPS
    return np.where(contest.standing, np.rint(scaled), 0.0)


def _share(values: Array, most: float) -> Array:
    return _exact(np.rint(values / most * _VALUES) / _VALUES)


def _exact(array: Array) -> Array:
    found = np.empty(array.shape, dtype=object)
    for cell in np.ndindex(array.shape):
        found[cell] = Fraction(float(array[cell]))
    return found
