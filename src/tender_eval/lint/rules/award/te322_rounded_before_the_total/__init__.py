from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_EARLY = ("price", "score", "criterion", "group")


class RoundedBeforeTheTotal(LintRule):
    """Parts are rounded before they are added up, so that rounding can decide who wins.

    In the constructed example three parts of 10.004 make 30.012 and win against 30.010; rounded to two places first
    they make 30.00 and lose to 30.02, and with half_even they tie. Round the total alone, or nothing. Ignore it where
    bidders are to be able to add up the printed points by hand, and the scheme says so: that is a fair reason.
    """

    code = "TE322"
    name = "rounded-before-the-total"
    severity = Severity.WARNING
    summary = "Rounding parts before they are added up can change the winner."
    keywords = "rounding at criterion, decimals, rounding error, half_even"
    clauses = (CONSTRUCTED,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        rounding = scheme.scheme.rounding
        early = [stage for stage in _EARLY if rounding and stage in rounding.at]
        if early:
            message = f"{' and '.join(early)} rounded before the total: the rounding can change who wins"
            yield Finding(message, scheme.at("rounding", "at"), "round at: [total], or leave rounding out")
        for criterion in (c for c in scheme.scheme.walk() if c.rounding):
            message = f'"{criterion.id}" is rounded before the total: the rounding can change who wins'
            yield Finding(message, criterion.where, "round at: [total], or leave its rounding out")
