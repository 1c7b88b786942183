from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import IGNORE_COMMENTS
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class IgnoreOfNothing(LintRule):
    """An ignore comment silences nothing: the rule it names finds nothing on that line, or in the file.

    The scheme has changed, or the comment stands on the wrong line. A stale exception reads as if the fault were
    still there, and would silence the next one unseen. Remove it, or move it to the line it is meant for: its own
    line or the next one.
    """

    code = "TE492"
    name = "ignore-of-nothing"
    severity = Severity.WARNING
    summary = "An ignore comment silences nothing."
    keywords = "suppress, silence, stale comment, unused noqa"
    clauses = (IGNORE_COMMENTS,)
    last = True

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for ignore, idle in scheme.unused:
            known = [code for code in idle if code in scheme.codes and code != self.code]
            if known:
                place = f"in line {ignore.line}" if ignore.line else "in this file"
                has = "that has" if len(known) == 1 else "they have"
                message = f"the comment ignores {', '.join(known)}, but {has} nothing to say {place}"
                yield Finding(message, ignore.where, "remove the comment, or move it to the line that it is meant for")
            if self.code in idle:
                message = f"the comment ignores {self.code}, which speaks of the comments and cannot be silenced by one"
                yield Finding(message, ignore.where, "remove the code, or leave it out with --ignore")
