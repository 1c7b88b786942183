from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.lint.rules.quality.minimum_reach import minimum_at, reached
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


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
    keywords = "quality threshold, pass mark, gate, full marks"
    clauses = (ARITHMETIC,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for criterion, reach in reached(scheme):
            if reach.least < reach.asked == reach.most:
                message = f'only full marks meet the minimum of "{criterion.id}", {reach.words}'
                yield Finding(message, minimum_at(criterion), "lower it, or make it a condition")
