"""Offers for several lots as rows: a bid has the prices of the discount that it reaches, at all of its lots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tender_eval.lots.optimum.choices import Choice
from tender_eval.lots.optimum.programme import Row
from tender_eval.plugins.mechanism import Contest, Offers


class Tier(NamedTuple):
    """Prices that hold for some lots of a bid from so many of them on: its own, from one on, or those of a discount."""

    row: int
    least: int


class Tiers(NamedTuple):
    """The prices of a bid for the same lots, in the order of how many of these it must be awarded; its own first."""

    lots: frozenset[int]
    tiers: tuple[Tier, ...]


def tiers_of(offers: Offers) -> Iterator[Tiers]:
    """Every bid with a discount, and the lots that it is for."""
    found: dict[tuple[int, frozenset[int]], list[Tier]] = {}
    for row in np.flatnonzero(offers.discount).tolist():
        lots = frozenset(np.flatnonzero(offers.lots[row]).tolist())
        found.setdefault((int(offers.bid[row]), lots), []).append(Tier(row, int(offers.least[row])))
    for (bid, lots), tiers in found.items():
        own = (Tier(int(row), 1) for row in np.flatnonzero((offers.bid == bid) & (offers.place == 0)))
        yield Tiers(lots, (*own, *sorted(tiers, key=lambda tier: tier.least)))


def discounts_as_rows(contest: Contest, choices: Sequence[Choice], first: int) -> tuple[int, tuple[Row, ...]]:
    """How many choices are added for discounts that are reached, from ``first`` on, and the rows."""
    if contest.offers is None:
        return 0, ()
    number, rows = first, list[Row]()
    for lots, tiers in tiers_of(contest.offers):
        theirs = {
            tier.row: [n for n, one in enumerate(choices) if one.bid == tier.row and not lots.isdisjoint(one.lots)]
            for tier in tiers
        }
        for tier, next_ in pairwise(tiers):
            parts = {n: len(choices[n].lots) for n in theirs[tier.row]}
            rows.append(Row(parts, next_.least - 1))
        reached = []
        for tier in tiers[1:]:
            if not theirs[tier.row] or contest.offers.whole(tier.row):  # all of its lots in one: nothing else has any
                continue
            reached.append(number)
            rows += _reached(number, tier.least, theirs[tier.row])
            others = [n for row, mine in theirs.items() if row != tier.row for n in mine]
            rows += [Row({number: 1, n: 1}, 1) for n in others]
            number += 1
    return number - first, tuple(rows)


def offers_lot_by_lot(contest: Contest, parts: Sequence[Choice], of: Sequence[int]) -> Iterator[Row]:
    """The rows of offers of which each lot is a choice by itself, without any choice added.

    Args:
        parts: each choice at each of its lots.
        of: the choice that each is a part of.
    """
    if contest.offers is None:
        return
    for one, next_ in pairwise(range(len(parts))):
        if of[one] == of[next_]:  # the one lot of a package where the other is
            yield from (Row({one: 1, next_: -1}, 0), Row({one: -1, next_: 1}, 0))
    for lots, tiers in tiers_of(contest.offers):
        lower = list[int]()  # the parts with the prices from fewer lots on
        for place, tier in enumerate(tiers):
            mine = [n for n, part in enumerate(parts) if part.bid == tier.row and part.lot in lots]
            if place + 1 < len(tiers):
                yield Row(dict.fromkeys(mine, 1), tiers[place + 1].least - 1)
            if tier.least > 1 and not contest.offers.whole(tier.row):
                for n in mine:
                    yield Row(dict.fromkeys(mine, -1) | {n: tier.least - 1}, 0)
                    yield Row(dict.fromkeys(lower, 1) | {n: len(lower)}, len(lower))
            lower += mine


def _reached(number: int, least: int, theirs: Sequence[int]) -> Iterator[Row]:
    """The choice that a discount is reached is made where it is, and its prices hold nowhere else."""
    yield from (Row({n: 1, number: -1}, 0) for n in theirs)
    yield Row({number: least, **dict.fromkeys(theirs, -1)}, 0)
