from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent, shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


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
    keywords = "scoring scale, equal steps, duplicate scores, marking scheme"
    clauses = (ARITHMETIC,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for low, high in pairwise(scale.by_worth):
                if low.score == high.score:
                    marks = f"{shown(low.mark)} and {shown(high.mark)}"
                    message = f'on "{scale.id}" the marks {marks} both earn {percent(low.score)}'
                    yield Finding(message, scale.where, "give each mark its own share, or drop one")
