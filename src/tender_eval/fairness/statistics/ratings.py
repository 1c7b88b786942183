"""What people gave the same units, and how units are drawn anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Generator

from tender_eval.model.numeric import Array, Mask

LEAST_UNITS = 5  # below this a coefficient hangs on each single one of them
LEAST_CLUSTERS = 10  # below this drawing them with replacement covers far less than it says


@dataclass(frozen=True)
class Ratings:
    """Values ``(units, people)``, NaN where somebody gave none.

    Units of one cluster are drawn together: the marks that one bid was given at several criteria.
    """

    values: Array
    clusters: Array  # (units,): the number of the cluster of each

    @cached_property
    def several(self) -> Mask:
        """Which units two people or more gave a value ``(units,)``."""
        return np.asarray(self.given.sum(axis=1) >= 2)

    @cached_property
    def comparable(self) -> Mask:
        """Which people gave a value beside those of others ``(people,)``."""
        return np.asarray(self.given[self.several].any(axis=0))

    @cached_property
    def compared(self) -> Ratings:
        """Only those units and people."""
        return Ratings(self.values[self.several][:, self.comparable], self.clusters[self.several])

    @cached_property
    def complete(self) -> Ratings:
        """Only the units that everybody gave a value."""
        units = self.given.all(axis=1)
        return Ratings(self.values[units], self.clusters[units])

    @cached_property
    def given(self) -> Mask:
        return ~np.isnan(self.values)

    @property
    def units(self) -> int:
        return len(self.values)

    @property
    def people(self) -> int:
        return int(self.values.shape[1])

    @property
    def clusters_there(self) -> int:
        return len(np.unique(self.clusters))


def drawn_clusters(rng: Generator, clusters: int, draws: int) -> Array:
    """How often each cluster is drawn ``(clusters, draws)``, as many with replacement as there are."""
    found = rng.integers(clusters, size=(draws, clusters)) + np.arange(draws)[:, None] * clusters
    counts = np.bincount(found.ravel(), minlength=draws * clusters)
    return np.ascontiguousarray(counts.reshape(draws, clusters).T, dtype=np.float64)


def by_cluster(of_units: Array, clusters: Array, count: int) -> Array:
    """The sums over the units of each cluster ``(count, ...)``."""
    found = np.zeros((count, *of_units.shape[1:]))
    np.add.at(found, clusters, of_units)
    return found
