"""The best total of many draws at once, where nothing stands in its way but how many lots bids and quotas may have.

Without the other limits the best award is an assignment, which is found at once. It is believed where what follows
proves it: no chain of lots handed on to others loses as little as equal totals may differ by, so it is the best and the
only one (Klein, Management Science 14(3), 1967, on negative cycles); and it keeps to the limits that were left out.
Where such a chain loses little enough, one assignment after another tells which award comes first.
Draws of which that cannot be said are left to the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from tender_eval.lots.limits import Load, met
from tender_eval.lots.optimum.worth import worth_in_draws
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest

_SLACK = 2.0  # steps that a total may be off by in floats, where lots have weights
_OFF = 1e-6  # of a value, by which what fits is overstated: what does not fit after all is found out


class Group(NamedTuple):
    """Bids that together may have so many lots; booleans ``(bids,)``, or ``(bids, draws)``. No bid is in two."""

    who: Mask
    most: int

    def of(self, draw: int) -> Group:
        """The same in one draw."""
        return self if self.who.ndim == 1 else self._replace(who=self.who[:, draw])


class Assigned(NamedTuple):
    """Who has each lot in each draw, -1 for nobody, ``(lots, draws)``, and the draws in which that is proved."""

    winner: Array
    proved: Mask


def assigned(contest: Contest, weigh: bool) -> Assigned:
    """The best award of each draw of a batch, where it can be proved so.

    Args:
        weigh: whether the figures of each lot count by its value.
    """
    lots, draws = contest.standing.shape[1:]
    winner = np.full((lots, draws), -1, dtype=np.intp)
    if contest.suppliers is not None or contest.divisors is not None:
        return Assigned(winner, np.zeros(draws, dtype=np.bool_))
    worth = np.ascontiguousarray(worth_in_draws(contest, weigh).swapaxes(0, 1))
    most, groups = _most(contest), _groups(contest)
    for draw in range(draws):
        winner[:, draw] = _best(worth[:, :, draw], most[:, draw], [group.of(draw) for group in groups])
    proved = _kept(contest, winner)
    near = 2.0 * lots
    tied = proved & (_next_best(worth, winner, most, groups) <= near + _SLACK)
    proved &= ~(tied & _sharing_ranks(contest))
    for draw in np.flatnonzero(tied & proved).tolist():
        of_draw = [group.of(draw) for group in groups]
        first = _First(worth[:, :, draw], most[:, draw], of_draw, contest.ranks[:, :, draw], near)
        winner[:, draw] = first.found(winner[:, draw], contest.lots)
    return Assigned(winner, proved & (~tied | _kept(contest, winner)))


def out_of_reach(contest: Contest) -> Mask:
    """The draws in which nothing can be awarded, for there cannot be as many suppliers as must be, ``(draws,)``."""
    draws = contest.standing.shape[2]
    found = np.zeros(draws, dtype=np.bool_)
    if not contest.fewest_suppliers or contest.suppliers is not None:
        return found
    once = np.minimum(_most(contest), 1)
    there = np.where(contest.standing.swapaxes(0, 1), 1.0, -np.inf)
    for draw in range(draws):
        found[draw] = (_best(there[:, :, draw], once[:, draw], ()) >= 0).sum() < contest.fewest_suppliers
    return found


def _most(contest: Contest) -> Array:
    """How many lots each bid may be awarded at most, ``(bids, draws)``: as many of the smallest as fit."""
    bids, lots, draws = contest.standing.shape
    found = np.full((bids, draws), contest.most_lots or lots)
    values = contest.values if contest.values.ndim == 2 else contest.values[:, None]
    smallest = np.where(contest.standing, values, np.inf)
    smallest.sort(axis=1)
    together = smallest.cumsum(axis=1)
    capacity, most_value = contest.capacity, contest.most_value
    beside_draws = capacity[:, None] if capacity is not None and capacity.ndim == 1 else capacity
    for limit in (beside_draws, None if most_value is None else np.reshape(most_value, (1, -1))):
        if limit is not None:
            found = np.minimum(found, (together <= (met(limit) * (1 + _OFF))[:, None]).sum(axis=1))
    return found


def _groups(contest: Contest) -> list[Group]:
    """The quotas that limit how many lots go to some, as far as no bid is in two of them."""
    found: list[Group] = []
    for quota in contest.quotas:
        apart = all(not _both(quota.who, group.who).any() for group in found)
        if quota.most is not None and apart:
            found.append(Group(quota.who, quota.most))
    return found


def _both(one: Mask, two: Mask) -> Mask:
    return np.asarray((one if one.ndim == 2 else one[:, None]) & (two if two.ndim == 2 else two[:, None]))


def _best(worth: Array, most: Array, groups: Sequence[Group]) -> Array:
    """The assignment of one draw that is worth most, ``(lots,)``; -1 for nobody.

    A bid has as many places as it may have lots. Of the places of a group all but as many as it may have lots are taken
    by lots that are none.

    Args:
        worth: ``(lots, bids)``, ``-inf`` where a bid does not stand.
        most: lots that each may have, ``(bids,)``.
    """
    from scipy.optimize import linear_sum_assignment

    lots = len(worth)
    there = np.flatnonzero((worth > -np.inf).any(axis=0) & (most > 0))
    row = np.repeat(there, np.minimum(most[there], lots))
    cost = np.zeros((lots, len(row) + lots))
    taken = worth[:, row]
    cost[:, : len(row)] = np.where(taken > -np.inf, -taken, 1.0)  # worse than leaving the lot to nobody
    for group in groups:
        theirs = np.append(group.who[row], np.zeros(lots, dtype=np.bool_))
        filled = max(int(theirs.sum()) - group.most, 0)
        cost = np.append(cost, np.broadcast_to(np.where(theirs, 0.0, np.inf), (filled, len(theirs))), axis=0)
    at = linear_sum_assignment(cost)[1][:lots]
    found = np.where(at < len(row), np.append(row, np.full(lots, -1))[at], -1)
    stands = np.append(worth, np.full((lots, 1), -np.inf), axis=1)[np.arange(lots), found] > -np.inf
    return np.where(stands, found, -1)


def _next_best(worth: Array, winner: Array, most: Array, groups: Sequence[Group]) -> Array:
    """By how much the next best award is worth less than these, ``(draws,)``; below nought where one is worth more.

    Two awards differ by chains in which each bid hands a lot on to the next, round to the first or to one that may
    have another lot. The chain that loses least is the shortest way (Floyd, Communications of the ACM 5(6), 1962).
    Behind the bids stands nobody, who may have every lot. Where a group has all that it may, a chain that brings one of
    it another lot goes on with one of it that hands a lot on.
    """
    lots, bids, draws = worth.shape
    nobody = bids
    every = np.arange(draws)
    way = np.full((bids + 1, bids + 1, draws), np.inf)
    held = np.zeros((bids + 1, draws))
    for lot in range(lots):
        holder = np.where(winner[lot] < 0, nobody, winner[lot])
        held[holder, every] += 1
        own = np.where(holder == nobody, 0.0, worth[lot, np.minimum(holder, bids - 1), every])
        loses = np.concatenate([own - worth[lot], own[None]])  # inf to a bid that does not stand
        loses[holder, every] = np.inf
        way[holder, :, every] = np.minimum(way[holder, :, every], loses.T)
    _shorten(way)
    may = np.append(held[:bids] < most, np.ones((1, draws), dtype=np.bool_), axis=0)
    ends_here = may.copy()
    for group in groups:
        theirs = group.who if group.who.ndim == 2 else np.broadcast_to(group.who[:, None], (bids, draws))
        theirs = np.append(theirs, np.zeros((1, draws), dtype=np.bool_), axis=0)
        ends_here &= ~(theirs & ((held * theirs).sum(axis=0) >= group.most))
        to_one = np.where(may & theirs, way, np.inf).min(axis=1)  # from each to one of the group that may have another
        np.minimum(way, np.where(theirs, to_one[:, None], np.inf), out=way)
    if groups:
        _shorten(way)
    ends = np.where(ends_here, way.min(axis=0), np.inf).min(axis=0)
    rounds = way[np.arange(bids + 1), np.arange(bids + 1)].min(axis=0)
    return np.asarray(np.minimum(ends, rounds))


class _First:
    """Of the assignments of one draw that are worth as much as the best, but for ``near``, the one that comes first."""

    def __init__(self, worth: Array, most: Array, groups: Sequence[Group], ranks: Array, near: float) -> None:
        self.worth, self.most, self.groups, self.ranks, self.near = worth, most, groups, ranks, near

    def found(self, best: Array, order: Iterable[int]) -> Array:
        """It: the best rank at the first lot, then at the second, and so on."""
        least = self._value(best) - self.near
        winner, settled = best, list[int]()
        for lot in order:
            rank = self.ranks[winner[lot], lot] if winner[lot] >= 0 else np.iinfo(np.int64).max
            there = np.flatnonzero(self.worth[lot] > -np.inf)
            for bid in there[np.argsort(self.ranks[there, lot])]:
                if self.ranks[bid, lot] >= rank:
                    break
                other = self._with(winner, settled, lot, int(bid))
                if other is not None and self._value(other) >= least:
                    winner = other
                    break
            settled.append(lot)
        return winner

    def _with(self, winner: Array, settled: list[int], lot: int, bid: int) -> Array | None:
        """The best in which these lots go as they do and this one to this bid; None where it may not have so many."""
        found = winner.copy()
        found[lot] = bid
        there = [*settled, lot]
        held = np.bincount(found[there][found[there] >= 0], minlength=len(self.most))
        left = self.most - held
        groups = [group._replace(most=group.most - int(held[group.who].sum())) for group in self.groups]
        if (left < 0).any() or any(group.most < 0 for group in groups):
            return None
        others = [n for n in range(len(winner)) if n not in there]
        found[others] = _best(self.worth[others], left, groups)
        return found

    def _value(self, winner: Array) -> float:
        there = np.flatnonzero(winner >= 0)
        return float(self.worth[there, winner[there]].sum())


def _sharing_ranks(contest: Contest) -> Mask:
    """The draws in which bids share a rank at a lot, ``(draws,)``."""
    ranked = np.sort(contest.ranks, axis=0)
    return np.asarray(((ranked[1:] == ranked[:-1]) & (ranked[1:] > 0)).any(axis=(0, 1)))


def _shorten(way: Array) -> None:
    for through in range(len(way)):
        np.minimum(way, way[:, through, None] + way[None, through], out=way)


def _kept(contest: Contest, winner: Array) -> Mask:
    """The draws in which these awards keep to every limit, ``(draws,)``."""
    load = Load.nothing(contest)
    for lot, who in enumerate(winner):
        load = load.plus(lot, np.arange(len(contest.standing))[:, None] == who)
    return load.within().all(axis=0) & load.meets_minimums()
