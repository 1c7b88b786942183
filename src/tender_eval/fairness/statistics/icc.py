"""Intraclass correlation of people drawn from many who all mark the same: ICC(2,1) and ICC(2,k).

Shrout and Fleiss, Psychological Bulletin 86 (1979) 420-428; the interval by the F distribution is that of McGraw and
Wong, Psychological Methods 1 (1996) 30-46, and takes units to be independent of each other. Where several units
belong to one cluster they are not, and the interval is of clusters drawn anew.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tender_eval.fairness.findings.reliability import Estimate, Interval, TooLittle
from tender_eval.fairness.statistics.f_distribution import f_quantile
from tender_eval.fairness.statistics.percentiles import OUTSIDE, percentile_interval
from tender_eval.fairness.statistics.ratings import LEAST_CLUSTERS, LEAST_UNITS, Ratings, by_cluster
from tender_eval.model.numeric import Array

NOTHING = 1e-12
UPPER = 1 - OUTSIDE / 100


class MeanSquares(NamedTuple):
    """Of the analysis of variance by units and people; of one or of many draws."""

    units: Array
    people: Array
    error: Array
    n: Array
    k: int


def correlations(ratings: Ratings, weights: Array) -> tuple[Estimate | TooLittle, Estimate | TooLittle]:
    """ICC(2,1) and ICC(2,k) over the units that everybody marked.

    Args:
        weights: how often each cluster is drawn ``(clusters, draws)``.
    """
    found = ratings.complete
    if found.people < 2:
        return (TooLittle.ONE_PERSON,) * 2
    if found.units < LEAST_UNITS:
        return (TooLittle.FEW_ALL_MARKED,) * 2
    if np.ptp(found.values) == 0:
        return (TooLittle.ALL_EQUAL,) * 2
    squares = mean_squares(found, np.ones((len(weights), 1)))
    values = single_and_average(squares)
    if found.clusters_there == found.units:
        intervals = _by_f(squares, float(values[0][0]))
    elif found.clusters_there < LEAST_CLUSTERS:
        intervals = (TooLittle.FEW_BIDS,) * 2
    else:
        single, average = single_and_average(mean_squares(found, weights))
        intervals = percentile_interval(single), percentile_interval(average)
    return Estimate(float(values[0][0]), intervals[0]), Estimate(float(values[1][0]), intervals[1])


def mean_squares(ratings: Ratings, weights: Array) -> MeanSquares:
    """The mean squares of each draw of the clusters, from sums that each cluster gives."""
    x = ratings.values - ratings.values.mean()
    n_people = ratings.people
    per_unit = np.column_stack([np.ones(len(x)), (x**2).sum(axis=1), x.sum(axis=1) ** 2, x])
    sums = by_cluster(per_unit, ratings.clusters, len(weights)).T @ weights
    n, squares, rows, columns = sums[0], sums[1], sums[2], sums[3:]
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = columns.sum(axis=0) ** 2 / (n * n_people)
        units, people = rows / n_people - whole, (columns**2).sum(axis=0) / n - whole
        error = np.maximum(squares - whole - units - people, 0)
        return MeanSquares(units / (n - 1), people / (n_people - 1), error / ((n - 1) * (n_people - 1)), n, n_people)


def single_and_average(squares: MeanSquares) -> tuple[Array, Array]:
    """The reliability of one person's mark and of the mean of as many; NaN where marks do not differ.

    Where single marks of a unit are less alike than by chance, their mean has no reliability: its formula, which then
    runs to minus infinity, is held at none.
    """
    units, people, error, n, k = squares
    with np.errstate(divide="ignore", invalid="ignore"):
        single = (units - error) / (units + (k - 1) * error + k * (people - error) / n)
        average = (units - error) / (units + (people - error) / n)
    varied = (units + people + error > NOTHING) & np.isfinite(single)
    return np.where(varied, single, np.nan), np.where(varied, _at_least_none(single, average), np.nan)


def _by_f(found: MeanSquares, single: float) -> tuple[Interval | TooLittle, Interval | TooLittle]:
    units, people, error, n = (float(v[0]) for v in found[:4])
    k = found.k
    if error <= NOTHING * units:
        return (TooLittle.ALL_AGREE,) * 2
    r = min(max(single, 0.0), 1 - NOTHING)  # Satterthwaite's degrees of freedom have no meaning beyond
    a, b = k * r / (n * (1 - r)), 1 + k * r * (n - 1) / (n * (1 - r))
    parts = (a * people) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
    freedom = (a * people + b * error) ** 2 / parts
    above, below = f_quantile(UPPER, n - 1, freedom), f_quantile(UPPER, freedom, n - 1)
    both = k * people + (k * n - k - n) * error
    low = n * (units - above * error) / (above * both + n * units)
    high = n * (below * units - error) / (both + n * below * units)
    return Interval(low, high, "F"), Interval(_of_mean(low, k), _of_mean(high, k), "F")


def _of_mean(single: float, k: int) -> float:
    """The reliability of the mean of k by that of one (Spearman and Brown)."""
    return k * single / (1 + (k - 1) * single) if single > 0 else 0.0


def _at_least_none(single: Array, average: Array) -> Array:
    return np.where(single > 0, average, 0.0)
