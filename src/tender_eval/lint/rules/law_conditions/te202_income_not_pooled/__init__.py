from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule
from tender_eval.lint.rules.law_conditions.income import INCOMES, income_conditions
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView


class IncomeNotPooled(ActRule):
    """The income of consortium members does not count together.

    Whether suppliers that bid together meet a condition is to be judged on what they have together. Without
    `pooled: true` only the lead's own income is read, and a consortium of small providers fails where it should
    pass.
    """

    code = "TE202"
    name = "income-not-pooled"
    severity = Severity.WARNING
    summary = "A condition on income leaves out the other members of a consortium."
    keywords = "turnover of a consortium, pooled, joint capacity, members' income"
    clauses = (act("s.22(8)-(9)"),)

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """Every lower bound on income without `pooled`."""
        for n, condition in income_conditions(scheme):
            if not condition.pooled and not condition.reads.startswith("pooled."):
                message = f'condition "{condition.id}" reads the income of the lead alone'
                known = condition.reads in INCOMES
                hint = "add pooled: true" if known else "write reads: supplier.annual_income and pooled: true"
                yield Finding(message, scheme.at("conditions", n, "reads"), hint)
