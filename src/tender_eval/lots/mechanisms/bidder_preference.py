"""Bidders choose among the lots that they are first at."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tender_eval.lots.draws import award_one_by_one, draw_of
from tender_eval.lots.limits import Load, limits_shared
from tender_eval.lots.mechanisms.independent import Independent
from tender_eval.lots.optimum.exactly import of_floats
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.mechanism import Contest, LotAwards, Mechanism

MOST_WAYS = 256  # of resolving ties that are followed


class BidderPreference(Mechanism):
    """Each lot is offered to its best bid; who is offered more than its limits allow keeps the lots that it prefers.

    A bid states its order in ``preference: [north, east]``. Lots that it does not name come after those, in the
    published order. Each lot is offered to its best bid. Of the lots that a supplier is offered, with whichever bid,
    those that it prefers are kept as far as its limits allow, one after another; what is beyond them it gives up for
    good, and the lot is offered to the next bid. This goes on until nobody is offered more than it may be awarded
    (deferred acceptance with the lots proposing: Gale and Shapley, College admissions and the stability of marriage,
    1962). Where two bids share a supplier and prefer their lots alike, the published order of the lots decides.

    Example: at most one lot each; A is first at north and south, B second at north, C second at south, and A prefers
    south. A keeps south and gives up north, which is offered to B.

    Bids that share the best rank at a lot are each followed as if it came first: a lot that goes to the same bid in all
    cases is decided, and the others are undecided. Beyond 256 cases every lot that hangs on them is undecided.
    """

    name = "bidder_preference"

    def uses_order(self, params: Any) -> bool:
        return True

    def most_draws(self, contest: Contest, params: Any) -> int:
        return 1_000

    def passes_over(self, params: Any) -> bool:
        return True

    def why_passed_over(
        self, contest: Contest, awards: LotAwards, lot: int, bid: int, params: Any
    ) -> str | Unsupported:
        return "it gave the lot up for lots that it prefers, and lots that are given up are not offered again"

    def award(self, contest: Contest, params: Any) -> LotAwards:
        if not contest.limited:
            return Independent().award(contest, params)
        if contest.standing.ndim == 2:
            return _awarded(contest)
        return award_one_by_one(contest, lambda exact, near: _awarded(exact), _once_each)


def _once_each(contest: Contest) -> tuple[Array, Mask]:
    """Who wins each lot in draws whose limits are the same: once for all in which the ranks are, for these decide."""
    lots, draws = contest.ranks.shape[1:]
    if not limits_shared(contest):
        return np.full((lots, draws), -1), np.zeros(draws, dtype=np.bool_)
    _, first, same = np.unique(contest.ranks.reshape(-1, draws), axis=1, return_index=True, return_inverse=True)
    found = [_awarded(of_floats(draw_of(contest, int(draw)))[0]) for draw in first]
    winner = np.stack([one.winner for one in found], axis=1)[:, same.reshape(-1)]
    plain = np.array([not one.undecided.any() for one in found])[same.reshape(-1)]
    return winner, plain


def _awarded(contest: Contest) -> LotAwards:
    """Who is awarded each lot, and which lots ties leave undecided."""
    lots = contest.standing.shape[1]
    by_rank = [_by_rank(contest, lot) for lot in range(lots)]
    places = _places(contest)
    ways, found = [tuple(by_rank)], list[tuple[int, ...]]()
    while ways and len(ways) + len(found) <= MOST_WAYS:
        way = ways.pop()
        ended = _offered(contest, way, places)
        if ended.tie is None:
            found.append(ended.winner)
            continue
        lot, level = ended.tie
        for first in level:
            rest = tuple(bid for bid in level if bid != first)
            at = way[lot].index(level)
            settled = (*way[lot][:at], (first,), rest, *way[lot][at + 1 :])
            ways.append((*way[:lot], settled, *way[lot + 1 :]))
    if ways:
        stands: Mask = np.asarray(contest.standing.any(axis=0), dtype=np.bool_)
        return LotAwards(np.full(lots, -1), stands)
    outcomes = np.array(found)
    same: Mask = np.asarray((outcomes == outcomes[0]).all(axis=0), dtype=np.bool_)
    return LotAwards(np.where(same, outcomes[0], -1), np.logical_not(same))


class _Ended(NamedTuple):
    """Where offers came to an end: with nobody beyond its limits, or at a lot whose next offer nothing decides."""

    winner: tuple[int, ...]
    tie: tuple[int, tuple[int, ...]] | None = None


Ranked = tuple[tuple[int, ...], ...]
"""The bids of a lot, those of one rank together, the best first."""


def _offered(contest: Contest, by_rank: tuple[Ranked, ...], places: Array) -> _Ended:
    gave_up: list[set[int]] = [set() for _ in by_rank]
    while True:
        offers = dict[int, int]()
        for lot, ranked in enumerate(by_rank):
            left = ((level, [bid for bid in level if bid not in gave_up[lot]]) for level in ranked)
            level, next_ = next(((level, bids) for level, bids in left if bids), ((), []))
            if len(next_) > 1:
                return _Ended((), (lot, level))
            if next_:
                offers[lot] = next_[0]
        load, beyond = Load.nothing(contest), False
        for lot in sorted(offers, key=lambda lot: (places[offers[lot], lot], contest.lots.index(lot))):
            bid = offers[lot]
            if load.room(lot)[bid]:
                load = load.plus(lot, np.arange(len(contest.standing)) == bid)
            else:
                gave_up[lot].add(bid)
                beyond = True
        if not beyond:
            return _Ended(tuple(offers.get(lot, -1) for lot in range(len(by_rank))))


def _by_rank(contest: Contest, lot: int) -> Ranked:
    ranks = contest.ranks[:, lot]
    there = sorted({int(rank) for rank in ranks[contest.standing[:, lot]]})
    return tuple(tuple(np.flatnonzero(ranks == rank).tolist()) for rank in there)


def _places(contest: Contest) -> Array:
    """The place of each lot in the order of each bid, ``(bids, lots)``; the published order after what is stated."""
    published = np.empty(contest.standing.shape[1], dtype=np.int64)
    published[list(contest.lots)] = np.arange(len(published))
    last = np.broadcast_to(published + len(published) + 1, contest.standing.shape[:2])
    if contest.preferences is None:
        return last
    return np.where(contest.preferences > 0, contest.preferences, last)
