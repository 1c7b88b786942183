from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import toolkit, victim_services
from tender_eval.lint.criteria import is_guided
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class ShortTimetable(LintRule):
    """Bidders have less time to write than good practice gives them.

    A process that is too fast rules out small providers, who have no bid-writing team, and consortia, which take
    time to form. Avon and Somerset PCC gives approximately ten weeks. Lengthen it, or give early notice. Ignore
    this where the bid is a short form.
    """

    code = "TE111"
    name = "short-timetable"
    severity = Severity.WARNING
    summary = "Less time to write a bid than about ten weeks."
    keywords = "tender_days, time to bid, deadline, ten weeks, tender period"
    clauses = (victim_services("2.3b"), toolkit("3.6.1 and 5.5"))
    thresholds = ("least_tender_days",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The days that the scheme's regime states."""
        days, least = scheme.scheme.regime.tender_days, scheme.thresholds["least_tender_days"].value
        if is_guided(scheme) and days is not None and days < least:
            message = f"bidders have {days} days to write their tenders, less than {shown(least)}"
            yield Finding(message, scheme.at("regime", "tender_days"), "give about ten weeks; consortia need them most")
