from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.criteria import weight_of
from tender_eval.lint.procurement_act import governing
from tender_eval.lint.topics import SOCIAL_VALUE, criteria_about
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent
from tender_eval.plugins.answers import Subject
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty


class SocialValueBelowPolicy(LintRule):
    """A central government body gives social value less weight than its own policy asks for.

    The social value model asks departments, executive agencies and non-departmental public bodies for at least a tenth
    of the total; where the price is set against quality points, of the quality. Give social value more weight. Ignore
    this where it is not relevant to what is bought, and say why.
    """

    code = "TE226"
    name = "social-value-below-policy"
    severity = Severity.WARNING
    summary = "Social value has less than the tenth that binds central government."
    keywords = "10% social value, PPN 002, PPN 06/20, central government, social value model"
    clauses = (
        Clause("PPN 002 (February 2025), Taking account of social value", "model, weighting", False),
        Clause("PPN 06/20, before 1 October 2025", "model, weighting", False),
    )
    thresholds = ("least_social_value_weight",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The weight of all criteria on social value together, where the policy binds."""
        row = duty(governing(scheme), "social_value", scheme.on)
        if row is None or row.figure is None:
            return
        found = criteria_about(scheme, SOCIAL_VALUE, Subject.SOCIAL_VALUE)
        share = weight_of(scheme, found)
        if share is not None and share < row.figure:
            message = (
                f"social value has {percent(share)} of the weight, less than the {percent(row.figure)} of the policy"
            )
            where = found[0].criterion.where if found else scheme.at("criteria")
            yield Finding(message, where, "give it more, for it binds central government")
