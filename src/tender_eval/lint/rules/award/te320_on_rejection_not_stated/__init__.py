from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import UTRECHT
from tender_eval.lint.rules.award.comparing import what_compares_bids
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class OnRejectionNotStated(LintRule):
    """It is not stated whether points are worked out again when a bid falls out.

    Scores that compare bids change when one of them is excluded after all, at a condition, after a query on an
    abnormally low price, or in court. In Utrecht the winner was disqualified, recalculation put the third bid
    first, and the authority was held to its published rule. State on_rejection: recompute or keep_order. It can be
    left out only where no score depends on another bid.
    """

    code = "TE320"
    name = "on-rejection-not-stated"
    severity = Severity.WARNING
    summary = "When a bid falls out, others' points change, and the scheme does not say whether they do."
    keywords = "on_rejection, disqualified bid, excluded bid, rescoring, Utrecht"
    clauses = (UTRECHT,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        compared = what_compares_bids(scheme)
        if compared and scheme.scheme.award.on_rejection is None:
            message = f"{compared} bids, and the award does not say what happens when one falls out"
            hint = "state on_rejection: recompute (as if it had not bid) or keep_order (it still counts)"
            yield Finding(message, scheme.at("award"), hint)
