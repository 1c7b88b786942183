"""The exact test of chance: against every way of drawing the awards."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest

from tender_eval.fairness.statistics.exact_test import Stratum, chance


def listed(strata):
    """The p-value by listing every way in which the awards can fall, each as likely as any other."""
    ways = [
        [sum(bid < s.members for bid in awarded) for awarded in combinations(range(s.bids), s.awards)] for s in strata
    ]
    totals = [sum(way) for way in product(*ways)]
    times = {n: totals.count(n) for n in set(totals)}
    here = times[sum(s.members_awarded for s in strata)]
    return Fraction(sum(n for n in times.values() if n <= here), len(totals))


@pytest.mark.parametrize(
    "strata",
    [
        [Stratum(5, 2, 1, 0)],
        [Stratum(6, 3, 2, 0)],
        [Stratum(4, 1, 1, 1), Stratum(5, 2, 1, 0), Stratum(3, 3, 1, 1)],
        [Stratum(4, 2, 2, 2), Stratum(4, 2, 2, 2), Stratum(3, 1, 0, 0)],
        [Stratum(4, 0, 1, 0), Stratum(5, 4, 2, 1)],
    ],
)
def test_it_counts_what_listing_every_way_counts(strata):
    assert chance(strata) == listed(strata)


def test_without_bids_nothing_is_uneven():
    assert chance([]) == chance([Stratum(0, 0, 0, 0)]) == 1
