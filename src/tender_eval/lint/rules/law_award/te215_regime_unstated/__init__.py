from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import under_the_act
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class RegimeUnstated(LintRule):
    """The scheme does not say under which law it is published, or names one whose clauses are not checked here.

    Which duties hold depends on it: lots, standstill, assessment summaries, what may be weighed. State `law`,
    `light_touch` and `estimated_value` under `regime`; without them several rules on law cannot be checked. The
    rules on law rest on the Procurement Act 2023, and say nothing of a scheme that is published under another law:
    this note says so in their place. Ignore it where that is meant.
    """

    code = "TE215"
    name = "regime-unstated"
    severity = Severity.NOTE
    summary = "The law, the light touch regime or the estimated value is not stated, or the law is not one known here."
    keywords = "legal basis, which law, light_touch, estimated_value, PSR"
    clauses = (act("s.23 and Schedule 1"),)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The three keys of the regime; the last two where the Act may govern the scheme."""
        regime = scheme.scheme.regime
        keys = ("law", "light_touch", "estimated_value") if under_the_act(scheme) else ("law",)
        lacks = [key for key in keys if getattr(regime, key) is None]
        if lacks and not scheme.grants:
            message = f"regime does not state {', '.join(lacks)}"
            yield Finding(message, scheme.at("regime"), "state it, so that what the law asks can be checked")
        if regime.law and not under_the_act(scheme):
            law = regime.law
            message = f'no clause of "{law}" was checked: the rules on law know the Procurement Act 2023 alone'
            hint = "write law: procurement-act-2023 if that is meant; else ask who knows that law"
            yield Finding(message, scheme.at("regime", "law"), hint)
