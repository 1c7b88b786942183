from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED, victim_services
from tender_eval.lint.criteria import counted_criteria, quoted, scorer_parameter_at
from tender_eval.lint.rules.quality.social_value import about_social_value
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class SocialValueAgainstTheBest(LintRule):
    """Social value is scored against the largest promise among the bids.

    The largest promise then wins by being the largest, and one reckless promise takes the points from all others:
    a small provider that offers what fits its size earns next to nothing beside a national one. Score commitments
    against a published table up to a cap (social_value_commitments), or let the panel mark them on a scale.
    """

    code = "TE360"
    name = "social-value-against-the-best"
    severity = Severity.WARNING
    summary = "One bidder's large promise takes the social value points from all others."
    keywords = "ratio_to_highest, largest promise, social_value_commitments, volunteer hours"
    clauses = (victim_services("2.3b"), CONSTRUCTED)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in counted_criteria(scheme):
            if leaf.relative and not leaf.reads_price and about_social_value(leaf):
                message = f"{quoted(leaf)} scores social value against the largest promise among the bids"
                hint = "use social_value_commitments with a cap, or a mark on a scale"
                yield Finding(message, scorer_parameter_at(leaf), hint)
