from __future__ import annotations

from tender_eval.lint.citations import toolkit, victim_services
from tender_eval.lint.rules.guidance_criteria.missing_criterion import MissingCriterion
from tender_eval.lint.topics import SOCIAL_VALUE
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Subject


class NoSocialValue(MissingCriterion):
    """No criterion is about social value.

    The Ministry of Justice asks for "a social value consideration in tender opportunities"; the toolkit, for
    weight on it. Add a criterion that says what is to be offered to whom over the contract, or score commitments
    by number with `social_value_commitments`. Ignore this where social value is a condition of the contract.
    """

    of_every_contract = True
    code = "TE103"
    name = "no-social-value"
    severity = Severity.WARNING
    summary = "Social value is not scored."
    keywords = "community benefits, social_value_commitments, Social Value Act"
    clauses = (victim_services("2.3a, point 3"), toolkit("3.6.1"))
    words = SOCIAL_VALUE
    subjects = (Subject.SOCIAL_VALUE,)
    wanted = "social value"
    mend = "add one, with what counts and how it is measured"
