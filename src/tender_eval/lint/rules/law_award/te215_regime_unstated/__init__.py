from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import under_the_act
from tender_eval.model.diagnostics import Severity
from tender_eval.model.regime import Law, Nation
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class RegimeUnstated(LintRule):
    """The scheme does not say under which law it is published, or names one whose clauses are not checked here.

    Which duties hold depends on it: lots, standstill, assessment summaries, what may be weighed. State `law`,
    `light_touch` and `estimated_value` under `regime`; without them several rules on law cannot be checked. The
    rules on law rest on the Procurement Act 2023 and, by a few clauses, on the Provider Selection Regime and the
    Scottish regulations. Of a scheme under the rules of a bank or of the European Union they say nothing, and this note
    says so in their place, but where `nation: none` says that it is meant.
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
        if lacks and not scheme.grants and regime.nation is not Nation.NONE:
            message = f"regime does not state {', '.join(lacks)}"
            yield Finding(message, scheme.at("regime"), "state it, so that what the law asks can be checked")
        if regime.law in (Law.WORLD_BANK, Law.EU_2014_24) and regime.nation is not Nation.NONE:
            message = (
                f'no clause of "{regime.law}" was checked: the rules on law know those of the United Kingdom alone'
            )
            hint = "write law: procurement-act-2023 if that is meant, or nation: none if the contract is let elsewhere"
            yield Finding(message, scheme.at("regime", "law"), hint)
