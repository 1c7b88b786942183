from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Subject
from tender_eval.plugins.lint_rule import Finding, SchemeView

_PEOPLE = re.compile(
    r"\b(survivors?|victims?|women|children|people|communit(?:y|ies)|clients?|users?|recipients?|families|patients?)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\bpostcodes?\b|\blocal (?:office|premises|base|presence)\b"
    r"|\b(?:offices?|premises|based|located|headquartered|registered) (?:in|within|inside) the "
    r"(?:\w+ )?(?:borough|county|city|district|area|region|town|parish)\b",
    re.IGNORECASE,
)


class PostcodeNotBenefit(ActRule):
    """A criterion rewards being local without saying what people gain by it.

    The lawful ground is the importance of proximity between the supplier and those who receive the service.
    Describe that benefit, so that bidders from elsewhere know what they would have to offer.
    """

    code = "TE213"
    name = "postcode-not-benefit"
    severity = Severity.WARNING
    summary = "A local criterion does not name the benefit to the people served."
    keywords = "local office, postcode, proximity, buy local"
    clauses = (act("s.23(6)"), act("s.23(2)(a)"))

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """What criteria whose scorer is made for it, and those whose words ask for a place, say of whom they serve."""
        for leaf in scheme.leaves:
            said = f"{leaf.criterion.title} {leaf.criterion.description}"
            placed = Subject.PROXIMITY in leaf.subjects or _PLACED.search(said)
            if placed and not _PEOPLE.search(said):
                message = f'criterion "{leaf.criterion.id}" rewards being local and does not say whom that helps'
                yield Finding(message, leaf.criterion.where, "describe what the people served gain by it")
