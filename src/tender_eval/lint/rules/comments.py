"""Rules on ignore comments: an exception that is not explained, or no longer one, misleads who reads the scheme."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.example import SOUND, but
from tender_eval.lint.ignores import FORM
from tender_eval.lint.sources import DOCUMENTATION
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

_OURS = (Clause(DOCUMENTATION, "docs/lint.md, Ignore comments", True),)
_SCORER = "    scorer: {name: fixed_band, full_at: 700000, zero_at: 1000000}\n"
_LINEAR = "    scorer: linear_between_bids\n"
_REASON = "    # tender-eval: ignore TE302 because all bids are from one framework with fixed rates\n"
_GOOD = but((_SCORER, _REASON + _LINEAR))


class IgnoreWithoutReason(LintRule):
    """An ignore comment must say why, after the word "because". Without a reason it silences nothing.

    Whoever reads the scheme later, a bidder or a court, sees that a warning was put aside; only the reason tells
    whether somebody thought about it. Write the reason in a few words, or remove the comment.
    """

    code = "TE490"
    name = "ignore-without-reason"
    severity = Severity.WARNING
    summary = "An ignore comment gives no reason."
    clauses = _OURS
    bad = but((_SCORER, "    # tender-eval: ignore TE302\n" + _LINEAR))
    good = _GOOD

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for ignore in scheme.ignores:
            if not ignore.fault and not ignore.reason:
                message = f"the comment ignores {', '.join(ignore.codes)} without a reason, so it ignores nothing"
                yield Finding(message, ignore.where, f"write {FORM}")


class IgnoreOfUnknownRule(LintRule):
    """An ignore comment names a code that no installed rule has.

    It may be misspelt, so that the warning meant is not silenced, or be the code of a plugin that is not installed
    here. Correct the code, install the plugin, or remove the comment.
    """

    code = "TE491"
    name = "ignore-of-unknown-rule"
    severity = Severity.WARNING
    summary = "An ignore comment names no rule that is installed."
    clauses = _OURS
    bad = but((_SCORER, _REASON.replace("TE302", "TE399") + _LINEAR))
    good = _GOOD

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for ignore in scheme.ignores:
            for code in ignore.codes if not ignore.fault else ():
                if code not in scheme.codes:
                    hint = "correct the code, remove the comment, or install the plugin that brings the rule"
                    yield Finding(f"the comment ignores {code}, which no rule is called", ignore.where, hint)


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
    clauses = _OURS
    bad = but((_SCORER, _REASON + _SCORER))
    good = _GOOD
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


class CommentNotUnderstood(LintRule):
    """A comment speaks to tender-eval, but not in a form that it knows, so it has no effect.

    Such a comment looks as if it did something. Write it as `# tender-eval: ignore TE304 because <reason>`, for its
    own line or the next one, or with ignore-file for the whole file.
    """

    code = "TE493"
    name = "comment-not-understood"
    severity = Severity.WARNING
    summary = "A comment to tender-eval is not in a form that it knows."
    clauses = _OURS
    bad = but((_SCORER, _REASON.replace("ignore", "ignroe") + _LINEAR))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for ignore in scheme.ignores:
            if ignore.fault:
                message = f"the comment is not understood: {ignore.fault}"
                yield Finding(message, ignore.where, f"write {FORM}")
