"""Draws of a batch one by one, for mechanisms that search; those that need no search are settled together."""

from __future__ import annotations

import numpy as np

from tender_eval.lots.limits import Load, best_ranked, row_of
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest


def settled_at_once(contest: Contest) -> tuple[Array, Mask]:
    """The best bid of each lot in every draw, ``(lots, draws)``, and the draws in which they cannot all be awarded.

    That is so where two share the best rank, or a supplier would be awarded more than its limits allow.
    """
    load, best = Load.nothing(contest), []
    tied = np.zeros(contest.standing.shape[2:], dtype=np.bool_)
    for lot in range(contest.standing.shape[1]):
        first = best_ranked(contest.ranks[:, lot], contest.standing[:, lot])
        tied |= first.sum(axis=0) > 1
        load = load.plus(lot, first)
        best.append(row_of(first))
    asked = contest.fewest_suppliers or any(quota.fewest for quota in contest.quotas)
    return np.array(best), tied | ~load.within().all(axis=0) | bool(asked)


def draw_of(contest: Contest, draw: int) -> Contest:
    """One draw of a batch as a contest of its own, in floats; a capacity that stands for a sum is not below it."""
    capacity = contest.capacity
    if capacity is not None:
        capacity = capacity if capacity.ndim == 1 else capacity[:, draw]
        capacity = capacity + numeric.TOLERANCE * np.abs(capacity)
    most_value = contest.most_value
    if most_value is not None:
        most_value = np.broadcast_to(most_value, contest.standing.shape[2:])[draw] * (1 + numeric.TOLERANCE)
    return contest._replace(
        most_value=most_value,
        figures=contest.figures[..., draw],
        standing=contest.standing[..., draw],
        ranks=contest.ranks[..., draw],
        values=contest.values if contest.values.ndim == 1 else contest.values[:, draw],
        capacity=capacity,
    )
