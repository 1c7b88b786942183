from __future__ import annotations

import re

from tender_eval.lint.citations import toolkit, victim_services, welsh_guidance
from tender_eval.lint.rules.guidance_terms.missing_check import MissingCheck
from tender_eval.model.diagnostics import Severity


class NoStandardsCheck(MissingCheck):
    """Nothing in the scheme asks for national standards or an accreditation.

    The sector has shared standards and accreditations, and guidance asks to align services with them. Make one a
    condition, or a criterion where several would do. Ignore this where none fits the service.
    """

    code = "TE123"
    name = "no-standards-check"
    severity = Severity.NOTE
    summary = "No condition or criterion is about standards or accreditation."
    keywords = "accreditation, quality mark, shared standards, regulator"
    clauses = (victim_services("2.3a, point 5"), toolkit("3.6.2"), welsh_guidance("2.7"))
    words = re.compile(r"\b(standards?|accredit\w*|quality mark|regulat\w+)\b", re.IGNORECASE)
    wanted = "national standards or accreditation"
    mend = "ask for the standard that fits the service, and accept its like"
