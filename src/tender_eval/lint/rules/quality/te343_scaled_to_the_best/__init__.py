from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC, act
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ScaledToTheBest(LintRule):
    """Points are scaled so that the best bid has all of them.

    The best of poor bids then has full marks for quality, a better bid that comes in takes points from all others, and
    when it is excluded the order of the rest can change. Before the minimums it is worse: the best bid meets every
    minimum, however poor it is. Leave scale_to_best out; or write after_minimums, so that minimums are of the points
    as earned. Ignore it where the law or a court asks for it, as Italian tenders do to keep the published weights of
    quality and price.
    """

    code = "TE343"
    name = "scaled-to-the-best"
    severity = Severity.WARNING
    summary = "The best bid has full marks, however good it is."
    keywords = "scale_to_best, riparametrazione, normalisation, relative scoring of quality"
    clauses = (act("s.19"), ARITHMETIC)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for criterion in (c for c in scheme.scheme.walk() if c.scale_to_best):
            message = f'the best bid has all points at "{criterion.id}", however few it earned'
            hint = "leave scale_to_best out: bids are marked against the criteria"
            if criterion.scale_to_best == "before_minimums":
                message += ", and so meets every minimum there"
                hint = "write scale_to_best: after_minimums, or leave it out"
            yield Finding(message, criterion.where, hint)
