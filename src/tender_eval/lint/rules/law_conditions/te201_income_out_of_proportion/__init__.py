from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule
from tender_eval.lint.rules.law_conditions.income import income_conditions
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import fixed, percent
from tender_eval.plugins.lint_rule import Clause, Finding, SchemeView


class IncomeOutOfProportion(ActRule):
    """The income that is asked for is high against the value of the contract.

    A condition must be a proportionate means of ensuring that suppliers can perform. The Public Contracts
    Regulations 2015 let authorities ask for twice the contract's value at most; the Act that replaced them names
    no figure, and the limit here is our reading: the yearly value once. An amount is compared with the estimated
    value over the years and, where the contract is divided, over its lots. Small specialist providers fail such
    conditions first. Lower it, cut the lots, or say what risk it meets.
    """

    code = "TE201"
    name = "income-out-of-proportion"
    severity = Severity.WARNING
    summary = "The income condition asks for more than the contract's yearly value."
    keywords = "turnover, financial standing, economic and financial capacity, annual_income"
    clauses = (act("s.22(1) and (5)"), Clause("Public Contracts Regulations 2015", "reg. 58(9)", False))
    thresholds = ("most_income_multiple", *ActRule.thresholds)

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions on income as a share of the yearly value, or as an amount beside the estimated value."""
        most = scheme.thresholds["most_income_multiple"].value
        year = _value_of_a_year(scheme)
        for n, condition in income_conditions(scheme):
            bound = condition.at_least
            asked: Fraction | None = None
            if bound and bound.of.endswith("annual_value"):
                asked = bound.amount
            elif bound and not bound.of and year is not None:
                asked = bound.amount / year
            if asked is not None and asked > most:
                message = (
                    f'condition "{condition.id}" asks for an income of {fixed(asked * 100, 0)}% of the yearly value'
                )
                if bound and not bound.of and _lots(scheme) > 1:
                    message += " of an average lot"
                hint = f"ask for {percent(most)} at most, or say in notes what risk needs more"
                yield Finding(message, scheme.at("conditions", n, "at_least"), hint)


def _lots(scheme: SchemeView) -> int:
    return scheme.scheme.regime.lots or 1


def _value_of_a_year(scheme: SchemeView) -> Fraction | None:
    """The estimated value over the years and the lots; None where it is not stated."""
    regime, model = scheme.scheme.regime, scheme.scheme.price
    value, years = regime.estimated_value, regime.years or (model.years if model else 1)
    return value / years / _lots(scheme) if value is not None else None
