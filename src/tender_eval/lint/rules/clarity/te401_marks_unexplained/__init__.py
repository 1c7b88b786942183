from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA, LANCASHIRE, MEASURABLE
from tender_eval.lint.rules.clarity.marks import mark_at
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class MarksUnexplained(LintRule):
    """A mark of a scale has no title, or no descriptor of what earns it.

    Evaluators then each mark by a scale of their own, bidders cannot know what a higher mark needs, and nobody can
    show afterwards why a 3 was not a 4. An award was set aside because the record could not explain the scores.
    Write for each mark what an answer must show to earn it.
    """

    code = "TE401"
    name = "marks-unexplained"
    severity = Severity.WARNING
    summary = "A mark has no title or no descriptor, so nobody can say what earns it."
    keywords = "scoring guidance, descriptor, marking scheme, what a good answer is"
    clauses = (CLEAR_CRITERIA, MEASURABLE, LANCASHIRE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for scale in scheme.scheme.scales:
            for step in scale.steps:
                lacks = [what for what, text in (("title", step.title), ("descriptor", step.descriptor)) if not text]
                if lacks:
                    message = f'the mark {shown(step.mark)} of "{scale.id}" has no {" and no ".join(lacks)}'
                    yield Finding(message, mark_at(scheme, scale.id, step), "write what an answer must show to earn it")
