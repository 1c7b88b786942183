"""Krippendorff's alpha: agreement of any number of people, with values missing.

Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Everything follows from the coincidences: how often two
people gave the same unit this value and that, each unit by one less than the people who gave it one. They are kept by
cluster, so that drawing clusters anew is one product of matrices for all draws.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from tender_eval.fairness.findings.reliability import Estimate, TooLittle
from tender_eval.fairness.statistics.percentiles import percentile_interval
from tender_eval.fairness.statistics.ratings import LEAST_CLUSTERS, LEAST_UNITS, Ratings
from tender_eval.model.numeric import Array

Metric = Literal["nominal", "ordinal", "interval"]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")
ROOM = 1_000_000  # numbers held at once
NOTHING = 1e-12


class Coincidences(NamedTuple):
    """The values that were given, lowest first, and how often each met each ``(clusters, values, values)``."""

    levels: Array
    tables: Array


def coincidences(ratings: Ratings, clusters: int) -> Coincidences:
    """The coincidences of each cluster, of those numbered below ``clusters``."""
    found = ratings.compared
    levels, index = np.unique(found.values[found.given], return_inverse=True)
    counts = np.zeros((found.units, len(levels)))
    np.add.at(counts, (np.nonzero(found.given)[0], index), 1)
    tables = np.zeros((clusters, len(levels), len(levels)))
    for cluster, row in zip(found.clusters, counts, strict=True):
        tables[cluster] += (np.outer(row, row) - np.diag(row)) / (row.sum() - 1)
    return Coincidences(levels, tables)


def alphas(tables: Array, levels: Array, metric: Metric) -> Array:
    """Alpha of each table of coincidences ``(values, values, draws)``; NaN where the values do not differ."""
    given = tables.sum(axis=0)
    total = given.sum(axis=0)
    if metric == "nominal":
        observed = total - np.trace(tables)
        expected = total**2 - (given**2).sum(axis=0)
        scale = total**2
    else:
        at = np.cumsum(given, axis=0) - given / 2 if metric == "ordinal" else (levels - levels.mean())[:, None]
        squares = (given * at**2).sum(axis=0)
        met = sum((row * at).sum(axis=0) * here for row, here in zip(tables, at, strict=True))
        observed = 2 * (squares - met)
        expected = 2 * (total * squares - (given * at).sum(axis=0) ** 2)
        scale = 2 * total * squares
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - (total - 1) * observed / expected
    return np.where(expected > NOTHING * scale, found, np.nan)


def estimates(ratings: Ratings, weights: Array) -> dict[Metric, Estimate | TooLittle]:
    """Alpha by each metric, with percentiles as clusters are drawn anew.

    Args:
        weights: how often each cluster is drawn ``(clusters, draws)``; see `drawn_clusters`.
    """
    if why := too_little(ratings):
        return dict.fromkeys(METRICS, why)
    pairs = coincidences(ratings, len(weights))
    few = ratings.compared.clusters_there < LEAST_CLUSTERS
    drawn = {} if few else bootstrap(pairs, weights)
    return {
        metric: Estimate(
            float(alphas(pairs.tables.sum(axis=0)[..., None], pairs.levels, metric)[0]),
            TooLittle.FEW_BIDS if few else percentile_interval(drawn[metric]),
        )
        for metric in METRICS
    }


def bootstrap(pairs: Coincidences, weights: Array) -> dict[Metric, Array]:
    """Alpha by each metric of every draw of the clusters."""
    values = len(pairs.levels)
    flat = pairs.tables.reshape(len(pairs.tables), -1).T
    step = max(1, ROOM // (values * values))
    found: dict[Metric, list[Array]] = {metric: [] for metric in METRICS}
    for start in range(0, weights.shape[1], step):
        tables = (flat @ weights[:, start : start + step]).reshape(values, values, -1)
        for metric in METRICS:
            found[metric].append(alphas(tables, pairs.levels, metric))
    return {metric: np.concatenate(parts) for metric, parts in found.items()}


def too_little(ratings: Ratings) -> TooLittle | None:
    """Why nothing can be said of the agreement there; None where it can."""
    found = ratings.compared
    if found.people < 2:
        return TooLittle.ONE_PERSON
    if found.units < LEAST_UNITS:
        return TooLittle.FEW_BIDS
    return TooLittle.ALL_EQUAL if np.ptp(found.values[found.given]) == 0 else None
