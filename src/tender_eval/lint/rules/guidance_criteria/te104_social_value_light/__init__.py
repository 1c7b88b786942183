from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.criteria import is_guided, weight_of
from tender_eval.lint.procurement_act import governing
from tender_eval.lint.topics import SOCIAL_VALUE, criteria_about
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent
from tender_eval.plugins.answers import Subject
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty


class SocialValueLight(LintRule):
    """Social value has less weight than central government's own policy asks of central government.

    The model gives it at least a tenth of the total. The policy binds central government only, which TE226 tells;
    others may take it as a guide. Give social value more weight, or ignore this where the subject of the contract is
    itself social.
    """

    code = "TE104"
    name = "social-value-light"
    severity = Severity.NOTE
    summary = "Social value has less than a tenth of the weight."
    keywords = "10% social value, PPN 06/20, PPN 002, social value model"
    clauses = (
        Clause("PPN 002 (February 2025), Taking account of social value", "model, weighting", False),
        Clause("PPN 06/20, before 1 October 2025", "model, weighting", False),
    )
    thresholds = ("least_social_value_weight",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The weight of all criteria on social value together."""
        found = criteria_about(scheme, SOCIAL_VALUE, Subject.SOCIAL_VALUE)
        least = scheme.thresholds["least_social_value_weight"].value
        share = weight_of(scheme, found)
        bound = duty(governing(scheme), "social_value", scheme.on) is not None
        if is_guided(scheme) and not bound and found and share is not None and share < least:
            message = f"social value has {percent(share)} of the weight, less than {percent(least)}"
            message += ", which binds central government alone"
            yield Finding(message, found[0].criterion.where, "give it more, or say why less is enough")
