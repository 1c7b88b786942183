from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty


class SuitabilityBelowThreshold(LintRule):
    """Below the threshold the scheme keeps tenders out by a first stage.

    An authority in England that invites tenders below the threshold may not restrict who submits one by an assessment
    of suitability, such as legal and financial capacity or technical ability. Take the shortlist out, and score the
    tenders of all. Schools, Wales, and works above a value of their own are left out of it. Ignore this for such works,
    or where the first stage assesses the offer and not the supplier.
    """

    code = "TE223"
    name = "suitability-below-threshold"
    severity = Severity.WARNING
    summary = "A first stage decides who may tender, below the threshold."
    keywords = "shortlist, selection questionnaire, pre-qualification, below-threshold contract, section 85"
    clauses = (act("s.84(2)"), act("s.85"))
    thresholds = ("act_in_force",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """A shortlist, where the table of law has the rule bind."""
        if scheme.scheme.shortlist is None:
            return
        if duty(scheme.scheme.regime, "suitability_stage", scheme.on) is not None:
            message = "a first stage decides who may tender, and the contract is below the threshold"
            yield Finding(message, scheme.at("shortlist"), "take the shortlist out: whoever is interested may tender")
