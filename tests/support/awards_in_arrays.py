"""The best award over lots, of every award in arrays: the same as `all_awards.best_of_all`, written anew and fast.

An award is a row of numbers, lot by lot, of whom it goes to. Lot after lot every row that stands is tried with every
award so far; those beyond a limit that can only get worse are left. Figures and values are whole numbers, scaled by
the denominators in them, so that nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from all_awards import NOBODY, Best, parties

from tender_eval.plugins.mechanism import Contest

Ints = Any
"""An array of int64."""


def best_in_arrays(contest: Contest, weights: Sequence[Fraction]) -> Best | None:
    """The best of every award that there can be, with every award that has it; None where there can be none."""
    awards = _within_limits(contest)
    awards = awards[_as_many_as_must(contest, awards) & _offers_count(contest, awards)]
    if not len(awards):
        return None
    filled = (awards >= 0).sum(axis=1)
    awards = awards[filled == filled.max()]
    above, below = _totals(contest, weights, awards)
    pairs, of = np.unique(np.stack([above, below], axis=1), axis=0, return_inverse=True)
    totals = [Fraction(int(a), int(b)) for a, b in pairs]
    best = max(totals) if contest.best == "highest" else min(totals)
    equal = np.array([total == best for total in totals])[of.reshape(-1)]
    return Best(int(filled.max()), best, [tuple(map(int, award)) for award in awards[equal]])


def _whole(values: Sequence[Fraction]) -> tuple[Ints, int]:
    """Numbers as whole ones of a common part, and how many of that part make one."""
    parts = lcm(*(Fraction(value).denominator for value in values)) if values else 1
    return np.array([int(Fraction(value) * parts) for value in values], dtype=np.int64), parts


def _within_limits(contest: Contest) -> Ints:
    """Every award, lot by lot, that is within the limits on what can be awarded; ``(awards, lots)``."""
    rows, lots = contest.standing.shape
    behind = np.zeros((rows + 1, 1 + max(max(parties(contest, row)) for row in range(rows))), dtype=np.int64)
    for row in range(rows):
        behind[row, list(parties(contest, row))] = 1  # the last one stands for nobody
    with_capacity = list(contest.capacity) if contest.capacity is not None else []
    most = [contest.most_value] if contest.most_value is not None else []
    values, _ = _whole([*contest.values, *with_capacity, *most])
    worth, capacity, most_value = values[:lots], values[lots : lots + len(with_capacity)], values[-1:]
    share = (behind @ behind.T > 0).astype(np.int64)  # whether two rows have somebody in common
    awards = np.empty((1, 0), dtype=np.int64)
    held = np.zeros((1, behind.shape[1]), dtype=np.int64)
    valued, carried = held.copy(), np.zeros((1, rows + 1), dtype=np.int64)
    for lot in range(lots):
        options = np.array([NOBODY, *np.flatnonzero(contest.standing[:, lot])])
        at, chosen = np.repeat(np.arange(len(awards)), len(options)), np.tile(options, len(awards))
        awards = np.concatenate([awards[at], chosen[:, None]], axis=1)
        held = held[at] + behind[chosen]
        valued = valued[at] + behind[chosen] * worth[lot]
        carried = carried[at] + share[chosen] * worth[lot]
        fine = np.ones(len(awards), dtype=np.bool_)
        if contest.most_lots:
            fine &= (held <= contest.most_lots).all(axis=1)
        if most:
            fine &= (valued <= most_value).all(axis=1)
        if contest.most_suppliers:
            fine &= (held > 0).sum(axis=1) <= contest.most_suppliers
        for quota in (quota for quota in contest.quotas if quota.most is not None):
            fine &= _of(quota.who, awards).sum(axis=1) <= quota.most
        for row in range(len(capacity)):
            fine &= (carried[:, row] <= capacity[row]) | ~(awards == row).any(axis=1)
        awards, held, valued, carried = awards[fine], held[fine], valued[fine], carried[fine]
    return awards


def _of(who: Any, awards: Ints) -> Ints:
    """Whether each lot of each award goes to one of these rows."""
    return np.append(who, False)[awards].astype(np.int64)


def _as_many_as_must(contest: Contest, awards: Ints) -> Any:
    rows = contest.standing.shape[0]
    fine = np.ones(len(awards), dtype=np.bool_)
    if contest.fewest_suppliers:
        everybody = sorted(set().union(*(parties(contest, row) for row in range(rows))))
        there = [
            _of(np.array([one in parties(contest, row) for row in range(rows)]), awards).any(axis=1)
            for one in everybody
        ]
        fine &= np.sum(there, axis=0) >= contest.fewest_suppliers
    for quota in contest.quotas:
        fine &= _of(quota.who, awards).sum(axis=1) >= quota.fewest
    return fine


def _offers_count(contest: Contest, awards: Ints) -> Any:
    """Whether every offer has as many lots as it asks for, and every bid the prices for as many as it has."""
    fine = np.ones(len(awards), dtype=np.bool_)
    offers = contest.offers
    if offers is None:
        return fine
    for row, least in enumerate(offers.least.tolist()):
        number = (awards == row).sum(axis=1)
        fine &= (number == 0) | (number >= least)
    for lots, prices in _price_lists(contest):
        mine = np.isin(awards[:, lots], [row for _, row in prices])
        holds = np.array([max((least, row) for least, row in prices if least <= max(n, 1))[1] for n in range(99)])
        fine &= (~mine | (awards[:, lots] == holds[mine.sum(axis=1)][:, None])).all(axis=1)
    return fine


def _price_lists(contest: Contest) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
    """The lots of each bid's discounts, with its prices there: from how many lots on, and the row that has them."""
    offers = contest.offers
    assert offers is not None
    found: dict[tuple[int, tuple[int, ...]], list[tuple[int, int]]] = {}
    for row in np.flatnonzero(offers.discount).tolist():
        lots = tuple(np.flatnonzero(offers.lots[row]).tolist())
        found.setdefault((int(offers.bid[row]), lots), []).append((int(offers.least[row]), row))
    for (bid, lots), discounts in found.items():
        own = [(1, row) for row in np.flatnonzero((offers.bid == bid) & (offers.place == 0)).tolist()]
        yield list(lots), [*own, *discounts]


def _totals(contest: Contest, weights: Sequence[Fraction], awards: Ints) -> tuple[Ints, Ints]:
    """The total of each award as a whole number over another."""
    rows, lots = contest.figures.shape
    times = np.array([[weights[lot] for lot in range(lots)] for _ in range(rows)], dtype=object)
    divisors = None if contest.divisors is None else contest.divisors
    figures = contest.figures * (times if divisors is None else divisors)
    above, parts = _whole(figures.reshape(-1).tolist())
    numbers = np.vstack([above.reshape(rows, lots), np.zeros((1, lots), dtype=np.int64)])
    over = np.arange(lots)
    top = numbers[awards, over].sum(axis=1)
    if divisors is None:
        return top, np.full(len(awards), parts, dtype=np.int64)
    below, of = _whole(divisors.reshape(-1).tolist())
    dividing = np.vstack([below.reshape(rows, lots), np.zeros((1, lots), dtype=np.int64)])
    bottom = dividing[awards, over].sum(axis=1)
    none = bottom == 0  # nothing is awarded: the total of nothing is nothing
    return np.where(none, 0, top * of), np.where(none, 1, bottom * parts)
