"""What a bidder believes of its rivals: how likely it is that none of their bids scores above its own.

Scores are standings of a bid beside the same reference bids, higher is better, read off play itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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
        found = np.interp(scores, self.scores, self.chance[kind])
        return np.where(scores == -np.inf, 0.0, found)


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
    knots = [pool[_nearest(pool.size)] for pool in pools if pool.size]
    grid = np.unique(np.concatenate(knots)) if knots else np.zeros(1)
    thinned = np.ones(len(pools)) if kept is None else kept
    each = [
        part * _above(pool, grid) / lots / max(int(n), 1)
        for pool, n, part in zip(pools, providers, thinned, strict=True)
    ]
    shares = np.clip(each, 0.0, 1 - 1e-12)
    none = np.log1p(-shares)
    if places == 1:
        return Beliefs(grid, _nobody(none, np.asarray(providers)[:, None]))
    kinds = list(zip(map(int, providers), shares, none, strict=True))
    whole = [_by_number(places, number, *of) for number, *of in kinds]
    but_one = [_by_number(places, number - 1, *of) for number, *of in kinds]
    chances = [
        _fewer_than(places, [*whole[:kind], one_less, *whole[kind + 1 :]], len(grid))
        for kind, one_less in enumerate(but_one)
    ]
    return Beliefs(grid, np.array(chances))


@lru_cache(maxsize=1024)
def _nearest(size: int) -> Array:
    """Where the quantiles stand among so many that are sorted; between two the nearer, in the middle the even one."""
    return np.rint(np.arange(KNOTS) * (size - 1) / (KNOTS - 1)).astype(np.intp)


def _nobody(none: Array, providers: Array) -> Array:
    """The probability that no rival is above, by kind of provider that believes it, ``(kinds, knots)``.

    Args:
        none: the logarithm of the chance that one of a kind is not, same shape.
        providers: how many there are of each kind, ``(kinds, 1)``.
    """
    all_of, but_one = np.exp(np.maximum([providers, providers - 1], 0) * none)
    each = [np.prod([*all_of[:k], but_one[k], *all_of[k + 1 :]], axis=0) for k in range(len(none))]
    return np.minimum(each, 1.0)


def _by_number(places: int, number: int, share: Array, none: Array) -> list[Array]:
    """The probabilities that 0, 1, ... of so many rivals are above, as far as places go: binomial; empty without any.

    Args:
        share, none: the chance that one is above, and the logarithm of that it is not; by knot.
    """
    if number <= 0:
        return []
    own = [np.exp(number * none)]
    for n in range(min(places - 1, number)):
        own.append(own[n] * (number - n) / (n + 1) * share / (1 - share))
    return own


def _fewer_than(places: int, by_kind: Sequence[Sequence[Array]], knots: int) -> Array:
    """The probability that fewer rivals than this are above, from those of each kind."""
    whole = np.zeros((places, knots))
    whole[0] = 1.0
    for own in by_kind:
        if own:
            whole = np.array([sum(whole[n - k] * own[k] for k in range(min(n + 1, len(own)))) for n in range(places)])
    return np.asarray(np.minimum(whole.sum(axis=0), 1.0))


def _above(pool: Array, grid: Array) -> Array:
    """How many score above each knot, those that equal it by half: nobody wins a tie for certain."""
    if not pool.size:
        return np.zeros(len(grid))
    return np.asarray(pool.size - (np.searchsorted(pool, grid, "left") + np.searchsorted(pool, grid, "right")) / 2)
