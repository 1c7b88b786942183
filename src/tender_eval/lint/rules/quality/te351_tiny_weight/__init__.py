from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.lint.citations import ARITHMETIC, victim_services
from tender_eval.lint.criteria import counted_criteria, quoted
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class TinyWeight(LintRule):
    """A criterion weighs so little that it can hardly ever decide, and costs everybody an answer.

    A question at two percent of the points is written by every bidder and marked by every evaluator, and moves a
    total by less than one step at any other question. Guidance asks for bidding that is simple. Merge it with
    another criterion, or make it a condition. Ignore it where the question must be asked for other reasons.
    """

    code = "TE351"
    name = "tiny-weight"
    severity = Severity.NOTE
    summary = "A criterion weighs so little that asking it costs more than it decides."
    keywords = "low weighting, 1% question, 2% question, too small to matter"
    clauses = (victim_services("5.2"), ARITHMETIC)
    thresholds = ("tiny_weight",)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        least = scheme.thresholds["tiny_weight"].value
        whole = sum((leaf.share for leaf in counted_criteria(scheme)), Fraction(0))
        for leaf in counted_criteria(scheme):
            if leaf.share < least * whole:
                share = percent(leaf.share / whole)
                message = f"{quoted(leaf)} is {share} of the points, and can hardly decide anything"
                yield Finding(message, leaf.criterion.where, "merge it with another criterion, or make it a condition")
