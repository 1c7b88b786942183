from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import IGNORE_COMMENTS
from tender_eval.lint.ignore_comments import FORM
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class IgnoreWithoutReason(LintRule):
    """An ignore comment must say why, after the word "because". Without a reason it silences nothing.

    Whoever reads the scheme later, a bidder or a court, sees that a warning was put aside; only the reason tells
    whether somebody thought about it. Write the reason in a few words, or remove the comment.
    """

    code = "TE490"
    name = "ignore-without-reason"
    severity = Severity.WARNING
    summary = "An ignore comment gives no reason."
    keywords = "suppress, silence, noqa, waiver, because"
    clauses = (IGNORE_COMMENTS,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for ignore in scheme.ignores:
            if not ignore.fault and not ignore.reason:
                message = f"the comment ignores {', '.join(ignore.codes)} without a reason, so it ignores nothing"
                yield Finding(message, ignore.where, f"write {FORM}")
