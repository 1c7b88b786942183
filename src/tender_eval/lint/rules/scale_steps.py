"""Rules on the shares that the marks of a scale earn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tender_eval.lint.example import SOUND, but
from tender_eval.lint.sources import ARITHMETIC
from tender_eval.model.diagnostics import Severity
from tender_eval.model.wording import percent, shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ScaleEndsBelowFull(LintRule):
    """The highest mark of a scale does not earn full marks.

    Part of the weight of every criterion on this scale can be earned by nobody, so its published weight is not what
    it brings: price, which can earn all of its points, weighs more than stated. Let the highest mark earn 100%.
    """

    code = "TE345"
    name = "scale-ends-below-full"
    severity = Severity.WARNING
    summary = "The highest mark of a scale earns less than its full share."
    clauses = (ARITHMETIC,)
    bad = but(("mark: 3, score: 100%", "mark: 3, score: 90%"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        used = {leaf.scale for leaf in scheme.leaves}
        for scale in scheme.scheme.scales:
            if scale.id in used and scale.steps[-1].score < 1:
                top = scale.steps[-1]
                message = f'the highest mark of "{scale.id}" earns {percent(top.score)}: the rest is for nobody'
                yield Finding(message, scale.where, f"let the mark {shown(top.mark)} earn 100%")


class ScaleSquashed(LintRule):
    """The lowest mark of a scale earns a large share of the points already.

    Everybody is given those points, so only the rest tells bids apart: on a scale from 60% to 100% a criterion of
    weight 60 decides like one of 24, and the price outweighs it. Let the lowest mark earn nothing, or little, and
    reject what is not good enough by a minimum.
    """

    code = "TE346"
    name = "scale-squashed"
    severity = Severity.WARNING
    summary = "The scale gives every bid a large share, so quality weighs less than published."
    clauses = (ARITHMETIC,)
    figures = ("lowest_mark_most",)
    bad = but(("mark: 0, score: 0%", "mark: 0, score: 40%"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        most = scheme.figures[self.figures[0]].value
        for scale in scheme.scheme.scales:
            lowest = scale.steps[0]
            on_it = [leaf.share for leaf in scheme.leaves if leaf.scale == scale.id]
            if on_it and lowest.score > most:
                message = (
                    f'on "{scale.id}" the lowest mark earns {percent(lowest.score)}: only the rest tells bids apart'
                )
                yield Finding(message, scale.where, f"let the mark {shown(lowest.mark)} earn {percent(most)} at most")


class MarksOfEqualWorth(LintRule):
    """Two marks of a scale earn the same share.

    Evaluators argue about which of the two a bid deserves, and it makes no difference; the bidder is told of a
    better mark and gains nothing by it. Give each mark its own share, or drop one. Ignore it where the lowest marks
    are all meant to earn nothing, and the minimum is set by them.
    """

    code = "TE347"
    name = "marks-of-equal-worth"
    severity = Severity.WARNING
    summary = "Two marks earn the same, so the difference between them counts for nothing."
    clauses = (ARITHMETIC,)
    bad = but(("mark: 2, score: 70%", "mark: 2, score: 40%"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for low, high in pairwise(scale.steps):
                if low.score == high.score:
                    marks = f"{shown(low.mark)} and {shown(high.mark)}"
                    message = f'on "{scale.id}" the marks {marks} both earn {percent(low.score)}'
                    yield Finding(message, scale.where, "give each mark its own share, or drop one")
