from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class UnitUnstated(LintRule):
    """A line of the schedule does not say of what unit bidders state the rate.

    One bidder prices a night and another a week, and the quantity multiplies both. Add unit: night to the line.
    """

    code = "TE426"
    name = "unit-unstated"
    severity = Severity.WARNING
    summary = "A line of the schedule of quantities names no unit."
    keywords = "bill of quantities, schedule of rates, per night, each"
    clauses = (CLEAR_CRITERIA,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        price = scheme.scheme.price
        for line in price.lines if price else ():
            if not line.unit:
                message = f'line "{line.id}" of the schedule does not say of what unit the rate is'
                yield Finding(message, line.where, "add its unit, such as unit: night")
