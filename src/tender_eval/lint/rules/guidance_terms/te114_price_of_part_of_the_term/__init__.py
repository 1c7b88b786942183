from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import toolkit, welsh_guidance
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class PriceOfPartOfTheTerm(LintRule):
    """The evaluated price covers fewer years than the contract lasts.

    Value for money is the full cost over the service's life; a price of the first year alone rewards bids that put
    their costs into the years that are not read. Let `price.years` cover the term.
    """

    code = "TE114"
    name = "price-of-part-of-the-term"
    severity = Severity.WARNING
    summary = "The price that is compared does not cover the whole term."
    keywords = "whole-life cost, first-year price, contract length, price.years"
    clauses = (toolkit("3.3"), welsh_guidance("2.10"))

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The price model's years against the regime's."""
        model, years = scheme.scheme.price, scheme.scheme.regime.years
        if model is not None and model.components and years is not None and model.years < years:
            message = f"the price is made over {model.years} of the contract's {years} years"
            where = scheme.at("price", "years")
            yield Finding(message, where, f"write years: {years}, so that the whole cost is compared")
