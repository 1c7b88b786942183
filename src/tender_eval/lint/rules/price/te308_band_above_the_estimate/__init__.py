from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.criteria import price_criteria, quoted, scorer_parameter_at
from tender_eval.lint.expressions import stated_number
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class BandAboveTheEstimate(LintRule):
    """Every bid at the estimated value or below earns full marks for price, so price decides nothing.

    The band of the price begins to take marks only above what the contract is estimated to cost. The published
    weight of the price is then a promise that the scheme does not keep: all serious bids get the same points. Set
    full_at to a price at which the service could just be delivered in full, below the estimate. Ignore it where the
    budget is fixed on purpose; then highest_quality_within_budget says so more plainly.
    """

    code = "TE308"
    name = "band-above-the-estimate"
    severity = Severity.WARNING
    summary = "Every bid within the estimated value earns full marks for price."
    keywords = "fixed_band, full_at, budget, estimated_value, flat price score"
    clauses = (Clause("Arithmetic", "full_at against estimated_value, both of the scheme", True),)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        estimate = scheme.scheme.regime.estimated_value
        for leaf in price_criteria(scheme):
            full, zero = stated_number(leaf, "full_at"), stated_number(leaf, "zero_at")
            if estimate is None or full is None or zero is None:
                continue
            if leaf.reads[0].column == "price" and estimate <= full < zero:
                message = f"{quoted(leaf)} gives full marks to every price up to the estimated value and beyond"
                yield Finding(message, scorer_parameter_at(leaf, "full_at"), "let full_at be below the estimated value")
