from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA, victim_services
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class TooManyQuestions(LintRule):
    """Evaluators mark so many criteria that bidding is no longer simple.

    Every question is written by each bidder and marked by each evaluator; small and by-and-for providers, which have
    no bid writers, stay away first. Guidance asks to keep bidding simple. Merge questions, or make conditions of those
    that are met or not. The number is our assumption: the guidance names none.
    """

    code = "TE425"
    name = "too-many-questions"
    severity = Severity.WARNING
    summary = "So many questions are marked that small providers will not bid."
    keywords = "number of questions, long tender, burden on bidders, simple bidding"
    clauses = (victim_services("5.2"), CLEAR_CRITERIA)
    thresholds = ("questions_most",)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        most = scheme.thresholds["questions_most"].value
        marked = sum(leaf.marked for leaf in scheme.leaves)
        if marked > most:
            message = f"evaluators mark {marked} criteria: each is an answer that every bidder must write"
            yield Finding(message, scheme.at("criteria"), f"merge them to at most {most}, or make conditions of some")
