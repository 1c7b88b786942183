"""Each lot decided by itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from tender_eval.lots.limits import best_ranked, row_of
from tender_eval.plugins.mechanism import ANY_NUMBER, Contest, LotAwards, Mechanism


class Independent(Mechanism):
    """The best bid of each lot wins it, whatever else it wins. Two that share the first rank leave it undecided.

    It looks at no limit, so a scheme that limits what one supplier may be awarded cannot use it: such a limit needs
    an objective mechanism that says which lots a bid gives up (Procurement Act 2023 s.23(4)).
    """

    name = "independent"
    honours_limits = False

    def most_draws(self, contest: Contest, params: Any) -> int:
        return ANY_NUMBER

    def award(self, contest: Contest, params: Any) -> LotAwards:
        winners, undecided = [], []
        for lot in range(contest.standing.shape[1]):
            first = best_ranked(contest.ranks[:, lot], contest.standing[:, lot])
            tied = first.sum(axis=0) > 1
            winners.append(np.where(tied, -1, row_of(first)))
            undecided.append(tied)
        return LotAwards(np.array(winners), np.array(undecided))
