from __future__ import annotations

import re

from tender_eval.lint.citations import toolkit, victim_services
from tender_eval.lint.rules.guidance_criteria.missing_criterion import MissingCriterion
from tender_eval.model.diagnostics import Severity

_SURVIVORS = re.compile(
    r"\b(survivors?|victims?|service[ -](?:users?|recipients?)|lived experience|co-?produc\w+|people who use|patients?"
    r"|clients?|carers?|beneficiar(?:y|ies))\b",
    re.IGNORECASE,
)


class NoServiceUserVoice(MissingCriterion):
    """No criterion speaks of the people who use the service, or of their part in shaping it.

    Good commissioning begins with victims and survivors as experts in their own lives. Ask how they shape the
    service and how their judgement changes it, and let them take part in the marking. Ignore this where the
    contract is not for a service to people.
    """

    code = "TE108"
    name = "no-service-user-voice"
    severity = Severity.NOTE
    summary = "The people who use the service do not appear in the criteria."
    keywords = "lived experience, co-production, survivor voice, beneficiaries"
    clauses = (toolkit("3.8"), victim_services("2.3b"))
    words = _SURVIVORS
    wanted = "the people who use the service"
    mend = "ask how they shape the service, and say who of them takes part in the marking"
