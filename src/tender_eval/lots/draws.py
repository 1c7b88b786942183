"""Draws of a batch: some of them, or one after another for mechanisms that search; most need no search."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from tender_eval.lots.limits import Load, best_ranked, met, row_of
from tender_eval.lots.optimum.exactly import of_floats
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest, LotAwards


def part_of(contest: Contest, draws: slice | int | Array) -> Contest:
    """Some draws of a batch; one, by its number, as a contest without draws. What all draws share stays as it is."""
    capacity, most_value = contest.capacity, contest.most_value
    return contest._replace(
        figures=contest.figures[..., draws],
        standing=contest.standing[..., draws],
        ranks=contest.ranks[..., draws],
        values=contest.values if contest.values.ndim == 1 else contest.values[:, draws],
        capacity=capacity if capacity is None or capacity.ndim == 1 else capacity[:, draws],
        most_value=most_value if np.ndim(most_value) == 0 else most_value[draws],
        quotas=tuple(q if q.who.ndim == 1 else q._replace(who=q.who[:, draws]) for q in contest.quotas),
    )


def award_one_by_one(
    contest: Contest,
    award: Callable[[Contest, Fraction], LotAwards],
    together: Callable[[Contest], tuple[Array, Mask]] | None = None,
) -> LotAwards:
    """Draw by draw; one in which each lot can go to its best bid, which no other ties with, needs no search.

    Args:
        award: the award of one draw in exact arithmetic, with how far totals of its figures may be off.
        together: who has each lot of many draws, ``(lots, draws)``, and in which of them that is what ``award`` gives.
    """
    winner, searched = _settled_at_once(contest)
    undecided = np.zeros(winner.shape, dtype=np.bool_)
    left = np.flatnonzero(searched)
    if together is not None and left.size:
        best, proved = together(part_of(contest, left))
        winner[:, left[proved]] = best[:, proved]
        left = left[~proved]
    for draw in left:
        found = award(*of_floats(draw_of(contest, int(draw))))
        winner[:, draw], undecided[:, draw] = found.winner, found.undecided
    return LotAwards(winner, undecided)


def _settled_at_once(contest: Contest) -> tuple[Array, Mask]:
    """The best bid of each lot in every draw, ``(lots, draws)``, and the draws in which they cannot all be awarded.

    That is so where two share the best rank, a supplier would be awarded more than its limits allow, or fewer suppliers
    or lots of a quota than must be; and where any is an offer for several lots.
    """
    load, best = Load.nothing(contest), []
    tied = np.zeros(contest.standing.shape[2:], dtype=np.bool_)
    for lot in range(contest.standing.shape[1]):
        first = best_ranked(contest.ranks[:, lot], contest.standing[:, lot])
        tied |= first.sum(axis=0) > 1
        load = load.plus(lot, first)
        best.append(row_of(first))
    return np.array(best), tied | ~load.within().all(axis=0) | ~load.meets_minimums() | (contest.offers is not None)


def draw_of(contest: Contest, draw: int) -> Contest:
    """One draw of a batch as a contest of its own, in floats; a limit that stands for a sum is not below it."""
    one = part_of(contest, draw)
    return one._replace(
        capacity=None if one.capacity is None else met(one.capacity),
        most_value=None if one.most_value is None else met(one.most_value),
    )
