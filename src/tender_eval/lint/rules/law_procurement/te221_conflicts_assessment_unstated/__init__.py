from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule, states_the_act
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView
from tender_eval.regime.duties import duty


class ConflictsAssessmentUnstated(ActRule):
    """The scheme has a day of publication, and no conflicts assessment was prepared by then.

    Before publishing a tender notice the authority must prepare one, with the conflicts that it found and what it does
    about them; each notice confirms it. State the day on which it was prepared, `conflicts_assessment` under `regime`.
    A scheme without `published` is taken to be a model, of which nothing is asked. Ignore this in a call-off.
    """

    code = "TE221"
    name = "conflicts-assessment-unstated"
    severity = Severity.WARNING
    summary = "No conflicts assessment was prepared before the scheme is published."
    keywords = "conflict of interest, tender notice, Part 5, integrity"
    clauses = (act("s.83(1), (3) and (5)"),)

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """`regime.conflicts_assessment` against `regime.published`."""
        regime = scheme.scheme.regime
        if regime.published is None or not states_the_act(scheme):
            return
        if duty(regime, "conflicts_assessment", scheme.on) is None:
            return
        prepared = regime.conflicts_assessment
        if prepared is None:
            message = "no day is stated on which a conflicts assessment was prepared"
            hint = "prepare it, and state conflicts_assessment: and the day under regime"
            yield Finding(message, scheme.at("regime", "published"), hint)
        elif prepared > regime.published:
            message = f"the conflicts assessment is of {prepared}, after the publication on {regime.published}"
            hint = "prepare it before the tender notice is published"
            yield Finding(message, scheme.at("regime", "conflicts_assessment"), hint)
