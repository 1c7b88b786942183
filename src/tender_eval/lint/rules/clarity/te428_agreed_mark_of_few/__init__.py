from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import LANCASHIRE, toolkit
from tender_eval.model.diagnostics import Severity
from tender_eval.model.panel_rule import NO_PANEL
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class AgreedMarkOfFew(LintRule):
    """A panel agrees its marks, and it is not stated how many people must have marked before it does.

    An agreed mark that stands on one person's own mark, or on nobody's, cannot be held against what others gave: who
    reads the record sees one opinion, or none. State least: 2, or as many as are sure to mark every bid; with fewer
    the mark is flagged, and refused where refuse names missing. Who they are is said in the panel's own file.
    """

    code = "TE428"
    name = "agreed-mark-of-few"
    severity = Severity.NOTE
    summary = "An agreed mark may stand on one person's own mark, or on nobody's."
    keywords = "panel, consensus, moderation, agreed mark, quorum, least"
    clauses = (toolkit("3.1"), LANCASHIRE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        panel = scheme.scheme.panel
        if panel != NO_PANEL and not panel.computed and panel.least is None and any(x.marked for x in scheme.leaves):
            message = "an agreed mark may stand on one person's mark: it is not stated how many people mark each bid"
            yield Finding(message, panel.where, "add least: 2, or as many as are sure to mark every bid")
