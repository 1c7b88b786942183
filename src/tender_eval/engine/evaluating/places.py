"""Who takes the places of an award: the first bids, of each supplier its best one alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, groupby
from typing import NamedTuple

import numpy as np

from tender_eval.model.bids import Bids
from tender_eval.model.numeric import Mask
from tender_eval.model.suppliers import Suppliers, suppliers_of


class Places(NamedTuple):
    """The bids that take a place, in rank order; with all of a tie that leaves the last places open.

    ``passed_over`` are bids that come before the last place is taken, by the bid that has their supplier's place.
    """

    chosen: tuple[str, ...]
    undecided: bool
    passed_over: dict[str, str]


def places_of(ranked: Iterable[tuple[int, str]], places: int, suppliers: Suppliers) -> Places:
    """The first places among ranked bids.

    Args:
        ranked: rank and id of each, in rank order.
    """
    chosen: list[str] = []
    passed: dict[str, str] = {}
    for _, level in groupby(ranked, key=lambda pair: pair[0]):
        if len(chosen) >= places:
            break
        free: list[str] = []
        for _, bid in level:
            holder = next((c for c in chosen if suppliers.share(bid, c)), None)
            if holder is None:
                free.append(bid)
            else:
                passed[bid] = holder
        chosen += free
        if len(chosen) > places or any(suppliers.share(one, other) for one, other in combinations(free, 2)):
            return Places(tuple(chosen), True, passed)
    return Places(tuple(chosen), False, passed)


def rivals_of(bids: Bids) -> Mask | None:
    """Which bids have a supplier in common, ``(bids, bids)``; None where no two have."""
    suppliers = suppliers_of(bids.bids)
    if not suppliers.shared:
        return None
    ids = [bid.id for bid in bids.bids]
    return np.array([[suppliers.share(one, other) for other in ids] for one in ids], dtype=np.bool_)


def places_in_draws(ranks: np.ndarray, places: int, rivals: Mask | None) -> Mask:
    """Who takes a place in each draw, ``(bids, draws)``, with all of a tie that leaves the last places open."""
    if rivals is None or places == 1:
        return np.asarray((ranks > 0) & (ranks <= places))
    won = np.zeros(ranks.shape, dtype=np.bool_)
    goes_on = np.ones(ranks.shape[1:], dtype=np.bool_)
    others = rivals & ~np.eye(len(ranks), dtype=np.bool_)
    for rank in range(1, len(ranks) + 1):
        free = (ranks == rank) & (won.sum(axis=0) < places) & goes_on & ~(rivals @ won)
        won |= free
        goes_on &= ~(free & (others @ free)).any(axis=0)  # two bids of one supplier are level: its place is open
    return won
