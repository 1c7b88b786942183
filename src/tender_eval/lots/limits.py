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
    ``value``, and the ``ceiling`` that it may reach, are None where no capacity limits it. ``worth`` is the value of
    the lots of each supplier, None where no share of the whole limits it. ``of_quota`` are the lots of each quota.
    """

    contest: Contest
    lots: Array
    holds: Mask
    value: Array | None
    ceiling: Any
    sharing: Mask | None
    worth: Array | None = None
    most_value: Any = None
    of_quota: tuple[Array, ...] = ()

    @classmethod
    def nothing(cls, contest: Contest) -> Load:
        """Nobody has been awarded anything."""
        behind = contest.suppliers
        rows, draws = contest.standing.shape[0], contest.standing.shape[2:]
        suppliers = rows if behind is None else behind.shape[1]
        lots = np.zeros((suppliers, *draws), dtype=np.int16)
        holds = np.zeros((rows, *draws), dtype=np.bool_)
        sharing = None if behind is None else behind @ behind.T
        exact = numeric.is_exact(contest.figures)

        def none(of: int) -> Array:
            return numeric.exact_array([0] * of) if exact else np.zeros((of, *draws))

        value = ceiling = worth = most_value = None
        if contest.capacity is not None:
            beside_draws = contest.capacity if exact or contest.capacity.ndim == 2 else contest.capacity[:, None]
            value, ceiling = none(rows), beside_draws if exact else met(beside_draws)
        if contest.most_value is not None:
            worth = none(suppliers)
            most_value = contest.most_value if exact else met(contest.most_value)
        of_quota = tuple(np.zeros(draws, dtype=np.int16) for _ in contest.quotas)
        return cls(contest, lots, holds, value, ceiling, sharing, worth, most_value, of_quota)

    def plus(self, lot: int, who: Mask) -> Load:
        """The same with a lot added for some bids."""
        return self.with_lot_of(who, self.contest.values[lot])

    def with_lot_of(self, who: Mask, worth: Any) -> Load:
        """The same with a lot of this value, or of these, one a draw, added for some bids."""
        behind = self.contest.suppliers
        theirs = who if behind is None else behind.T @ who
        return self._replace(
            lots=self.lots + theirs,
            holds=self.holds | who,
            value=None if self.value is None else self.value + _any(self.sharing, who) * worth,
            worth=None if self.worth is None else self.worth + theirs * worth,
            of_quota=tuple(
                lots + (who & _beside(quota.who, who)).any(axis=0)
                for lots, quota in zip(self.of_quota, self.contest.quotas, strict=True)
            ),
        )

    def within(self) -> Mask:
        """Which bids keep to the limits from above; a sum of values that meets one exactly does.

        Where too many suppliers have something, or a quota too many lots, none does that adds to it.
        """
        contest, kept = self.contest, np.ones(self.holds.shape, dtype=np.bool_)
        if contest.most_lots:
            kept &= ~_any(contest.suppliers, self.lots > contest.most_lots)
        if contest.most_suppliers:
            kept = kept & ((self.lots > 0).sum(axis=0) <= contest.most_suppliers)
        if self.worth is not None:
            kept &= ~_any(contest.suppliers, np.asarray(self.worth > self.most_value, dtype=np.bool_))
        for lots, quota in zip(self.of_quota, contest.quotas, strict=True):
            if quota.most is not None:
                kept = kept & ~(_beside(quota.who, kept) & (lots > quota.most))
        if self.value is None:
            return kept
        return np.asarray(kept & ~_any(self.sharing, self.holds & ~self._can_carry(self.value)))

    def meets_minimums(self) -> Mask:
        """Whether as many suppliers, and bids of each quota, have something as must, ``()`` or ``(draws,)``."""
        contest = self.contest
        met_ = np.asarray((self.lots > 0).sum(axis=0) >= contest.fewest_suppliers, dtype=np.bool_)
        for lots, quota in zip(self.of_quota, contest.quotas, strict=True):
            met_ = met_ & (lots >= quota.fewest)
        return met_

    def room(self, lot: int) -> Mask:
        """Which of the bids that stand at a lot could be awarded it as well.

        None is by which a bid that holds a lot already, and shares a supplier with it, would come to more than its
        own suppliers can carry.
        """
        contest, room = self.contest, self.contest.standing[:, lot]
        if contest.most_lots:
            room = room & ~_any(contest.suppliers, self.lots >= contest.most_lots)
        if contest.most_suppliers:
            room = room & (self._suppliers_with_each() <= contest.most_suppliers)
        if self.worth is not None:
            beyond = np.asarray(self.worth + contest.values[lot] > self.most_value, dtype=np.bool_)
            room = room & ~_any(contest.suppliers, beyond)
        for lots, quota in zip(self.of_quota, contest.quotas, strict=True):
            if quota.most is not None:
                room = room & ~(_beside(quota.who, room) & (lots >= quota.most))
        if self.value is None:
            return room
        carried = self._can_carry(self.value + contest.values[lot])
        room = room & carried
        return room if self.sharing is None else room & ~_any(self.sharing, self.holds & ~carried)

    def _suppliers_with_each(self) -> Array:
        """How many suppliers would have something if each bid, by row, had a further lot."""
        none = self.lots == 0
        behind = self.contest.suppliers
        new = none.astype(np.int64) if behind is None else behind.astype(np.int64) @ none
        return np.asarray(new + (~none).sum(axis=0))

    def _can_carry(self, value: Array) -> Mask:
        return np.asarray(value <= self.ceiling, dtype=np.bool_)


def met(limit: Any) -> Array:
    """A limit in floats, or one for each draw, that a sum which stands for it does not pass."""
    return np.asarray(limit + numeric.TOLERANCE * np.abs(limit))


def limits_shared(contest: Contest) -> bool:
    """Whether every draw of a batch has the same values of lots and the same limits."""
    capacity, most_value = contest.capacity, contest.most_value
    one_a_lot = contest.values.ndim == 1 and (capacity is None or capacity.ndim == 1) and np.ndim(most_value) == 0
    return one_a_lot and all(quota.who.ndim == 1 for quota in contest.quotas)


def _beside(who: Mask, like: Mask) -> Mask:
    """Bids as a column beside draws, where there are any and they are the same in all."""
    return who if like.ndim == who.ndim else who[:, None]


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
