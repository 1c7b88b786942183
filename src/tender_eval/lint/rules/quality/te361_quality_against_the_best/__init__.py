from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED, act
from tender_eval.lint.criteria import counted_criteria, quoted, scorer_parameter_at
from tender_eval.lint.rules.quality.social_value import about_social_value
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class QualityAgainstTheBest(LintRule):
    """A figure other than the price is scored against the best bid.

    A bid's points for quality then depend on who else bids: one outlier lowers everybody, and when it is excluded
    the order of the rest can change. Bids are to be assessed against the criteria. Use a scale, fixed_band or
    piecewise with published ends. Ignore it where no level can be known before the tender.
    """

    code = "TE361"
    name = "quality-against-the-best"
    severity = Severity.WARNING
    summary = "Points for quality depend on which other bids there are."
    keywords = "ratio_to_highest, relative scoring of quality, best bid, independence of irrelevant bids"
    clauses = (act("s.19"), CONSTRUCTED)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in counted_criteria(scheme):
            if leaf.relative and not leaf.reads_price and not about_social_value(leaf):
                message = f"{quoted(leaf)} scores a bid against the other bids, not against the criterion"
                yield Finding(
                    message, scorer_parameter_at(leaf), "use a scale, fixed_band or piecewise with published ends"
                )
