from __future__ import annotations

from collections.abc import Iterator

from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class TotalPrevails(LintRule):
    """Bids are compared by totals that the bidders multiplied out, and not by the rates at which they will be paid.

    Of what is ordered in the end the rates are paid. A bid whose totals are lower than quantity times rate wins by a
    sum that nobody will ever be charged. Standard documents let the unit price prevail. Write prevails: unit, with
    misplaced_point: true where an obvious slip of the decimal point is to be mended; ignore it where the totals
    themselves are paid, as of a lump sum.
    """

    code = "TE371"
    name = "total-prevails"
    severity = Severity.WARNING
    summary = "Stated totals prevail over the rates that will be paid."
    keywords = "bill of quantities, unit prices, arithmetic errors, schedule of rates"
    clauses = (Clause("World Bank Standard Procurement Document, Request for Bids, Goods (2017)", "ITB 31.1", False),)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        price = scheme.scheme.price
        if price is not None and price.prevails == "total":
            message = "the totals that bids state prevail over their rates"
            yield Finding(message, scheme.at("price", "prevails"), "write prevails: unit, unless the totals are paid")
