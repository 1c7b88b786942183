"""Kendall's W: how far people put the same things in the same order, with ties (Kendall, Rank Correlation Methods)."""

from __future__ import annotations

import numpy as np

from tender_eval.fairness.findings.reliability import Estimate, TooLittle
from tender_eval.fairness.statistics.percentiles import percentile_interval
from tender_eval.fairness.statistics.ratings import LEAST_CLUSTERS, LEAST_UNITS, Ratings
from tender_eval.model.numeric import Array


def concordance(ratings: Ratings, weights: Array) -> Estimate | TooLittle:
    """W over the units that everybody marked, from 0 (no more alike than by chance) to 1, as clusters are drawn anew.

    Args:
        weights: how often each cluster is drawn ``(clusters, draws)``; see `drawn_clusters`.
    """
    found = ratings.complete
    if found.people < 2:
        return TooLittle.ONE_PERSON
    if found.units < LEAST_UNITS:
        return TooLittle.FEW_ALL_MARKED
    value = float(_w(found.values, np.ones((found.units, 1)))[0])
    if np.isnan(value):
        return TooLittle.ALL_EQUAL
    if found.clusters_there < LEAST_CLUSTERS:
        return Estimate(value, TooLittle.FEW_BIDS)
    return Estimate(value, percentile_interval(_w(found.values, weights[found.clusters])))


def _w(values: Array, times: Array) -> Array:
    """W of units ``(units, people)`` that stand so many ``times`` ``(units, draws)``; NaN where nobody tells any apart.

    A unit that stands twice is tied with itself.
    """
    n, people = times.sum(axis=0), values.shape[1]
    sums, ties = np.zeros_like(times), np.zeros_like(n)
    for own in values.T:
        ranks, counts = midranks(own, times)
        sums += ranks
        ties += (counts**3 - counts).sum(axis=0)
    apart = ((sums - people * (n + 1) / 2) ** 2 * times).sum(axis=0)
    most = people**2 * (n**3 - n) - people * ties
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(most > 0, 12 * apart / most, np.nan)


def midranks(values: Array, times: Array) -> tuple[Array, Array]:
    """Ranks from 1, the lowest first, and how often each value stands; equal values share the mean of theirs."""
    levels, at = np.unique(values, return_inverse=True)
    counts = (at == np.arange(len(levels))[:, None]).astype(np.float64) @ times
    return np.asarray((np.cumsum(counts, axis=0) - (counts - 1) / 2)[at]), counts
