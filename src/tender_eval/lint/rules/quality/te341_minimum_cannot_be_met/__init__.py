from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.lint.rules.quality.minimum_reach import minimum_at, reached
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class MinimumCannotBeMet(LintRule):
    """A minimum asks for more than the best possible bid earns, so that every bid is rejected.

    The scale ends below full marks, and the minimum lies above that end. The award cannot work. Lower the minimum,
    or let the highest mark of the scale earn 100%.
    """

    code = "TE341"
    name = "minimum-cannot-be-met"
    severity = Severity.ERROR
    summary = "A minimum is above what any bid can earn, so every bid is rejected."
    keywords = "quality threshold, pass mark, gate, impossible minimum"
    clauses = (ARITHMETIC,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for criterion, reach in reached(scheme):
            if reach.asked > reach.most:
                message = f'no bid can meet the minimum of "{criterion.id}": full marks there are below {reach.words}'
                yield Finding(message, minimum_at(criterion), "lower it, or let the highest mark earn 100%")
