"""Ranks from figures: the better figure first, then the published tie breaks, then a declared tie."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from tender_eval.engine.plan import Plan
from tender_eval.model import numeric
from tender_eval.model.numeric import TOLERANCE, Array, Mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ranks = NDArray[np.signedinteger[Any]]
else:
    Ranks = np.ndarray

MOST_IN_A_BYTE = 128  # rivals that a signed byte can count, itself among them
MOST_COUNTED = 250  # bids of which each is held against all others; of more it is quicker to sort them
MOST_IN_PAIRS = 40  # the same where further keys break ties


def whole_for(bids: int) -> type[np.signedinteger[Any]]:
    """Whole numbers that can rank so many bids."""
    return np.int16 if bids <= np.iinfo(np.int16).max else np.int32


def ranking_keys(
    plan: Plan, figures: Array, points: Mapping[str, Array], columns: Mapping[str, Array], present: Mask
) -> list[list[Fraction]]:
    """What bids are ranked by, lower first: the figure, the tie breaks, and among near ties the figure again.

    Args:
        points: of the criteria that the tie break names.
    """
    sign = -1 if plan.rule.rule.item.best == "highest" else 1
    near = plan.scheme.award.near_tie
    by = [(figures if near is None else level_with_best(figures, plan, present)) * sign]
    for tie in plan.ties:
        column = points[tie.criterion] if tie.criterion else columns[tie.column]
        by.append(column * (-1 if tie.best == "highest" else 1))
    if plan.figure_decides_last:
        by.append(figures * sign)
    return [list(row) for row in zip(*by, strict=True)]


def level_with_best(figures: Array, plan: Plan, present: Mask) -> Array:
    """Figures in which those near enough to the best, as the scheme says, are the best; of either arithmetic."""
    near, highest = plan.scheme.award.near_tie, plan.rule.rule.item.best == "highest"
    if near is None:
        return figures
    best = (numeric.highest if highest else numeric.lowest)(figures, present)
    within = numeric.like(figures, near.within)
    room = abs(best) * within if near.is_share else within
    apart = numeric.less(figures, best - room) if highest else numeric.less(best + room, figures)
    return numeric.where(np.asarray(apart | ~present, dtype=np.bool_), figures, best)


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
    ranks = (_count_better if len(keys) <= MOST_COUNTED else _ranks_in_order)(keys, slack)
    if absent is not None:
        np.copyto(ranks, 0, where=absent)
    if ties:
        n = present.sum(axis=0)
        tied = np.flatnonzero(ranks.sum(axis=0) != n * (n + 1) // 2)
        if tied.size:
            further = [key(tied) for key in ties]
            rank = _lexicographic if len(keys) <= MOST_IN_PAIRS else _lexicographic_in_order
            ranks[:, tied] = rank(ranks[:, tied], keys[:, tied], slack[tied], further, present[:, tied])
    return ranks


def _count_better(keys: Array, slack: Array) -> Ranks:
    ranks = np.empty(keys.shape, dtype=whole_for(len(keys)))
    better = np.empty(keys.shape, dtype=np.bool_)
    count = np.int8 if len(keys) < MOST_IN_A_BYTE else np.int16
    for row, own in enumerate(keys):
        np.greater(keys, own + slack, out=better)
        ranks[row] = better.view(np.int8).sum(axis=0, dtype=count)
    ranks += 1
    return ranks


def _lexicographic(ranks: Ranks, keys: Array, slack: Array, further: Sequence[Array], present: Mask) -> Ranks:
    found = ranks.copy()
    for i, own in enumerate(keys):
        level = present & present[i] & ~(keys > own + slack) & ~(own > keys + slack)
        rivals, draws = np.nonzero(level)
        better, level = np.zeros(len(draws), dtype=np.bool_), np.ones(len(draws), dtype=np.bool_)
        for key in further:
            mine, theirs = key[i][draws], key[rivals, draws]
            allowed = TOLERANCE * np.maximum(np.abs(mine), np.abs(theirs))
            better |= level & (theirs < mine - allowed)
            level &= np.abs(theirs - mine) <= allowed
        found[i] += np.bincount(draws[better], minlength=keys.shape[1]).astype(found.dtype)
    return found


# Of many bids the figures are sorted, and neighbours that are level share a place. That is what comparing every two
# gives where those of one place are level with each other, and apart from all the rest, with room to spare. A draw in
# which that cannot be told, such as one in which a is level with b, and b with c, but a is apart from c, is ranked pair
# by pair after all.


def _ranks_in_order(keys: Array, slack: Array) -> Ranks:
    places, clear = _places(-keys, slack)
    ranks = _competition(places)
    for draw in np.flatnonzero(~clear):
        ordered, limit = np.sort(keys[:, draw]), keys[:, draw] + slack[draw]
        ranks[:, draw] = 1 + len(keys) - np.searchsorted(ordered, limit, side="right")
    return ranks


def _lexicographic_in_order(
    counted: Ranks, keys: Array, slack: Array, further: Sequence[Array], present: Mask
) -> Ranks:
    places, clear = _places(-keys, slack)
    for key in further:
        then, also = _places(np.where(present, key, 0.0), None)
        places, clear = _competition(places * (len(keys) + 1) + then).astype(np.int64), clear & also
    ranks = _competition(places)
    ranks[~present] = 0
    unclear = np.flatnonzero(~clear)
    if unclear.size:
        rest = [key[:, unclear] for key in further]
        ranks[:, unclear] = _lexicographic(
            counted[:, unclear], keys[:, unclear], slack[unclear], rest, present[:, unclear]
        )
    return ranks


def _places(costs: Array, slack: Array | None) -> tuple[NDArray[np.int64], Mask]:
    """Whole numbers in the order of figures of which lower is better, and in which draws there is no doubt of them.

    Args:
        slack: within which figures of a draw are level; without it `TOLERANCE` as a share of the larger.
    """
    order = costs.argsort(axis=0)
    x = np.take_along_axis(costs, order, axis=0)
    size = np.abs(x)
    with np.errstate(invalid="ignore"):  # those who are out stand at infinity, no way apart
        far = 2 * (TOLERANCE * np.maximum(size[1:], size[:-1]) if slack is None else slack)
        opens = np.concatenate([np.zeros((1, x.shape[1]), dtype=np.bool_), np.diff(x, axis=0) > far])
        first = np.take_along_axis(x, _latest(opens), axis=0)
        near = (TOLERANCE * np.minimum(size, np.abs(first)) if slack is None else slack) / 2
        clear = ((x == first) | (x - first <= near)).all(axis=0)
    places = np.empty(costs.shape, dtype=np.int64)
    np.put_along_axis(places, order, np.cumsum(opens, axis=0), axis=0)
    return places, clear


def _competition(places: NDArray[np.int64]) -> Ranks:
    order = places.argsort(axis=0)
    x = np.take_along_axis(places, order, axis=0)
    opens = np.concatenate([np.zeros((1, x.shape[1]), dtype=np.bool_), x[1:] != x[:-1]])
    ranks = np.empty(places.shape, dtype=whole_for(len(places)))
    np.put_along_axis(ranks, order, (_latest(opens) + 1).astype(ranks.dtype), axis=0)
    return ranks


def _latest(opens: Mask) -> NDArray[np.intp]:
    """For each row the latest one, itself among them, that opens a place."""
    return np.maximum.accumulate(np.where(opens, np.arange(len(opens))[:, None], 0), axis=0)
