from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class SourceUnstated(LintRule):
    """The scheme names neither a source nor any notes on why it is as it is.

    Whoever has to defend the weights later, perhaps in court, will want to know who chose them and why. Name the
    strategy, decision or guidance under source:, and say in notes: what was chosen freely.
    """

    code = "TE420"
    name = "source-unstated"
    severity = Severity.NOTE
    summary = "Nothing says where the scheme comes from and why it is as it is."
    keywords = "provenance, audit trail, justification, notes, why these weights"
    clauses = (CLEAR_CRITERIA,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if not scheme.scheme.source and not scheme.scheme.notes:
            message = "neither source nor notes say where this scheme comes from"
            yield Finding(
                message, scheme.at("title"), "add source: {document: ..., date: ..., section: ...}, or notes:"
            )
