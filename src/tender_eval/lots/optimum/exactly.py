"""Contests whose figures are no fractions, in fractions, with how far totals of these may be off."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tender_eval.model.enclosure import Enclosed
from tender_eval.model.numeric import Array
from tender_eval.plugins.mechanism import Contest

STEPS = 10**9  # to which figures in floats are taken


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
    largest = float(np.max(np.abs(contest.figures), where=contest.standing, initial=0.0)) or 1.0
    steps = np.where(contest.standing, np.rint(contest.figures / largest * STEPS), 0.0)
    most = float(np.max(contest.values, initial=0.0)) or 1.0
    exact = contest._replace(
        figures=_exact(steps),
        values=_exact(contest.values / most),
        capacity=None if contest.capacity is None else _exact(contest.capacity / most),
        most_value=None if contest.most_value is None else Fraction(float(contest.most_value / most)),
    )
    return exact, Fraction(2 * len(contest.values))


def _exact(array: Array) -> Array:
    found = np.empty(array.shape, dtype=object)
    for cell in np.ndindex(array.shape):
        found[cell] = Fraction(float(array[cell]))
    return found
