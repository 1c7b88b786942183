from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.criteria import award_parameter_at
from tender_eval.lint.expressions import of_points
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import fixed, percent
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Power
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class IndexHypersensitive(LintRule):
    """Quality is raised to a power that grows without bound as its weight rises.

    The index is Q ** (wQ / wC) / P. At a weight of 70% the power is 2.3, at 90% it is 9: a mark more at one
    question then outweighs any price, and the noise between evaluators decides. The literature on the index warns
    against quality weights over 70%. Lower the quality weight, or use lowest_cost_per_quality_point with a minimum.
    """

    code = "TE311"
    name = "index-hypersensitive"
    severity = Severity.WARNING
    summary = "The weighted value index is hypersensitive at this quality weight."
    keywords = "weighted_value_index, exponent, power, MoD index"
    clauses = (Clause("UK Ministry of Defence value-for-money index, as in the R package tessa", "its notes", False),)
    thresholds = ("index_quality_most",)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        most = scheme.thresholds["index_quality_most"].value
        if not _raises_points(scheme):
            return
        if not isinstance(scheme.weights, tuple) or isinstance(scheme.weights, Unsupported):
            return
        wq, wc = scheme.weights
        if wc <= 0 or wq / (wq + wc) > most:
            share = f"{fixed(wq * 100 / (wq + wc), 0)}%" if wq + wc else "all"
            message = f"the index at a quality weight of {share}: small differences of quality outweigh any price"
            yield Finding(
                message,
                award_parameter_at(scheme, "quality_weight"),
                f"keep the quality weight at {percent(most)} or below",
            )


def _raises_points(scheme: SchemeView) -> bool:
    """Whether the rule raises points to a power."""
    return not isinstance(scheme.figure, Unsupported) and any(
        isinstance(part, Power) and of_points(part.base) for part in scheme.figure.walk()
    )
