from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.criteria import price_criteria, quoted, scorer_parameter_at
from tender_eval.lint.expressions import stated_number
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class TriflingDiscount(LintRule):
    """The significant discount is so small that a trifling best discount earns full marks.

    Points are shared by discount off a ceiling. Where the best bid is one percent below the ceiling and the next
    one half a percent, the second gets half the marks for next to no money: price points are then given away. The
    source of the method sets 2% to 5% as the discount from which the best one earns full marks. Raise
    significant_discount to what a real saving would be.
    """

    code = "TE307"
    name = "trifling-discount"
    severity = Severity.WARNING
    summary = "A trifling discount off the ceiling can earn full marks."
    keywords = "discount_from_ceiling, maximum price, ceiling, rebate, significant_discount"
    clauses = (Clause("Junta Consultiva de Contratacion Administrativa de Aragon", "Informe 6/2014", False),)
    thresholds = ("significant_discount_least",)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        least = scheme.thresholds["significant_discount_least"].value
        for leaf in price_criteria(scheme):
            share = stated_number(leaf, "significant_discount")
            if share is not None and share < least:
                message = f"{quoted(leaf)}: a best discount of {percent(share)} earns full marks already"
                yield Finding(
                    message, scorer_parameter_at(leaf, "significant_discount"), f"write {percent(least)} to 5%"
                )
