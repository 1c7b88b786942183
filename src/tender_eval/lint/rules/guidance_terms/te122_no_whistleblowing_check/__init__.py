from __future__ import annotations

import re

from tender_eval.lint.citations import victim_services
from tender_eval.lint.rules.guidance_terms.missing_check import MissingCheck
from tender_eval.model.diagnostics import Severity


class NoWhistleblowingCheck(MissingCheck):
    """Nothing in the scheme asks for a whistleblowing policy.

    The same check of due diligence as on safeguarding. Make it a condition. Ignore this where it is checked
    outside the scheme, and say where.
    """

    code = "TE122"
    name = "no-whistleblowing-check"
    severity = Severity.NOTE
    summary = "No condition or criterion is about whistleblowing."
    keywords = "speaking up, raising concerns, due diligence"
    clauses = (victim_services("2.3a, point 4"),)
    words = re.compile(r"whistle[ -]?blow|speak(?:ing)? up", re.IGNORECASE)
    wanted = "whistleblowing"
    mend = "add a condition, such as reads: declarations.whistleblowing_policy, must_be: true"
