from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA, act
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ConditionUnexplained(LintRule):
    """A condition that can turn a bid away has no title, or no source that says why it is asked.

    A condition is the hardest thing a scheme does to a bidder: it ends a bid unread. It must be proportionate, and
    that can only be judged when it is known what it is for. Give it a title in plain words and the source that asks
    for it, or the reason.
    """

    code = "TE421"
    name = "condition-unexplained"
    severity = Severity.WARNING
    summary = "A condition can end a bid, and nothing says why it is asked."
    keywords = "pass/fail question, selection criterion, justification, proportionate"
    clauses = (act("s.22"), CLEAR_CRITERIA)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for condition in scheme.scheme.conditions:
            lacks = [w for w, text in (("title", condition.title), ("source", condition.source)) if not text]
            if lacks:
                message = f'the condition "{condition.id}" can end a bid, and has no {" and no ".join(lacks)}'
                yield Finding(message, condition.where, "add a title, and source: {document: ..., section: ...}")
