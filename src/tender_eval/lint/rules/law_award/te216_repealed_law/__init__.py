from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.procurement_act import states_what_the_act_replaced
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class RepealedLaw(LintRule):
    """The scheme is published under regulations that no longer govern new procurements.

    The Procurement Act 2023 has governed procurements that begin on or after 24 February 2025, in place of the
    regulations on public, utilities and concession contracts; those of Scotland stand. What began before stays under
    them: state `published` under `regime`. So does a call-off from a framework that was concluded before: state
    `procedure: call-off`. Ignore this where it began before in another way, and say when.
    """

    code = "TE216"
    name = "repealed-law"
    severity = Severity.ERROR
    summary = "The stated law no longer governs new procurements."
    keywords = "PCR 2015, UCR 2016, old regulations, revoked, transitional"
    clauses = (
        Clause(
            "Procurement Act 2023 (Commencement No. 3 and Transitional and Saving Provisions) Regulations 2024",
            "regs. 2(2), 5, 7 and 8",
            True,
        ),
    )
    thresholds = ("act_in_force",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The name of the law, on a day on which the Act is in force."""
        if states_what_the_act_replaced(scheme):
            law = scheme.scheme.regime.law
            message = f'"{law}" does not govern procurements that begin on {scheme.on.isoformat()}'
            hint = "write law: procurement-act-2023, and check what changes with it"
            yield Finding(message, scheme.at("regime", "law"), hint)
