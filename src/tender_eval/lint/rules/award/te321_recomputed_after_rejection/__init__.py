from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED, UTRECHT
from tender_eval.lint.rules.award.comparing import what_compares_bids
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class RecomputedAfterRejection(LintRule):
    """When a bid falls out, all points that compare bids are worked out again, and the order of others can change.

    That is one of the two honest answers, and it is stated here; but a bid that loses can gain from having another
    one excluded, and will litigate for it, as in Utrecht, where the third bid came first. With keep_order the
    excluded bid still counts in the comparison; with fixed_band the question never arises. Ignore it where this has
    been thought through, and say so.
    """

    code = "TE321"
    name = "recomputed-after-rejection"
    severity = Severity.NOTE
    summary = "Excluding one bid can change the order of the others."
    keywords = "on_rejection, disqualified bid, rescoring, rank reversal, keep_order"
    clauses = (UTRECHT, CONSTRUCTED)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        compared = what_compares_bids(scheme)
        if compared and scheme.scheme.award.on_rejection == "recompute":
            message = f"{compared} bids: when one is excluded, the order of the others can change"
            hint = "consider keep_order, or fixed_band, where each bid is scored by itself"
            yield Finding(message, scheme.at("award", "on_rejection"), hint)
