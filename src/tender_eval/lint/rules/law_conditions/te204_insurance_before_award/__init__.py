from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule
from tender_eval.lint.topics import conditions_about
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView

_INSURANCE = re.compile(r"(?<!national )\binsur(?:e|ed|er|ers|ance|ances)\b", re.IGNORECASE)
_PROMISED = re.compile(
    r"\b(?:will (?:take|obtain|have|hold|get|insure|arrange|put)|would|undertak\w+|commit(?:s|ment)?|agrees?"
    r"|willing|promise[sd]?|able to (?:obtain|take out|get|arrange)|can (?:obtain|take out|get|arrange))\b"
    r"|\b(?:by|before|from|at|prior to) (?:the )?(?:contract|start|commencement)\b|\bon award\b"
    r"|\bif (?:successful|awarded)\b",
    re.IGNORECASE,
)


class InsuranceBeforeAward(ActRule):
    """Insurance is asked for before there is a contract.

    A condition may not require insurance to be in place before the award. Ask for the promise to take it out.
    Ignore this where a promise is enough and the title does not show it.
    """

    code = "TE204"
    name = "insurance-before-award"
    severity = Severity.ERROR
    summary = "A condition asks for insurance that is in place before the award."
    keywords = "public liability, professional indemnity, insurance cover, certificates"
    clauses = (act("s.22(3)(b)"),)

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions on insurance whose words do not say that a promise is enough."""
        for condition in conditions_about(scheme, _INSURANCE):
            if not _PROMISED.search(f"{condition.title} {condition.reads}".replace("_", " ")):
                message = f'condition "{condition.id}" asks for insurance to be in place'
                yield Finding(message, condition.where, "ask whether the bidder will take it out by the start")
