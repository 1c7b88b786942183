"""What the limits leave: how many lots, and what annual value, each bid has been or could be awarded."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest


class Load(NamedTuple):
    """Lots and annual value by bid, ``(bids,)`` or ``(bids, draws)``.

    ``value``, and the ``ceiling`` that it may reach, are None where no capacity limits it.
    """

    contest: Contest
    lots: Array
    value: Array | None
    ceiling: Any

    @classmethod
    def nothing(cls, contest: Contest) -> Load:
        """No bid has been awarded anything."""
        shape = contest.standing.shape[:1] + contest.standing.shape[2:]
        lots = np.zeros(shape, dtype=np.int16)
        if contest.capacity is None:
            return cls(contest, lots, None, None)
        if numeric.is_exact(contest.figures):
            return cls(contest, lots, numeric.exact_array([0] * shape[0]), contest.capacity)
        beside_draws = contest.capacity if contest.capacity.ndim == 2 else contest.capacity[:, None]
        ceiling = beside_draws + numeric.TOLERANCE * np.abs(beside_draws)  # a sum that stands for the capacity is it
        return cls(contest, lots, np.zeros(shape), ceiling)

    def plus(self, lot: int, who: Mask) -> Load:
        """The same with a lot added for some bids."""
        return self.adding(who, self.contest.values[lot])

    def adding(self, who: Mask, worth: Any) -> Load:
        """The same with a lot of this value, or of these, one a draw, added for some bids."""
        value = None if self.value is None else self.value + who * worth
        return self._replace(lots=self.lots + who, value=value)

    def within(self) -> Mask:
        """Which bids keep to the limits; a sum of values that meets the capacity exactly does."""
        kept = np.ones(self.lots.shape, dtype=np.bool_)
        if self.contest.most_lots:
            kept &= self.lots <= self.contest.most_lots
        return kept if self.value is None else kept & self._can_carry(self.value)

    def room(self, lot: int) -> Mask:
        """Which of the bids that stand at a lot could be awarded it as well."""
        room = self.contest.standing[:, lot]
        if self.contest.most_lots:
            room = room & (self.lots < self.contest.most_lots)
        return room if self.value is None else room & self._can_carry(self.value + self.contest.values[lot])

    def _can_carry(self, value: Array) -> Mask:
        return np.asarray(value <= self.ceiling, dtype=np.bool_)


def best_ranked(ranks: Array, among: Mask) -> Mask:
    """The bids of the best rank among those that count: several where they tie."""
    last = np.iinfo(ranks.dtype).max
    keys = np.where(among, ranks, last)
    return np.asarray(among & (keys == keys.min(axis=0)))


def row_of(who: Mask) -> Array:
    """The row of the one bid in a mask, ``()`` or ``(draws,)``; -1 where there is none."""
    return np.where(who.any(axis=0), who.argmax(axis=0), -1)
