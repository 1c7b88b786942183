from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import LANCASHIRE, toolkit
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ComputedMarkOfFew(LintRule):
    """Marks are computed of those of several people, and it is not stated how many must have marked.

    The mean of one mark is that mark: where others abstain, are late or must stand back for an interest, one person
    decides, at one bid and not at another, and nobody is told. State least: 3, or as many as are sure to mark every
    bid; with fewer the award waits. Ignore it where every person marks every bid by law.
    """

    code = "TE427"
    name = "computed-mark-of-few"
    severity = Severity.WARNING
    summary = "A computed mark may be that of one person alone."
    keywords = "panel, mean of marks, average score, abstention, quorum, least"
    clauses = (toolkit("3.1"), LANCASHIRE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        panel = scheme.scheme.panel
        if panel.computed and panel.least is None:
            fewest = f"{panel.fewest} {'mark' if panel.fewest == 1 else 'marks'}"
            message = f"a mark may be computed of {fewest} alone: it is not stated how many people must mark"
            yield Finding(message, panel.where, "add least: 3, or as many as are sure to mark every bid")
