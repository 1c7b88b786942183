"""Kendall's W: how far people put the same things in the same order, with ties (Kendall, Rank Correlation Methods)."""

from __future__ import annotations

import numpy as np

from tender_eval.fairness.findings.reliability import TooLittle
from tender_eval.fairness.statistics.ratings import LEAST_UNITS, Ratings
from tender_eval.model.numeric import Array


def concordance(ratings: Ratings) -> float | TooLittle:
    """W over the units that everybody marked, from 0 (no more alike than by chance) to 1."""
    found = ratings.complete
    if found.people < 2:
        return TooLittle.ONE_PERSON
    if found.units < LEAST_UNITS:
        return TooLittle.FEW_ALL_MARKED
    ranks = np.column_stack([midranks(column) for column in found.values.T])
    n, m = ranks.shape
    ties = sum(float((t**3 - t).sum()) for t in (np.unique(c, return_counts=True)[1] for c in found.values.T))
    most = m**2 * (n**3 - n) - m * ties
    if most <= 0:
        return TooLittle.ALL_EQUAL
    sums = ranks.sum(axis=1)
    return float(12 * ((sums - sums.mean()) ** 2).sum() / most)


def midranks(values: Array) -> Array:
    """Ranks from 1, the lowest first; equal values share the mean of theirs."""
    _, index, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[index])
