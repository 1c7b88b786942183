"""Ranks from figures: the better figure first, then the published tie breaks, then a declared tie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from tender_eval.model.numeric import TOLERANCE, Array, Mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ranks = NDArray[np.int16]
else:
    Ranks = np.ndarray

MOST_IN_A_BYTE = 128  # rivals that a signed byte can count, itself among them


def exact_ranks(keys: Sequence[Sequence[Fraction]], present: Mask) -> list[int]:
    """Competition ranks (1, 1, 3) by keys of which lower is better; 0 for a bid that is out.

    >>> exact_ranks([[Fraction(2)], [Fraction(1)], [Fraction(2)]], np.array([True, True, True]))
    [2, 1, 2]
    """
    there = [(tuple(key), row) for row, (key, p) in enumerate(zip(keys, present, strict=True)) if p]
    there.sort(key=itemgetter(0))
    ranks, rank, before = [0] * len(keys), 0, None
    for place, (key, row) in enumerate(there, start=1):
        if key != before:
            rank, before = place, key
        ranks[row] = rank
    return ranks


def batch_ranks(figures: Array, best: str, present: Mask, ties: Sequence[Callable[[NDArray[np.intp]], Array]]) -> Ranks:
    """Competition ranks ``(bids, draws)``; 0 for a bid that is out.

    Figures nearer to each other than the float error, against the largest in their draw, are tied.

    Args:
        ties: further keys of which lower is better, asked only for draws in which figures tie; each gives
            the key ``(bids, chosen draws)``.
    """
    keys = np.broadcast_to(figures if best == "highest" else -figures, present.shape)
    absent = None if present.all() else ~present
    if absent is not None:
        keys = np.where(absent, 0.0, keys)
    slack = TOLERANCE * np.maximum(keys.max(axis=0), -keys.min(axis=0))
    if absent is not None:
        np.copyto(keys, -np.inf, where=absent)
    ranks = _count_better(keys, slack)
    if absent is not None:
        np.copyto(ranks, 0, where=absent)
    if ties:
        n = present.sum(axis=0)
        tied = np.flatnonzero(ranks.sum(axis=0) != n * (n + 1) // 2)
        if tied.size:
            further = [key(tied) for key in ties]
            ranks[:, tied] = _lexicographic(keys[:, tied], slack[tied], further, present[:, tied])
    return ranks


def _count_better(keys: Array, slack: Array) -> Ranks:
    ranks = np.empty(keys.shape, dtype=np.int16)
    better = np.empty(keys.shape, dtype=np.bool_)
    count = np.int8 if len(keys) < MOST_IN_A_BYTE else np.int16
    for row, own in enumerate(keys):
        np.greater(keys, own + slack, out=better)
        ranks[row] = better.view(np.int8).sum(axis=0, dtype=count)
    ranks += 1
    return ranks


def _lexicographic(keys: Array, slack: Array, further: Sequence[Array], present: Mask) -> Ranks:
    ranks = np.ones(keys.shape, dtype=np.int16)
    for i in range(len(keys)):
        for j in range(len(keys)):
            if i == j:
                continue
            better = keys[j] > keys[i] + slack
            level = present[i] & present[j] & ~better & ~(keys[i] > keys[j] + slack)
            for key in further:
                allowed = TOLERANCE * np.maximum(np.abs(key[i]), np.abs(key[j]))
                better = better | (level & (key[j] < key[i] - allowed))
                level = level & (np.abs(key[j] - key[i]) <= allowed)
            ranks[i] += better
    ranks[~present] = 0
    return ranks
