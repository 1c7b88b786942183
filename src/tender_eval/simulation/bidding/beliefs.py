"""What a bidder believes of its rivals: how likely it is that none of their bids scores above its own.

Scores are standings of a bid beside the same reference bids, higher is better, read off play itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array

KNOTS = 257  # quantiles of the scores of each kind of provider at which the beliefs are held


class Beliefs(NamedTuple):
    """The probability that a bid with each of some scores wins a lot.

    Attributes:
        scores: ascending, ``(knots,)``.
        chance: by kind of provider that believes it, ``(kinds, knots)``.
    """

    scores: Array
    chance: Array

    def win(self, kind: int, scores: Array) -> Array:
        """The probability of winning with these scores; ``-inf`` never wins."""
        return np.where(scores == -np.inf, 0.0, np.interp(scores, self.scores, self.chance[kind]))


def beliefs_from_scores(
    scores: Sequence[Array], providers: Array, lots: int, places: int = 1, kept: Array | None = None
) -> Beliefs:
    """The beliefs that fit the play in a sample.

    How many providers there are of each kind is known to all; each rival bids above a score or not by itself, as often
    as those of its kind do. So the number of each kind above is binomial, and of all the sum over kinds: for many
    providers who each come seldom that is a Poisson number, whose limit it reaches without a seam.

    Args:
        scores: of the bids of each kind of provider; ``-inf`` for a bid that was rejected.
        providers: how many there are of each kind.
        lots: how many lots were tendered in the sample.
        places: bids that are awarded each lot.
        kept: of the lots that bids of each kind would win, the share that they may keep; a bid of one that has won all
            it may stands in nobody's way. None for all.
    """
    pools = [np.sort(s[s > -np.inf]) for s in scores]
    knots = [np.quantile(pool, np.linspace(0, 1, KNOTS), method="nearest") for pool in pools if pool.size]
    grid = np.unique(np.concatenate(knots)) if knots else np.zeros(1)
    thinned = np.ones(len(pools)) if kept is None else kept
    each = [
        part * _above(pool, grid) / lots / max(int(n), 1)
        for pool, n, part in zip(pools, providers, thinned, strict=True)
    ]
    chances = []
    for kind in range(len(each)):
        rivals = [(int(n) - (k == kind), above) for k, (n, above) in enumerate(zip(providers, each, strict=True))]
        chances.append(_fewer_than(places, rivals, len(grid)))
    return Beliefs(grid, np.array(chances))


def _fewer_than(places: int, rivals: Sequence[tuple[int, Array]], knots: int) -> Array:
    """The probability that fewer rivals than this are above: binomial by kind, added up over kinds."""
    whole = np.zeros((places, knots))
    whole[0] = 1.0
    for number, above in rivals:
        if number <= 0:
            continue
        share = np.clip(above, 0.0, 1 - 1e-12)
        own = [np.exp(number * np.log1p(-share))]
        for n in range(min(places - 1, number)):
            own.append(own[n] * (number - n) / (n + 1) * share / (1 - share))
        whole = np.array([sum(whole[n - k] * own[k] for k in range(min(n + 1, len(own)))) for n in range(places)])
    return np.asarray(np.minimum(whole.sum(axis=0), 1.0))


def _above(pool: Array, grid: Array) -> Array:
    """How many score above each knot, those that equal it by half: nobody wins a tie for certain."""
    if not pool.size:
        return np.zeros(len(grid))
    return np.asarray(pool.size - (np.searchsorted(pool, grid, "left") + np.searchsorted(pool, grid, "right")) / 2)
