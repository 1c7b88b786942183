from __future__ import annotations

import re

from tender_eval.lint.citations import toolkit
from tender_eval.lint.rules.guidance_criteria.missing_criterion import MissingCriterion
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Subject

_LOCAL = re.compile(r"\b(local(?! (?:authorit|council|government))|locally|proximity|in the area)\b", re.IGNORECASE)


class NoLocalSpecialist(MissingCriterion):
    """No criterion gives weight to local specialist experience.

    The toolkit asks for weight on it: years of work in the communities that are served, and a presence that people
    can reach. Add a criterion, marked or by `local_specialist`, and name the benefit to the people served. Ignore
    this where the service is national.
    """

    code = "TE105"
    name = "no-local-specialist"
    severity = Severity.WARNING
    summary = "Local specialist experience is not scored."
    keywords = "local_specialist, local knowledge, by-and-for, specialist providers"
    clauses = (toolkit("3.6.1"),)
    words = _LOCAL
    subjects = (Subject.LOCAL_SPECIALISTS,)
    wanted = "local specialist experience"
    mend = "add one that names the benefit to the people served, such as with the scorer local_specialist"
