from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC, toolkit
from tender_eval.lint.criteria import award_parameter_at
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import fixed, percent, shown
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class QualityMoneyOutOfProportion(LintRule):
    """What quality is worth in money is more than the contract, or next to nothing.

    The rule takes a sum off the price for the quality earned. Where the sums together exceed the estimated value,
    a bid of full quality wins at any price; where they are a trifle, price decides alone and the marking is for
    show. Set them to what the better service would really be worth paying more for.
    """

    code = "TE317"
    name = "quality-money-out-of-proportion"
    severity = Severity.WARNING
    summary = "The money value of quality leaves no part to the price, or none to quality."
    keywords = "lowest_price_less_quality_value, quality in money, fictitious discount, premium"
    clauses = (ARITHMETIC, toolkit("3.6.1"))
    thresholds = ("quality_money_least", "quality_money_most")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        least, most = (scheme.thresholds[name].value for name in self.thresholds)
        estimate, worth = scheme.scheme.regime.estimated_value, scheme.worth_of_quality
        if estimate is None or worth is None:
            return
        if isinstance(worth, Unsupported):
            message = f"what quality is worth in money cannot be told: of {scheme.rule.name}, {worth.why}"
            yield Finding(message, award_parameter_at(scheme), "say in the notes what full marks are worth")
        elif not least <= worth / estimate <= most:
            message = (
                f"full marks are worth {shown(worth)}, which is {fixed(worth / estimate * 100, 0)}% of the estimate"
            )
            hint = f"let them be worth {percent(least)} to {percent(most)} of it"
            yield Finding(message, award_parameter_at(scheme, "values"), hint)
