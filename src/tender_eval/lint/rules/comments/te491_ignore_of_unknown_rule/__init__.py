from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import IGNORE_COMMENTS
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class IgnoreOfUnknownRule(LintRule):
    """An ignore comment names a code that no installed rule has.

    It may be misspelt, so that the warning meant is not silenced, or be the code of a plugin that is not installed
    here. Correct the code, install the plugin, or remove the comment.
    """

    code = "TE491"
    name = "ignore-of-unknown-rule"
    severity = Severity.WARNING
    summary = "An ignore comment names no rule that is installed."
    keywords = "suppress, silence, noqa, misspelt code, missing plugin"
    clauses = (IGNORE_COMMENTS,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for ignore in scheme.ignores:
            for code in ignore.codes if not ignore.fault else ():
                if code not in scheme.codes:
                    hint = "correct the code, remove the comment, or install the plugin that brings the rule"
                    yield Finding(f"the comment ignores {code}, which no rule is called", ignore.where, hint)
