from __future__ import annotations

import re

from tender_eval.lint.citations import victim_services
from tender_eval.lint.rules.guidance_terms.missing_check import MissingCheck
from tender_eval.model.diagnostics import Severity


class NoSafeguardingCheck(MissingCheck):
    """Nothing in the scheme asks for a safeguarding policy.

    Commissioners "should ensure there are robust due diligence checks in place to review things like providers'
    safeguarding policies and whistleblowing policies". Make it a condition, or a criterion with a minimum. Ignore
    this where it is checked outside the scheme, and say where.
    """

    code = "TE121"
    name = "no-safeguarding-check"
    severity = Severity.WARNING
    summary = "No condition or criterion is about safeguarding."
    keywords = "child protection, adults at risk, due diligence, DBS"
    clauses = (victim_services("2.3a, point 4"),)
    words = re.compile(r"safeguard|kept safe|keep\w* (?:\w+ )*safe", re.IGNORECASE)
    wanted = "safeguarding"
    mend = "add a condition, such as reads: declarations.safeguarding_policy, must_be: true"
