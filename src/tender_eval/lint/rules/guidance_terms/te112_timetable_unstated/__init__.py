from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import toolkit
from tender_eval.lint.criteria import is_guided
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class TimetableUnstated(LintRule):
    """The scheme does not say how long bidders have.

    The pace of a process is a big factor in levelling the playing field. State `tender_days` under `regime`, so
    that it can be checked before the scheme is published.
    """

    code = "TE112"
    name = "timetable-unstated"
    severity = Severity.NOTE
    summary = "How long bidders have to write is not stated."
    keywords = "tender_days, time to bid, deadline, tender period"
    clauses = (toolkit("5.5"),)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Whether `regime.tender_days` stands in the file."""
        if is_guided(scheme) and scheme.scheme.regime.tender_days is None:
            message = "the scheme does not say how many days bidders have to write their tenders"
            yield Finding(message, scheme.at("regime"), "state tender_days under regime")
