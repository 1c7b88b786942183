from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.topics import SOCIAL_VALUE, texts
from tender_eval.model.diagnostics import Severity
from tender_eval.model.regime import Procedure
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty

_KEY = {
    "quality and innovation": re.compile(r"\bquality\b|\binnovat", re.IGNORECASE),
    "value": re.compile(r"\b(?:value(?! (?:added|base))|price|costs?)\b", re.IGNORECASE),
    "integration, collaboration and service sustainability": re.compile(
        r"\bintegrat|\bcollaborat|\bsustainab|\bjoined[- ]up|\bcontinuity\b", re.IGNORECASE
    ),
    "improving access, reducing health inequalities and facilitating choice": re.compile(
        r"\baccess|\binequalit|\bchoice\b|\bchoose\b", re.IGNORECASE
    ),
    "social value": SOCIAL_VALUE,
}


class KeyCriterionMissing(LintRule):
    """Under the Provider Selection Regime, no criterion or condition speaks of one of the five key criteria.

    They are quality and innovation; value; integration, collaboration and service sustainability; improving access,
    reducing health inequalities and facilitating choice; and social value. How much each weighs is for the authority to
    decide. Words are what is looked for: ignore this where a criterion is about it in others, and say which.
    """

    code = "TE224"
    name = "key-criterion-missing"
    severity = Severity.WARNING
    summary = "The Provider Selection Regime has a key criterion of which the scheme does not speak."
    keywords = "PSR, health care services, key criteria, NHS, integrated care board"
    clauses = (Clause("Health Care Services (Provider Selection Regime) Regulations 2023", "reg. 5", True),)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The words of criteria and conditions, where a provider is chosen among several."""
        regime = scheme.scheme.regime
        if duty(regime, "key_criteria", scheme.on) is None or regime.procedure is Procedure.DIRECT_AWARD:
            return
        said = " ".join(text for text, _ in texts(scheme))
        lacks = [name for name, words in _KEY.items() if not words.search(said)]
        for name in lacks:
            hint = "add a criterion on it, or describe which one is about it; its weight may be small"
            yield Finding(
                f"no criterion or condition is about the key criterion of {name}", scheme.at("criteria"), hint
            )
