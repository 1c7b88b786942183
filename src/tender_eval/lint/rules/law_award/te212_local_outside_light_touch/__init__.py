from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule
from tender_eval.lint.topics import SOCIAL_VALUE, criteria_about
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Subject
from tender_eval.plugins.lint_rule import Finding, LeafView, SchemeView

_NEAR = re.compile(
    r"\bproximity\b|\bnear(?:by|ness)? to (?:where|the people|users|clients)\b|\blocally[ -](?:based|rooted|led)\b"
    r"|\blocal (?:\w+ )?(?:specialists?|providers?|suppliers?|bidders?|organi[sz]ations?|firms?|office|premises|base"
    r"|presence|experience|expertise|knowledge|connections?|networks?|relationships?|track record)\b",
    re.IGNORECASE,
)


class LocalOutsideLightTouch(ActRule):
    """Proximity is weighed in a contract that is not stated to be light touch.

    Only for light touch contracts does the Act say that criteria may weigh the proximity between supplier and
    service recipients, their views and their different needs. State `light_touch: true` where the service is one,
    or tie the criterion to what is delivered. What is offered to a community as social value is no proximity.
    """

    code = "TE212"
    name = "local-outside-light-touch"
    severity = Severity.WARNING
    summary = "A criterion on proximity in a contract that is not light touch."
    keywords = "proximity, light touch regime, local suppliers, s.23(6)"
    clauses = (act("s.23(6)"),)

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """Criteria whose scorer is made for it, and those whose words weigh nearness."""
        if scheme.scheme.regime.light_touch is True:
            return
        for leaf in criteria_about(scheme, _NEAR, Subject.PROXIMITY):
            if SOCIAL_VALUE.search(_said(leaf)) or Subject.SOCIAL_VALUE in leaf.subjects:
                continue  # what is offered to the community, whoever offers it
            message = f'criterion "{leaf.criterion.id}" weighs proximity, and the contract is not stated as light touch'
            yield Finding(message, leaf.criterion.where, "state light_touch: true if it is, or score what is delivered")


def _said(leaf: LeafView) -> str:
    return f"{leaf.criterion.id.replace('_', ' ')} {leaf.criterion.title}"
