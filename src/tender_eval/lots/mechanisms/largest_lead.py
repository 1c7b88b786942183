"""The lot whose best bid leads by most, first."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tender_eval.lots.limits import Load, best_ranked, row_of
from tender_eval.lots.mechanisms.independent import Independent
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import ANY_NUMBER, Contest, LotAwards, Mechanism

SOLE = 3  # above any lead between two figures, which is at most 2


class LargestLead(Mechanism):
    """At each step the lot is awarded whose best bid with room leads the next bid with room by most.

    The lead of a lot is the distance between the figures of its best and its next bid, as a share of the larger
    of the two by size, so that lots of different size compare: of the best where the highest wins, of the next where
    the lowest wins, and below zero of the one further from it: -5 leads -1 by 4 / 5 where the lowest wins. It is 0
    where both are zero, and where a near tie puts the worse figure first. A lot for which a single bid has room
    leads all others: passed over, it could be left without any. Lots that lead by the same are awarded in the
    published order.

    Example: at most one lot each; the highest points win. North: A 90, B 81, C 45. South: A 80, B 60, C 40.
    A leads north by (90 - 81) / 90 = 10% and south by (80 - 60) / 80 = 25%: south goes to A. At north A has no
    room any more, and B leads C by (81 - 45) / 81 = 44%: north goes to B. (In the order north, south, A would
    take north, and B south.)

    A lot whose best bids share a rank leads by 0, so it comes up only when every lot with a lead is awarded.
    Then it is undecided; and because both the room of the tied bids and the order of the remaining lots hang on
    it, a remaining lot is decided only where its best bid is alone and would have room for it even if it won
    every remaining lot for which it has room now. The others are undecided too.
    """

    name = "largest_lead"

    def uses_order(self, params: Any) -> bool:
        return True

    def passes_over(self, params: Any) -> bool:
        return False

    def most_draws(self, contest: Contest, params: Any) -> int:
        return ANY_NUMBER

    def award(self, contest: Contest, params: Any) -> LotAwards:
        if not (contest.limited or numeric.is_exact(contest.figures)):  # then the order of the lots is all it adds
            return Independent().award(contest, params)
        lots = list(contest.lots)
        shape = contest.standing.shape[1:]
        winner = np.full(shape, -1, dtype=np.int64)
        undecided = np.zeros(shape, dtype=np.bool_)
        left = np.ones(shape, dtype=np.bool_)[lots]  # in the published order, as all that follows
        exact, order = numeric.is_exact(contest.figures), list[int]()
        values = contest.values[lots] if contest.values.ndim == left.ndim else contest.values[lots, None]
        load = Load.nothing(contest)
        now = [_lot_lead(contest, lot, load.room(lot)) for lot in lots]
        for _ in lots:
            picked = _picked(contest, now, left)
            if not picked.any():
                break
            stop = (picked & np.array([at.tied for at in now])).any(axis=0)
            if stop.any():
                _close(load, lots, now, left & stop, winner, undecided)
                left = left & ~stop
                picked = picked & ~stop
            who = np.zeros(load.holds.shape, dtype=np.bool_)
            for at, here in zip(now, picked, strict=True):
                who |= at.first & here
            winner[lots] = np.where(picked, row_of(who), winner[lots])
            load = load.with_lot_of(who, (picked * values).sum(axis=0))
            if exact:
                order += [lot for lot, here in zip(lots, picked, strict=True) if here]
            left = left & ~picked
            now = [
                _again(contest, lot, at, load.room(lot), go_on) for lot, at, go_on in zip(lots, now, left, strict=True)
            ]
        return LotAwards(winner, undecided, tuple(order))


class _LotLead(NamedTuple):
    """A lot as it stands at one step: who has room, who of them is best, whether they tie, and the lead."""

    room: Mask
    first: Mask
    tied: Mask
    lead: Any


def _lot_lead(contest: Contest, lot: int, room: Mask, draws: Any = ...) -> _LotLead:
    figures, ranks = contest.figures[:, lot], contest.ranks[:, lot]
    if draws is not ...:
        figures, ranks = figures[:, draws], ranks[:, draws]
    first = best_ranked(ranks, room)
    rest = room & ~first
    tied = first.sum(axis=0) > 1
    outdone = numeric.highest if contest.best == "highest" else numeric.lowest
    with np.errstate(invalid="ignore"):  # where nobody is left, nobody reads it
        best, after = outdone(figures, first), outdone(figures, rest)
        ahead = best - after if contest.best == "highest" else after - best
        lead = numeric.divide(ahead, numeric.larger(abs(best), abs(after)))
        lead = numeric.larger(lead, numeric.like(figures, 0))  # of near ties the first may have the worse figure
    lead = numeric.where(rest.any(axis=0), lead, numeric.like(figures, SOLE))
    return _LotLead(room, first, tied, numeric.where(tied, numeric.like(figures, 0), lead))


def _again(contest: Contest, lot: int, before: _LotLead, room: Mask, left: Mask) -> _LotLead:
    """A lot at the next step; worked out again only in the draws where a bid lost its room there."""
    if room is before.room:
        return before
    lost = (room != before.room).any(axis=0) & left
    if not lost.any():
        return before
    if lost.ndim == 0 or lost.all():
        return _lot_lead(contest, lot, room)
    draws = np.flatnonzero(lost)
    some = _lot_lead(contest, lot, room[:, draws], draws)
    made = _LotLead(room, before.first.copy(), before.tied.copy(), before.lead.copy())
    made.first[:, draws], made.tied[draws], made.lead[draws] = some.first, some.tied, some.lead
    return made


def _picked(contest: Contest, now: list[_LotLead], left: Mask) -> Mask:
    """The lot that leads by most of those that are left; none where nobody has room at any."""
    candidates = left & np.array([at.first.any(axis=0) for at in now])
    if numeric.is_exact(contest.figures):
        leads = numeric.exact_array([at.lead for at in now])
    else:
        leads = np.array([at.lead for at in now])
    most = numeric.highest(leads, candidates)
    near = candidates & ~np.asarray(numeric.less(leads + 1, most + 1), dtype=np.bool_)
    return np.asarray(near & (near.cumsum(axis=0) == 1))


def _close(load: Load, lots: list[int], now: list[_LotLead], left: Mask, winner: Array, undecided: Mask) -> None:
    """Settle every lot that is left after a tie: decided where it is the same however the tie is resolved."""
    full = load
    for lot, at, here in zip(lots, now, left, strict=True):
        full = full.plus(lot, at.room & here)
    sure = full.within()
    for lot, at, here in zip(lots, now, left, strict=True):
        alone = here & ~at.tied & (at.first & sure).any(axis=0)
        winner[lot] = np.where(alone, row_of(at.first), winner[lot])
        undecided[lot] |= here & ~alone & at.room.any(axis=0)
