from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import act
from tender_eval.lint.criteria import counted_criteria
from tender_eval.model.diagnostics import Severity
from tender_eval.model.regime import Nation
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class NothingOnLowPrices(LintRule):
    """The scheme does not say from when a price is looked into as abnormally low.

    A bid that cannot be delivered at its price wins on points, and fails later at the cost of those who need the
    service. The Act lets an authority disregard an abnormally low tender after it has asked and heard the bidder; a
    published threshold makes sure that it looks, and looks at all bids alike. Add abnormally_low: {below_mean_by:
    25%}. It only raises a flag. Ignore it where prices are fixed, or a budget binds everybody. Nothing is said of what
    is let abroad, whose law has rules of its own.
    """

    code = "TE355"
    name = "nothing-on-low-prices"
    severity = Severity.NOTE
    summary = "No threshold says which prices are looked into as abnormally low."
    keywords = "abnormally low tender, suicide bid, too cheap, below_mean_by"
    clauses = (act("s.19(3)-(5)"),)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if scheme.scheme.regime.nation is Nation.NONE:
            return
        reads = [r.column for r in scheme.rule_reads]
        priced = any(leaf.reads_price for leaf in counted_criteria(scheme)) or "price" in reads
        if scheme.scheme.abnormally_low is None and priced:
            message = "no threshold is stated for abnormally low prices"
            yield Finding(
                message, scheme.at("award"), "add abnormally_low: {below_mean_by: 25%}; it only raises a flag"
            )
