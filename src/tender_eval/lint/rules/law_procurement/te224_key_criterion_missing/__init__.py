from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.topics import SOCIAL_VALUE, texts
from tender_eval.model.diagnostics import Severity
from tender_eval.model.regime import Law, Procedure
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty

_QUALITY, _VALUE = r"\bquality\b", r"\b(?:value(?! (?:added|base))|price|costs?)\b"
_TOGETHER, _FAIR = r"\bcollaborat|\bsustainab|\bjoined[- ]up|\bcontinuity\b", r"\baccess|\binequalit"
_KEY = {
    Law.PSR_2023: {
        "quality and innovation": rf"{_QUALITY}|\binnovat",
        "value": _VALUE,
        "integration, collaboration and service sustainability": rf"\bintegrat|{_TOGETHER}",
        "improving access, reducing health inequalities and facilitating choice": rf"{_FAIR}|\bchoice\b|\bchoose\b",
        "social value": SOCIAL_VALUE.pattern,
    },
    Law.PSR_WALES_2025: {
        "quality": _QUALITY,
        "value": _VALUE,
        "collaboration and service sustainability": _TOGETHER,
        "improving access and reducing health inequalities": _FAIR,
        "social responsibility": rf"{SOCIAL_VALUE.pattern}|\bsocial responsib|\bwell-?being\b",
    },
}


class KeyCriterionMissing(LintRule):
    """Under the Provider Selection Regime, no criterion or condition speaks of one of the five key criteria.

    In England they are quality and innovation; value; integration, collaboration and service sustainability; improving
    access, reducing health inequalities and facilitating choice; and social value. In Wales they are quality; value;
    collaboration and service sustainability; improving access and reducing health inequalities; and social
    responsibility. How much each weighs is for the authority to decide. Words are what is looked for: ignore this where
    a criterion is about it in others, and say which.
    """

    code = "TE224"
    name = "key-criterion-missing"
    severity = Severity.WARNING
    summary = "The Provider Selection Regime has a key criterion of which the scheme does not speak."
    keywords = "PSR, health care services, key criteria, NHS, integrated care board"
    clauses = (
        Clause("Health Care Services (Provider Selection Regime) Regulations 2023", "reg. 5", True),
        Clause("Health Services (Provider Selection Regime) (Wales) Regulations 2025", "reg. 6", True),
    )

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The words of criteria and conditions, where a provider is chosen among several."""
        regime = scheme.scheme.regime
        bound = duty(regime, "key_criteria", scheme.on) is not None and regime.procedure is not Procedure.DIRECT_AWARD
        key = _KEY.get(regime.law, {}) if bound and regime.law else {}
        said = " ".join(text for text, _ in texts(scheme))
        lacks = [name for name, words in key.items() if not re.search(words, said, re.IGNORECASE)]
        for name in lacks:
            hint = "add a criterion on it, or describe which one is about it; its weight may be small"
            yield Finding(
                f"no criterion or condition is about the key criterion of {name}", scheme.at("criteria"), hint
            )
