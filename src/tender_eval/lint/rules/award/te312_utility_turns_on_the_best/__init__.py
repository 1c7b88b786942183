from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.lint.criteria import award_parameter_at
from tender_eval.lint.expressions import scales_distance
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

_NEGOMETRIX = Clause("Mercell Source-to-Contract (Negometrix)", "utility index", False)


class UtilityTurnsOnTheBest(LintRule):
    """The index takes quality's distance from the best bid, so the order of two bids can turn on a third.

    The utility index U is (1 - (Qbest - Q) x wQ / wC) / P: when a bid of high quality comes or goes, every other bid's
    distance to it changes, and because that is divided by the price, the order of the rest can change. An excluded
    winner reorders the others. Use lowest_cost_per_quality_point or lowest_price_less_quality_value, which look at one
    bid alone.
    """

    code = "TE312"
    name = "utility-turns-on-the-best"
    severity = Severity.WARNING
    summary = "With the utility index the best bid's quality can change the order of the others."
    keywords = "utility_index, Negometrix, rank reversal"
    clauses = (_NEGOMETRIX, ARITHMETIC)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if scales_distance(scheme.figure, "highest"):
            message = "the award rule measures quality from the best bid: a bid that comes or goes can turn the order"
            yield Finding(
                message,
                award_parameter_at(scheme),
                "use lowest_price_less_quality_value or lowest_cost_per_quality_point",
            )
