from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent, shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ScaleSquashed(LintRule):
    """The lowest mark of a scale earns a large share of the points already.

    Everybody is given those points, so only the rest tells bids apart: on a scale from 60% to 100% a criterion of
    weight 60 decides like one of 24, and the price outweighs it. Let the lowest mark earn nothing, or little, and
    reject what is not good enough by a minimum.
    """

    code = "TE346"
    name = "scale-squashed"
    severity = Severity.WARNING
    summary = "The scale gives every bid a large share, so quality weighs less than published."
    keywords = "scoring scale, compressed scale, points for nothing, marking scheme"
    clauses = (ARITHMETIC,)
    thresholds = ("lowest_mark_most",)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        most = scheme.thresholds["lowest_mark_most"].value
        for scale in scheme.scheme.scales:
            lowest = scale.by_worth[0]
            on_it = [leaf.share for leaf in scheme.leaves if leaf.scale == scale.id]
            if on_it and lowest.score > most:
                message = (
                    f'on "{scale.id}" the lowest mark earns {percent(lowest.score)}: only the rest tells bids apart'
                )
                yield Finding(message, scale.where, f"let the mark {shown(lowest.mark)} earn {percent(most)} at most")
