from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import MEASURABLE
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class NoTieBreak(LintRule):
    """Nothing is stated for bids that come out equal.

    Marks on a scale of a few steps make equal totals likelier than one thinks. Without a published tie break the
    award is a declared tie and stops, and whatever is chosen then is chosen with the bidders' names in view. State
    what decides, in order: ties: [{highest: quality}, {lowest: price}]. Ignore it where equal bids are all to be
    awarded.
    """

    code = "TE330"
    name = "no-tie-break"
    severity = Severity.WARNING
    summary = "Bids can come out equal, and nothing says what decides then."
    keywords = "tie, equal scores, draw, drawing lots, ties"
    clauses = (MEASURABLE,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if not scheme.scheme.award.ties and scheme.scheme.award.then is None:
            message = "no tie break is stated: equal bids stop the award as a declared tie"
            yield Finding(message, scheme.at("award"), "add ties: [{highest: quality}, {lowest: price}] in your order")
