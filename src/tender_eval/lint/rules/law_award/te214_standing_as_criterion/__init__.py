from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView

_STANDING = frozenset({"supplier.annual_income", "pooled.annual_income", "supplier.size", "supplier.employees"})


class StandingAsCriterion(ActRule):
    """An award criterion scores the supplier's size or income.

    Award criteria must relate to the subject-matter of the contract; financial standing belongs into a condition
    that is passed or failed. Scoring it counts the size of a provider as quality.
    """

    code = "TE214"
    name = "standing-as-criterion"
    severity = Severity.ERROR
    summary = "Size or income is scored as an award criterion."
    keywords = "turnover, selection and award criteria, financial standing, number of staff"
    clauses = (act("s.23(2)(a)"), act("s.22"))

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """The columns that each criterion reads."""
        for leaf in scheme.leaves:
            for read in leaf.reads:
                if read.column in _STANDING:
                    message = f'criterion "{leaf.criterion.id}" scores {read.column}'
                    yield Finding(message, leaf.criterion.where, "make it a condition, proportionate to the lot")
