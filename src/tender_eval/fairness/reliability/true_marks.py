"""What bids may truly deserve by the marks that they were given: whoever leads was probably lucky as well.

A mark is taken as that of its criterion, what the bid has at all criteria, what it has at this one, and an error. The
best guess of all but the error draws marks together by as much as errors alone would spread them (Robinson,
Statistical Science 6 (1991) 15-32); how far bids differ is estimated by its moments from the same marks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from tender_eval.model.numeric import Array

LEAST_BIDS = 4  # below this nobody can say how far bids differ (Efron and Morris, JASA 70 (1975) 311-319)
TINY = 1e-12


@dataclass(frozen=True)
class Spread:
    """How far bids differ, as variances.

    Attributes:
        there: which bids have a mark at which criteria ``(bids, criteria)``.
        bids: of what a bid has at all criteria.
        single: of what it has at one alone.
        errors: of the error of a mark, by criterion.
    """

    there: Array
    bids: float
    single: float
    errors: Array

    def best(self, marks: Array) -> Array:
        """The best guess of what the marks ``(bids, criteria, draws)`` would be without error."""
        means = _mean(marks, self.there, axis=0)
        away = (marks - means) * self.there[..., None]
        weights = (1 / np.maximum(self.single + self.errors, TINY))[None, :, None] * self.there[..., None]
        of_bid = (away * weights).sum(axis=1, keepdims=True) / (
            weights.sum(axis=1, keepdims=True) + 1 / max(self.bids, TINY)
        )
        kept = (self.single / np.maximum(self.single + self.errors, TINY))[None, :, None]
        return np.asarray(means + of_bid + kept * (away - of_bid))

    def drawn(self, marks: Array, errors: Array, rng: Generator) -> Array:
        """What the bids may deserve in each of many draws, by the marks ``(bids, criteria)`` and draws of their errors.

        Marks with errors are drawn from bids that differ as much, and what the best guess misses of them is added to
        the best guess of these.
        """
        shape = errors.shape
        deserved = np.sqrt(self.bids) * rng.standard_normal((shape[0], 1, shape[2]))
        deserved = deserved + np.sqrt(self.single) * rng.standard_normal(shape)
        return np.asarray(self.best(marks[..., None]) + deserved - self.best(deserved + errors))


def spread_of_bids(marks: Array, there: Array, errors: Array) -> Spread | None:
    """How far bids differ by their marks ``(bids, criteria)``; None of fewer than four bids.

    Args:
        errors: the variance of the error of a mark, by criterion.
    """
    held = there.any(axis=0)
    if there.shape[0] < LEAST_BIDS or not held.any():
        return None
    away = np.where(there, marks - _mean(marks[..., None], there, axis=0)[..., 0], 0.0)
    counts = there.sum(axis=1, keepdims=True)
    of_bid = away.sum(axis=1, keepdims=True) / np.maximum(counts, 1)
    n, m = int((counts > 0).sum()), int(held.sum())
    error = float((there * errors).sum() / there.sum())
    if m == 1:
        return Spread(there, 0.0, max(float((away**2).sum()) / (n - 1) - error, 0.0), errors)
    within = float((np.where(there, away - of_bid, 0.0) ** 2).sum()) / max(int(there.sum()) - n - m + 1, 1)
    between = float((counts * of_bid**2).sum()) / (n - 1)
    bids = (between - within) / (float(there.sum()) / n)
    return Spread(there, max(bids, 0.0), max(within - error, 0.0), errors)


def _mean(marks: Array, there: Array, axis: int) -> Array:
    held = there[..., None]
    sums = np.where(held, marks, 0.0).sum(axis=axis, keepdims=True)
    return np.asarray(sums / np.maximum(held.sum(axis=axis, keepdims=True), 1))
