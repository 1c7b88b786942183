"""What the limits leave: how many lots, and what annual value, each supplier has been or could be awarded."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest


class Load(NamedTuple):
    """What goes to whom, in the rows of the contest, ``(rows,)`` or ``(rows, draws)``.

    ``lots`` is by supplier. ``value`` is by bid: that of all lots which go to it or to a bid that shares a supplier
    with it. ``holds`` are the bids that a lot goes to. A lot for several bids that share a supplier counts once.
    ``value``, and the ``ceiling`` that it may reach, are None where no capacity limits it.
    """

    contest: Contest
    lots: Array
    holds: Mask
    value: Array | None
    ceiling: Any
    sharing: Mask | None

    @classmethod
    def nothing(cls, contest: Contest) -> Load:
        """Nobody has been awarded anything."""
        behind = contest.suppliers
        rows, draws = contest.standing.shape[0], contest.standing.shape[2:]
        lots = np.zeros((rows if behind is None else behind.shape[1], *draws), dtype=np.int16)
        holds = np.zeros((rows, *draws), dtype=np.bool_)
        sharing = None if behind is None else behind @ behind.T
        if contest.capacity is None:
            return cls(contest, lots, holds, None, None, sharing)
        if numeric.is_exact(contest.figures):
            return cls(contest, lots, holds, numeric.exact_array([0] * rows), contest.capacity, sharing)
        beside_draws = contest.capacity if contest.capacity.ndim == 2 else contest.capacity[:, None]
        ceiling = beside_draws + numeric.TOLERANCE * np.abs(beside_draws)  # a sum that stands for the capacity is it
        return cls(contest, lots, holds, np.zeros((rows, *draws)), ceiling, sharing)

    def plus(self, lot: int, who: Mask) -> Load:
        """The same with a lot added for some bids."""
        return self.with_lot_of(who, self.contest.values[lot])

    def with_lot_of(self, who: Mask, worth: Any) -> Load:
        """The same with a lot of this value, or of these, one a draw, added for some bids."""
        behind = self.contest.suppliers
        value = None if self.value is None else self.value + _any(self.sharing, who) * worth
        lots = self.lots + (who if behind is None else behind.T @ who)
        return self._replace(lots=lots, holds=self.holds | who, value=value)

    def within(self) -> Mask:
        """Which bids keep to the limits; a sum of values that meets the capacity exactly does."""
        kept = np.ones(self.holds.shape, dtype=np.bool_)
        if self.contest.most_lots:
            kept &= ~_any(self.contest.suppliers, self.lots > self.contest.most_lots)
        if self.value is None:
            return kept
        return kept & ~_any(self.sharing, self.holds & ~self._can_carry(self.value))

    def room(self, lot: int) -> Mask:
        """Which of the bids that stand at a lot could be awarded it as well.

        None is by which a bid that holds a lot already, and shares a supplier with it, would come to more than its
        own suppliers can carry.
        """
        room = self.contest.standing[:, lot]
        if self.contest.most_lots:
            room = room & ~_any(self.contest.suppliers, self.lots >= self.contest.most_lots)
        if self.value is None:
            return room
        carried = self._can_carry(self.value + self.contest.values[lot])
        room = room & carried
        return room if self.sharing is None else room & ~_any(self.sharing, self.holds & ~carried)

    def _can_carry(self, value: Array) -> Mask:
        return np.asarray(value <= self.ceiling, dtype=np.bool_)


def _any(of: Mask | None, who: Mask) -> Mask:
    """For each row of a relation whether it is to any of these; those themselves where there is none."""
    return who if of is None else np.asarray(of @ who)


def best_ranked(ranks: Array, among: Mask) -> Mask:
    """The bids of the best rank among those that count: several where they tie."""
    last = np.iinfo(ranks.dtype).max
    keys = np.where(among, ranks, last)
    return np.asarray(among & (keys == keys.min(axis=0)))


def row_of(who: Mask) -> Array:
    """The row of the one bid in a mask, ``()`` or ``(draws,)``; -1 where there is none."""
    return np.where(who.any(axis=0), who.argmax(axis=0), -1)
