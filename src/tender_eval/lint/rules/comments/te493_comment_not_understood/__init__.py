from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import IGNORE_COMMENTS
from tender_eval.lint.ignore_comments import FORM
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class CommentNotUnderstood(LintRule):
    """A comment speaks to tender-eval, but not in a form that it knows, so it has no effect.

    Such a comment looks as if it did something. Write it as `# tender-eval: ignore TE304 because <reason>`, for its
    own line or the next one, or with ignore-file for the whole file.
    """

    code = "TE493"
    name = "comment-not-understood"
    severity = Severity.WARNING
    summary = "A comment to tender-eval is not in a form that it knows."
    keywords = "suppress, silence, misspelt comment, ignore, ignore-file"
    clauses = (IGNORE_COMMENTS,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for ignore in scheme.ignores:
            if ignore.fault:
                message = f"the comment is not understood: {ignore.fault}"
                yield Finding(message, ignore.where, f"write {FORM}")
