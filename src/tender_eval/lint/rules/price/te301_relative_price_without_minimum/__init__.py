from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED
from tender_eval.lint.criteria import price_criteria, quality_gate_lacks, quoted, scorer_parameter_at
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class RelativePriceWithoutMinimum(LintRule):
    """The price is scored against the other bids, and no bid can be rejected for its quality.

    A bid that nobody would accept then decides who wins: it sets the lowest price (or the highest, or the mean),
    and the order of two good bids turns on it. In the constructed example A leads B by 88.0 to 87.2 points; a
    worthless bid at half the price makes it 68.0 to 71.2. Set a minimum for quality, so that such bids are out
    before prices are compared, or score the price by a band that is fixed before the tender (fixed_band). A minimum
    at one small question leaves the rest open. Ignore it where quality is assured before, for example because only
    members of a framework may bid.
    """

    code = "TE301"
    name = "relative-price-without-minimum"
    severity = Severity.WARNING
    summary = "A junk bid can change the winner: prices are compared, and nothing rejects a poor bid."
    keywords = "junk bid, suicide bid, ratio_to_lowest, relative scoring, quality threshold"
    clauses = (CONSTRUCTED,)
    thresholds = ("gated_quality_least",)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        gate = quality_gate_lacks(scheme, scheme.thresholds["gated_quality_least"].value)
        for leaf in price_criteria(scheme) if gate else ():
            if leaf.relative:
                message = f"{quoted(leaf)} scores a price against the other bids, and {gate} keeps junk bids out"
                hint = "give the quality criteria a minimum, such as minimum: 50%, or use fixed_band"
                yield Finding(message, scorer_parameter_at(leaf), hint)
