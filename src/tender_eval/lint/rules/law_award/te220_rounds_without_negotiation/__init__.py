from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.model.diagnostics import Severity
from tender_eval.model.regime import Procedure
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

_SINGLE = frozenset((Procedure.OPEN, Procedure.RESTRICTED))


class RoundsWithoutNegotiation(LintRule):
    """The scheme has rounds of offers, and its procedure has one tender from each bidder.

    In an open procedure, and in a restricted one of the regulations before the Act, a bidder makes one tender, and the
    authority does not negotiate about it. Rounds up to a best and final offer are for a competitive flexible
    procedure, whose tender documents say so. State that procedure, or take the rounds out.
    """

    code = "TE220"
    name = "rounds-without-negotiation"
    severity = Severity.ERROR
    summary = "Rounds of offers in a procedure that has one tender from each bidder."
    keywords = "negotiation, best and final offer, BAFO, rounds, open procedure, competitive flexible"
    clauses = (act("s.20"), Clause("Public Contracts Regulations 2015", "regs. 27 and 28", False))

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        regime = scheme.scheme.regime
        if regime.rounds is not None and regime.procedure in _SINGLE:
            message = f"there are {regime.rounds} rounds of offers, but the procedure is {regime.procedure}"
            yield Finding(
                message, scheme.at("regime", "rounds"), "state procedure: competitive-flexible, or remove rounds"
            )
