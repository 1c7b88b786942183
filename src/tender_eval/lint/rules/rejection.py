"""Rules on what happens to the others when a bid falls out."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.criteria import counted, points_of
from tender_eval.lint.example import priced
from tender_eval.lint.sources import CONSTRUCTED, UTRECHT
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_MINIMUM = ("    minimum: 50%\n", "")


class RejectionNotStated(LintRule):
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
    clauses = (UTRECHT,)
    bad = priced("ratio_to_lowest", _MINIMUM, ("  on_rejection: recompute\n", ""))
    good = priced("ratio_to_lowest", _MINIMUM)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        compared = _compared(scheme)
        if compared and scheme.scheme.award.on_rejection is None:
            message = f"{compared} bids, and the award does not say what happens when one falls out"
            hint = "state on_rejection: recompute (as if it had not bid) or keep_order (it still counts)"
            yield Finding(message, scheme.at("award"), hint)


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
    clauses = (UTRECHT, CONSTRUCTED)
    bad = priced("ratio_to_lowest")
    good = priced("ratio_to_lowest", ("on_rejection: recompute", "on_rejection: keep_order"))

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        compared = _compared(scheme)
        if compared and scheme.scheme.award.on_rejection == "recompute":
            message = f"{compared} bids: when one is excluded, the order of the others can change"
            hint = "consider keep_order, or fixed_band, where each bid is scored by itself"
            yield Finding(message, scheme.at("award", "on_rejection"), hint)


def _compared(scheme: SchemeView) -> str:
    """Whatever makes the award depend on which bids are in, with its verb; empty where nothing does."""
    names = [points_of(leaf) for leaf in counted(scheme) if leaf.relative]
    if scheme.rule.relative(scheme.rule_params):
        names.append(f"the rule {scheme.rule.name}")
    return f"{' and '.join(names)} {'compares' if len(names) == 1 else 'compare'}" if names else ""
