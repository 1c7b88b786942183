"""What a bidder believes of its rivals: how many of their bids will score above its own.

Scores are standings of a bid beside the same reference bids, higher is better, read off play itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array

KNOTS = 257  # quantiles of the scores of each kind of provider at which the beliefs are held


class Beliefs(NamedTuple):
    """The expected number of rival bids on a lot that score above each of some scores.

    Attributes:
        scores: ascending, ``(knots,)``.
        above: by kind of provider that believes it, ``(kinds, knots)``.
        rivals: how many rivals bid for certain; None where entry is free, and so the number is not known.
    """

    scores: Array
    above: Array
    rivals: int | None = None

    def win(self, kind: int, scores: Array) -> Array:
        """The probability of winning with these scores; ``-inf`` never wins.

        With free entry exp(-L), where L rivals are expected to score higher: their number is Poisson, the limit
        of many who each may come. With n rivals that bid for certain, (1 - L / n) to the power of n.
        """
        number = np.interp(scores, self.scores, self.above[kind])
        chance = np.exp(-number) if self.rivals is None else np.power(1 - number / max(self.rivals, 1), self.rivals)
        return np.where(scores == -np.inf, 0.0, chance)


def beliefs_from_scores(scores: Sequence[Array], providers: Array, lots: int, rivals: int | None = None) -> Beliefs:
    """The beliefs that fit the play in a sample.

    Args:
        scores: of the bids of each kind of provider; ``-inf`` for a bid that was rejected.
        providers: how many there are of each kind.
        lots: how many lots were tendered in the sample.
    """
    pools = [np.sort(s[s > -np.inf]) for s in scores]
    knots = [np.quantile(pool, np.linspace(0, 1, KNOTS), method="nearest") for pool in pools if pool.size]
    grid = np.unique(np.concatenate(knots)) if knots else np.zeros(1)
    # Between knots the number falls in a straight line, from all of a kind's bids at its lowest score to none.
    bids = [_above(pool, grid) / lots for pool in pools]
    total = np.sum(bids, axis=0)
    own = [b / max(n, 1) for b, n in zip(bids, providers, strict=True)]
    above = np.maximum(np.array([total - one for one in own]), 0.0)
    return Beliefs(grid, above, rivals)


def _above(pool: Array, grid: Array) -> Array:
    """How many score above each knot, those that equal it by half: nobody wins a tie for certain."""
    if not pool.size:
        return np.zeros(len(grid))
    return np.asarray(pool.size - (np.searchsorted(pool, grid, "left") + np.searchsorted(pool, grid, "right")) / 2)
