from __future__ import annotations

import re

from tender_eval.lint.citations import toolkit, victim_services
from tender_eval.lint.rules.guidance_criteria.missing_criterion import MissingCriterion
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Subject

_CONSORTIA = re.compile(r"\b(consorti(?:a|um|ums)|joint bids?|sub-?contractors?)\b", re.IGNORECASE)


class NoWeightForConsortia(MissingCriterion):
    """Nothing in the weights favours consortia of small providers.

    The toolkit asks to weight scoring to favour consortia. Score who really delivers, with `consortium`, which
    counts only members who have confirmed that they are in the bid. Ignore this where the lots are so small that
    every provider can bid alone.
    """

    code = "TE106"
    name = "no-weight-for-consortia"
    severity = Severity.NOTE
    summary = "Consortia of small providers gain nothing."
    keywords = "partnership bids, joint bids, small providers, consortium, lead provider"
    clauses = (toolkit("3.6.1"), victim_services("5.2"))
    words = _CONSORTIA
    subjects = (Subject.CONSORTIA,)
    wanted = "consortia"
    mend = "score the share that small, local and by-and-for members deliver, with the scorer consortium"
