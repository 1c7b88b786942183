from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.lint.rules.quality.minimum_reach import minimum_at, reached
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class MinimumNeverMissed(LintRule):
    """A minimum asks for no more than the worst possible bid earns.

    It rejects nobody, but reads as a gate: bidders and evaluators take it that a poor bid is out. Other rules and
    reports count on it too. Raise it to the level below which the authority would not buy, or remove it.
    """

    code = "TE340"
    name = "minimum-never-missed"
    severity = Severity.WARNING
    summary = "A minimum is met by every bid, whatever it offers."
    keywords = "quality threshold, pass mark, gate, minimum score"
    clauses = (ARITHMETIC,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for criterion, reach in reached(scheme):
            if reach.asked <= reach.least < reach.most:
                message = f'every bid meets the minimum of "{criterion.id}", {reach.words}: it is the least there is'
                yield Finding(message, minimum_at(criterion), "raise it, or remove it")
