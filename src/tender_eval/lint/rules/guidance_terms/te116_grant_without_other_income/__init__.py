from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import victim_services
from tender_eval.lint.criteria import is_guided
from tender_eval.lint.topics import conditions_about
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_RELIANCE = re.compile(r"\b(relian(?:t|ce)|rely|other income|other funding|match(?:ed)? funding)\b", re.IGNORECASE)


class GrantWithoutOtherIncome(LintRule):
    """Grants are given without asking whether the bidder lives on them alone.

    Providers "must demonstrate that they are not solely reliant on the funding given by the commissioner". Add a
    condition on it. Ignore this where it is checked outside the scheme.
    """

    code = "TE116"
    name = "grant-without-other-income"
    severity = Severity.WARNING
    summary = "No condition keeps grants from bidders that would live on them alone."
    keywords = "grants_within_pot, match funding, reliance on one funder, sustainability"
    clauses = (victim_services("2.3a, point 6"),)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """Grant schemes, and their conditions."""
        if is_guided(scheme) and scheme.grants and not conditions_about(scheme, _RELIANCE):
            message = "no condition asks whether a bidder relies on this grant alone"
            hint = "add one, such as reads: declarations.other_income, must_be: true"
            yield Finding(message, scheme.at("conditions"), hint)
