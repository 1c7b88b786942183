from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA, MEASURABLE
from tender_eval.lint.criteria import quoted, scorer_parameter_at
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class FormulaUnexplained(LintRule):
    """A formula turns figures into points, and no words say what it does.

    A bidder should be able to work out its own points before it bids. Not everybody reads formulas. Describe in a
    sentence what earns full marks, what earns none, and what happens between.
    """

    code = "TE413"
    name = "formula-unexplained"
    severity = Severity.WARNING
    summary = "A formula has no description in words."
    keywords = "formula, expression, plain language, how price is scored"
    clauses = (CLEAR_CRITERIA, MEASURABLE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            if leaf.own_formula and not leaf.criterion.description:
                message = f"{quoted(leaf)} is scored by a formula that no words explain"
                yield Finding(
                    message, scorer_parameter_at(leaf), "add description: what earns full marks, what none, and between"
                )
