from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import toolkit
from tender_eval.lint.criteria import may_serve_people
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class EqualityAssessmentUnnamed(LintRule):
    """The scheme is published, and names no record of how equality was considered.

    The Equality Duty asks for no impact assessment, "however, keeping a record of how decisions were reached will help
    show how you have considered the Duty, and it is good practice to do this". Name it: `equality_assessment` under
    `regime`. A scheme without `published` is taken to be a model. Ignore this where the record is named in the notice.
    """

    code = "TE125"
    name = "equality-assessment-unnamed"
    severity = Severity.NOTE
    summary = "No record of how equality was considered is named."
    keywords = "EqIA, PSED, public sector equality duty, Equality Act 2010, protected characteristics"
    clauses = (toolkit("4.3"),)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """`regime.equality_assessment`, of a service to people that is published."""
        regime = scheme.scheme.regime
        if may_serve_people(scheme) and regime.published and not regime.equality_assessment:
            message = "no record is named of how equality was considered"
            hint = "name it under regime: equality_assessment: and where it is kept"
            yield Finding(message, scheme.at("regime", "published"), hint)
