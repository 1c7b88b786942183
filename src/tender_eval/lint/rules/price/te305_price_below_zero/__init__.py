from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED
from tender_eval.lint.criteria import counted_criteria, quoted, scorer_parameter_at
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class PriceBelowZero(LintRule):
    """A score for price may fall below zero, so that the price takes away points that quality has earned.

    Nothing then limits what the price weighs: with a cheap outlier among the bids a good bid can lose more points
    than the price's whole weight. That must be declared, and here it is; but the published weights no longer say
    what they seem to. Write below_zero: clamp, or make the range wide enough that no real bid falls out of it.
    Ignore it where the range was chosen with known prices.
    """

    code = "TE305"
    name = "price-below-zero"
    severity = Severity.WARNING
    summary = "The price can take away points that quality earned."
    keywords = "negative points, below_zero, clamp, minus marks"
    clauses = (CONSTRUCTED,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in counted_criteria(scheme):
            if leaf.unbounded_below and not leaf.scale:
                message = f"{quoted(leaf)} can fall below zero without limit, and take points from the rest"
                yield Finding(message, scorer_parameter_at(leaf, "below_zero"), "write below_zero: clamp")
