from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import toolkit
from tender_eval.lint.criteria import may_serve_people
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class TooManyOutcomes(LintRule):
    """The specification names more outcomes than the three or four that are vital.

    "Outcomes need to be restricted to three or four vital issues, which are meaningful, measurable and linked to
    national outcomes frameworks." Join or drop some. Ignore this where a funder's framework prescribes them.
    """

    code = "TE126"
    name = "too-many-outcomes"
    severity = Severity.NOTE
    summary = "More than four outcomes are named."
    keywords = "outcomes framework, KPI, specification, targets"
    clauses = (toolkit("4.4.3"),)
    thresholds = ("most_outcomes",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The outcomes under the regime."""
        outcomes, most = scheme.scheme.regime.outcomes, scheme.thresholds["most_outcomes"].value
        if may_serve_people(scheme) and len(outcomes) > most:
            message = f"{len(outcomes)} outcomes are named, more than {shown(most)}"
            yield Finding(message, scheme.at("regime", "outcomes"), "keep the three or four that are vital")
