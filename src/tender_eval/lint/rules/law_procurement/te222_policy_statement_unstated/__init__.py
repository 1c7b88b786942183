from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.model.diagnostics import Severity
from tender_eval.model.regime import Nation
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty


class PolicyStatementUnstated(LintRule):
    """The scheme is published, and does not say how regard was had to the procurement policy statement.

    An authority must have regard to the national procurement policy statement, a devolved Welsh one to that of Wales.
    Say in a sentence what it came to here: `policy_statement` under `regime`. A scheme without `published` is taken to
    be a model. A call-off from a framework is not bound by it, and says so: `procedure: call-off`. Ignore this in an
    award by reference to a dynamic market, which it does not bind either.
    """

    code = "TE222"
    name = "policy-statement-unstated"
    severity = Severity.NOTE
    summary = "Nothing says how regard was had to the procurement policy statement."
    keywords = "NPPS, WPPS, national priorities, have regard"
    clauses = (
        act("s.13(9) and (10)"),
        act("s.14(8) and (9)"),
        Clause("Health Services (Provider Selection Regime) (Wales) Regulations 2025", "reg. 5(c)", True),
    )
    thresholds = ("act_in_force",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """`regime.policy_statement`, where one binds."""
        regime = scheme.scheme.regime
        if regime.published is None or regime.policy_statement:
            return
        if duty(regime, "policy_statement", scheme.on) is not None:
            whose = "Wales" if regime.home is Nation.WALES else "national"
            message = f"nothing says how regard was had to the {whose} procurement policy statement"
            hint = "say it in a sentence: policy_statement under regime"
            yield Finding(message, scheme.at("regime", "published"), hint)
