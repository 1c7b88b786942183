"""What can be awarded, one choice each: a bid a lot, and a package in one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tender_eval.plugins.mechanism import Contest


class Choice(NamedTuple):
    """A bid or an offer, by its row in the contest, and the lot that it would be awarded, or the lots of a package."""

    bid: int
    lots: tuple[int, ...]

    @property
    def lot(self) -> int:
        """The lot, where it is for one."""
        return self.lots[0]


def choices_in(contest: Contest) -> tuple[Choice, ...]:
    """Every choice of a contest; a package that does not stand for all of its lots is none."""
    offers, found = contest.offers, list[Choice]()
    for bid, standing in enumerate(contest.standing):
        lots = tuple(np.flatnonzero(standing).tolist())
        if offers is None or not offers.whole(bid):
            found += [Choice(bid, (lot,)) for lot in lots]
        elif len(lots) == offers.least[bid]:
            found.append(Choice(bid, lots))
    return tuple(found)
