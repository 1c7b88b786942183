"""The marks that count beside the individual ones, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.fairness.findings.reliability import AgainstMean
from tender_eval.fairness.reliability.given import MarkedBy, PanelMarks


class _Beside(NamedTuple):
    """A mark that counts, and the individual ones."""

    one: MarkedBy
    bid: str
    counts: Fraction
    given: dict[str, Fraction]

    @property
    def mean(self) -> Fraction:
        return sum(self.given.values(), Fraction(0)) / len(self.given)

    @property
    def gap(self) -> Fraction:
        return (self.counts - self.mean) / self.one.highest


def against_means(panel: PanelMarks) -> tuple[AgainstMean, ...]:
    """At each criterion where two people or more marked a bid, and over all of them."""
    found = [_against(one.criterion, one.title, here) for one in panel.criteria if (here := list(_beside([one])))]
    return (*found, _against("", "", list(_beside(panel.criteria)))) if found else ()


def _against(criterion: str, title: str, found: list[_Beside]) -> AgainstMean:
    furthest = max(found, key=lambda each: abs(each.gap))
    return AgainstMean(
        criterion,
        title,
        marks=len(found),
        higher=sum(each.gap > 0 for each in found),
        lower=sum(each.gap < 0 for each in found),
        outside=sum(not _within(each.counts, each.given.values()) for each in found),
        gap=sum((each.gap for each in found), Fraction(0)) / len(found),
        furthest=(furthest.bid, furthest.one.criterion, furthest.counts, furthest.mean),
    )


def resting(panel: PanelMarks) -> Mapping[str, int]:
    """By person, how many of the marks that count lie within what all gave, and outside of what all the others gave."""
    found = dict.fromkeys(panel.people, 0)
    for each in _beside(panel.criteria):
        for person in each.given:
            others = [mark for who, mark in each.given.items() if who != person]
            found[person] += _within(each.counts, each.given.values()) and not _within(each.counts, others)
    return found


def _beside(criteria: Iterable[MarkedBy]) -> Iterator[_Beside]:
    for one in criteria:
        for bid, given in one.individual.items():
            if len(given) >= 2 and bid in one.counts:
                yield _Beside(one, bid, one.counts[bid], given)


def _within(mark: Fraction, given: Iterable[Fraction]) -> bool:
    marks = list(given)
    return min(marks) <= mark <= max(marks)
