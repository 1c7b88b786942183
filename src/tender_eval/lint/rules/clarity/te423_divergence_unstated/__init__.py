from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import LANCASHIRE, toolkit
from tender_eval.lint.criteria import is_guided
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class DivergenceUnstated(LintRule):
    """Several people mark, and it is not stated from when their marks must be moderated.

    Marks that lie far apart mean that evaluators read the question or the bid differently; averaged in silence they
    become a score that nobody gave. An award was set aside because the record could not explain the agreed scores.
    State panel: {divergence: 2, least: 2}; it raises a flag. Ignore it where one person marks.
    """

    code = "TE423"
    name = "divergence-unstated"
    severity = Severity.NOTE
    summary = "Nothing says how far apart evaluators' marks may lie before they must be moderated."
    keywords = "moderation, panel, evaluators disagree, consensus, divergence"
    clauses = (LANCASHIRE, toolkit("3.1"))

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if is_guided(scheme) and scheme.scheme.panel.divergence is None and any(leaf.marked for leaf in scheme.leaves):
            message = "it is not stated how far apart marks may lie before they must be moderated"
            yield Finding(message, scheme.at("award"), "add panel: {divergence: 2, least: 2}")
