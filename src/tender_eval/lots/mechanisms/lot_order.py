"""Lots one after another, in the published order."""

from __future__ import annotations

from typing import Any

import numpy as np

from tender_eval.lots.limits import Load, best_ranked, row_of
from tender_eval.model import numeric
from tender_eval.plugins.mechanism import ANY_NUMBER, Contest, LotAwards, Mechanism


class LotOrder(Mechanism):
    """Lots in the published order; the best bid that still has room takes each.

    The order is the scheme's ``order``, or that in which the tender lists its lots. Example: at most one lot
    each, order north, south. At both A comes first, B second, C third. North goes to A; at south A has no room,
    so it goes to B.

    Two bids that share the best rank leave a lot undecided: whichever takes it then has less room. A later
    lot is decided only where the same bid takes it however the tie is resolved: its best bid that may have room
    must have room for certain, and be alone in its rank. Otherwise that lot is undecided too, and any bid from
    the best that may have room down to the best that is sure to is counted as one that may take it. This errs
    on the side of declaring a lot undecided.
    """

    name = "lot_order"

    def uses_order(self, params: Any) -> bool:
        return True

    def passes_over(self, params: Any) -> bool:
        return False

    def most_draws(self, contest: Contest, params: Any) -> int:
        return ANY_NUMBER

    def award(self, contest: Contest, params: Any) -> LotAwards:
        winner = np.full(contest.standing.shape[1:], -1, dtype=np.int64)
        undecided = np.zeros(winner.shape, dtype=np.bool_)
        certain = possible = Load.nothing(contest)
        for lot in contest.lots:
            ranks = contest.ranks[:, lot]
            may, must = certain.room(lot), possible.room(lot)
            first = best_ranked(ranks, may)
            alone = (first.sum(axis=0) == 1) & (first & must).any(axis=0)
            takes = first & alone
            winner[lot] = row_of(takes)
            undecided[lot] = ~alone & may.any(axis=0)
            certain = certain.plus(lot, takes)
            possible = possible.plus(lot, takes | (~alone & may & _no_worse(ranks, best_ranked(ranks, must))))
        return LotAwards(winner, undecided, contest.lots if numeric.is_exact(contest.figures) else ())


def _no_worse(ranks: Any, than: Any) -> Any:
    """The bids whose rank is as good as that of some bids, all where there are none."""
    last = np.iinfo(ranks.dtype).max
    return ranks <= np.where(than, ranks, last).min(axis=0)
