"""The marks that count beside the individual ones, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from tender_eval.fairness.findings.reliability import AgainstMean
from tender_eval.fairness.reliability.given import MarkedBy, PanelMarks


class Beside(NamedTuple):
    """A mark that counts, the individual ones from the lowest, their mean, and how far it is above, of the highest."""

    one: MarkedBy
    bid: str
    counts: Fraction
    given: tuple[tuple[Fraction, str], ...]
    mean: Fraction
    gap: Fraction
    within: bool


def beside(panel: PanelMarks) -> tuple[Beside, ...]:
    """Every mark that counts of a bid that two people or more marked."""
    return tuple(
        _beside(one, bid, one.counts[bid], tuple(sorted((mark, who) for who, mark in given.items())))
        for one in panel.criteria
        for bid, given in one.individual.items()
        if len(given) >= 2 and bid in one.counts
    )


def _beside(one: MarkedBy, bid: str, counts: Fraction, given: tuple[tuple[Fraction, str], ...]) -> Beside:
    mean = sum((mark for mark, _ in given), Fraction(0)) / len(given)
    within = given[0][0] <= counts <= given[-1][0]
    return Beside(one, bid, counts, given, mean, (counts - mean) / one.highest, within)


def against_means(found: Sequence[Beside]) -> tuple[AgainstMean, ...]:
    """At each criterion, and over all of them; nothing of no marks."""
    if not found:
        return ()
    by_criterion = [list(here) for _, here in groupby(found, lambda each: each.one.criterion)]
    alone = [_against(here[0].one.criterion, here[0].one.title, here) for here in by_criterion]
    return (*alone, _against("", "", found))


def _against(criterion: str, title: str, found: Sequence[Beside]) -> AgainstMean:
    furthest = max(found, key=lambda each: abs(each.gap))
    return AgainstMean(
        criterion,
        title,
        marks=len(found),
        higher=sum(each.gap > 0 for each in found),
        lower=sum(each.gap < 0 for each in found),
        outside=sum(not each.within for each in found),
        gap=sum((each.gap for each in found), Fraction(0)) / len(found),
        furthest=(furthest.bid, furthest.one.criterion, furthest.counts, furthest.mean),
    )


def resting(found: Sequence[Beside], people: Iterable[str]) -> Mapping[str, int]:
    """By person, how many of the marks that count lie within what all gave, and outside of what all the others gave."""
    counted = dict.fromkeys(people, 0)
    for each in (each for each in found if each.within):
        (_, lowest), (second, _) = each.given[:2]
        (last_but_one, _), (_, highest) = each.given[-2:]
        counted[lowest] += each.counts < second
        counted[highest] += each.counts > last_but_one
    return counted
