"""Whether a group is awarded less or more often than chance would have it: an exact test over strata.

Were the awards of each tender or lot drawn by lot among its bids, the group's number of them would be hypergeometric
there, and the sum over strata that are decided apart the convolution of these (Fisher, Journal of the Royal
Statistical Society 98(1), 1935; over strata: Mehta, Patel and Gray, Journal of the American Statistical Association
80(392), 1985). All is counted in whole numbers, so nothing is approximated, however few the awards.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import comb, prod
from typing import NamedTuple


class Stratum(NamedTuple):
    """Bids of which some are awarded: how many, how many of the group among them, and how many awards each had."""

    bids: int
    members: int
    awards: int
    members_awarded: int


def chance(strata: Iterable[Stratum]) -> Fraction:
    """How likely awards as uneven as these, or more so, are by lot alone: the two-sided p-value.

    Counted are all numbers of awards to the group that are no likelier than that which came about.

    >>> chance([Stratum(8, 4, 4, 4)])  # the tea of Fisher: 1 of 70 ways, and as many the other way round
    Fraction(1, 35)
    >>> chance([Stratum(5, 2, 1, 1)])
    Fraction(2, 5)
    """
    given = [one for one in strata if one.bids]
    ways = [1]
    for one in given:
        ways = _convolved(ways, [_ways(one, n) for n in range(min(one.members, one.awards) + 1)])
    all_ways = prod(comb(one.bids, one.awards) for one in given)
    here = ways[sum(one.members_awarded for one in given)]
    return Fraction(sum(n for n in ways if n <= here), all_ways)


def _ways(of: Stratum, awarded: int) -> int:
    """In how many ways so many of the awards of a stratum fall to the group."""
    return comb(of.members, awarded) * comb(of.bids - of.members, of.awards - awarded)


def _convolved(a: list[int], b: list[int]) -> list[int]:
    found = [0] * (len(a) + len(b) - 1)
    for n, x in enumerate(a):
        for m, y in enumerate(b):
            found[n + m] += x * y
    return found
