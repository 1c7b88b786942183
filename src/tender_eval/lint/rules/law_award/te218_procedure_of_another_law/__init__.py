from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import governing
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty


class ProcedureOfAnotherLaw(LintRule):
    """The stated procedure is none that the law of the scheme has.

    The Procurement Act 2023 knows the open and the competitive flexible procedure, beside direct awards and
    call-offs from frameworks; restricted procedures and competitive dialogues belong to the regulations that it
    replaced. A shortlist is a stage of a competitive flexible procedure now. The Provider Selection Regime has
    processes of its own. State the procedure that the notice names.
    """

    code = "TE218"
    name = "procedure-of-another-law"
    severity = Severity.ERROR
    summary = "The law of the scheme has no such procedure."
    keywords = "open procedure, competitive flexible, restricted procedure, direct award, most suitable provider"
    clauses = (
        act("s.20"),
        Clause("Health Care Services (Provider Selection Regime) Regulations 2023", "regs. 6 to 11", True),
    )

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """`regime.procedure` against the procedures of the law."""
        stated, row = scheme.scheme.regime.procedure, duty(governing(scheme), "procedures", scheme.on)
        if row is not None and stated is not None and stated not in row.words:
            message = f'"{stated}" is no procedure of the {row.clauses[0].document}'
            hint = f"write one of {', '.join(sorted(row.words))}"
            yield Finding(message, scheme.at("regime", "procedure"), hint)
