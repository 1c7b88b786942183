from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA, MEASURABLE
from tender_eval.lint.criteria import quoted
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class QuestionUndescribed(LintRule):
    """A criterion that evaluators mark has a title that is no question, and no description of what is asked.

    A bidder has to guess what to write, and an evaluator what to look for. Write the question that the answer will
    be marked on. Ignore it where the questions stand in another document of the tender that goes out with the
    scheme, and name it.
    """

    code = "TE410"
    name = "question-undescribed"
    severity = Severity.NOTE
    summary = "A marked criterion has no description of what is asked."
    keywords = "question text, description, method statement, what is asked"
    clauses = (CLEAR_CRITERIA, MEASURABLE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            if leaf.marked and not leaf.criterion.description and not leaf.criterion.title.endswith("?"):
                message = f"{quoted(leaf)} is marked, and nothing says what is asked"
                yield Finding(message, leaf.criterion.where, "add description: and the question that is to be answered")
