from __future__ import annotations

import re

from tender_eval.lint.citations import toolkit
from tender_eval.lint.rules.guidance_criteria.missing_criterion import MissingCriterion
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Subject

_NETWORKS = re.compile(r"\b(networks?|relationships?|connections?|pathways?|partners?(?:hips?)?)\b", re.IGNORECASE)


class NoNetworks(MissingCriterion):
    """Established relationships with other local services earn nothing.

    The toolkit says that they are better for service users and cheaper for commissioners than a new provider's
    start, "and this should be valued and scored accordingly". Add a criterion or score them with
    `network_strength`. Ignore this where the service works alone.
    """

    code = "TE107"
    name = "no-networks"
    severity = Severity.NOTE
    summary = "Positive established relationships are not scored."
    keywords = "network_strength, partnerships, referral pathways, multi-agency"
    clauses = (toolkit("5.3"), toolkit("3.6.1"))
    words = _NETWORKS
    subjects = (Subject.NETWORKS,)
    wanted = "established relationships and networks"
    mend = "add one, such as with the scorer network_strength"
