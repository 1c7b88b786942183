"""Discounts for several lots as rows: a bid has the prices of the one that it reaches, at all of its lots."""

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


def _reached(number: int, least: int, theirs: Sequence[int]) -> Iterator[Row]:
    """The choice that a discount is reached is made where it is, and its prices hold nowhere else."""
    yield from (Row({n: 1, number: -1}, 0) for n in theirs)
    yield Row({number: least, **dict.fromkeys(theirs, -1)}, 0)
