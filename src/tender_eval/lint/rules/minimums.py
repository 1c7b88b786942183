"""Rules on minimums that nobody can miss, and on those that nobody, or only a perfect bid, can meet."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tender_eval.lint.example import SOUND, but
from tender_eval.lint.sources import ARITHMETIC
from tender_eval.model.diagnostics import Severity
from tender_eval.model.location import Location
from tender_eval.model.scheme import Criterion
from tender_eval.model.wording import percent, shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_MINIMUM = "    minimum: 50%\n"
_LOWEST = "mark: 0, score: 0%"
_HIGHEST = "mark: 3, score: 100%"


class Reach(NamedTuple):
    """The least and the most that a criterion's minimum can be held against, and what it asks for."""

    least: Fraction
    most: Fraction
    asked: Fraction
    words: str


def reached(scheme: SchemeView) -> Iterator[tuple[Criterion, Reach]]:
    """Every minimum with what bids can earn there: shares of the points, or marks."""
    scales = {s.id: s for s in scheme.scheme.scales}
    ends: dict[str, tuple[Fraction, Fraction]] = {}
    for leaf in scheme.leaves:
        scale = scales.get(leaf.scale)
        ends[leaf.criterion.id] = (scale.steps[0].score, scale.steps[-1].score) if scale else (Fraction(0), Fraction(1))
    for criterion in scheme.scheme.walk():
        minimum = criterion.minimum
        below = [c.id for c in criterion.walk() if c.id in ends]
        if minimum is None or not below:
            continue
        if minimum.share is not None:
            whole = sum((scheme.shares[c] for c in below), Fraction(0))
            least, most = (sum((scheme.shares[c] * ends[c][end] for c in below), Fraction(0)) / whole for end in (0, 1))
            yield criterion, Reach(least, most, minimum.share, percent(minimum.share))
        elif minimum.mark is not None:
            marked = [scales[v.scale] for v in scheme.leaves if v.criterion.id in below and v.scale in scales]
            if marked:
                # every question below must reach the mark, so that the shortest scale decides
                low, high = min(s.marks[0] for s in marked), min(s.marks[-1] for s in marked)
                yield criterion, Reach(low, high, minimum.mark, f"mark {shown(minimum.mark)}")


class MinimumNeverMissed(LintRule):
    """A minimum asks for no more than the worst possible bid earns.

    It rejects nobody, but reads as a gate: bidders and evaluators take it that a poor bid is out. Other rules and
    reports count on it too. Raise it to the level below which the authority would not buy, or remove it.
    """

    code = "TE340"
    name = "minimum-never-missed"
    severity = Severity.WARNING
    summary = "A minimum is met by every bid, whatever it offers."
    clauses = (ARITHMETIC,)
    bad = but((_LOWEST, "mark: 0, score: 30%"), (_MINIMUM, "    minimum: 30%\n"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for criterion, reach in reached(scheme):
            if reach.asked <= reach.least < reach.most:
                message = f'every bid meets the minimum of "{criterion.id}", {reach.words}: it is the least there is'
                yield Finding(message, _place(criterion), "raise it, or remove it")


class MinimumCannotBeMet(LintRule):
    """A minimum asks for more than the best possible bid earns, so that every bid is rejected.

    The scale ends below full marks, and the minimum lies above that end. The award cannot work. Lower the minimum,
    or let the highest mark of the scale earn 100%.
    """

    code = "TE341"
    name = "minimum-cannot-be-met"
    severity = Severity.ERROR
    summary = "A minimum is above what any bid can earn, so every bid is rejected."
    clauses = (ARITHMETIC,)
    bad = but((_HIGHEST, "mark: 3, score: 80%"), (_MINIMUM, "    minimum: 85%\n"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for criterion, reach in reached(scheme):
            if reach.asked > reach.most:
                message = f'no bid can meet the minimum of "{criterion.id}": full marks there are below {reach.words}'
                yield Finding(message, _place(criterion), "lower it, or let the highest mark earn 100%")


class MinimumIsPerfection(LintRule):
    """Only a bid with full marks meets the minimum.

    The criterion then decides nothing among the bids that are in, for all of them earn the same there, and one
    evaluator's single mark below the top ends a bid. If it is a condition, state it as a condition; if it is to be
    weighed, lower the minimum.
    """

    code = "TE342"
    name = "minimum-is-perfection"
    severity = Severity.WARNING
    summary = "Only full marks meet the minimum, so the criterion decides nothing more."
    clauses = (ARITHMETIC,)
    bad = but((_MINIMUM, "    minimum: 3\n"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for criterion, reach in reached(scheme):
            if reach.least < reach.asked == reach.most:
                message = f'only full marks meet the minimum of "{criterion.id}", {reach.words}'
                yield Finding(message, _place(criterion), "lower it, or make it a condition")


def _place(criterion: Criterion) -> Location:
    """Where a minimum is written."""
    return criterion.minimum.where if criterion.minimum else criterion.where
