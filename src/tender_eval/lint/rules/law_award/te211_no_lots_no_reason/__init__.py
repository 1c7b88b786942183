from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView


class NoLotsNoReason(ActRule):
    """The contract is not divided into lots, and no reason is given.

    Before publishing, the authority must consider whether the contract could reasonably be let in lots, and either
    do so or give its reasons. State `lots` or `no_lots_reason` under `regime`; `tender-eval simulate lots` shows
    what lots would do, and can be the reason.
    """

    code = "TE211"
    name = "no-lots-no-reason"
    severity = Severity.WARNING
    summary = "Neither lots nor the reason for having none is stated."
    keywords = "one contract, division into lots, no_lots_reason, aggregation"
    clauses = (act("s.18"),)

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """`regime.lots` and `regime.no_lots_reason`."""
        regime = scheme.scheme.regime
        lots = regime.lots
        if (lots is None or lots == 1) and not regime.no_lots_reason and scheme.scheme.award.lots is None:
            message = "the scheme states neither lots nor why the contract is not divided into lots"
            where = scheme.at("regime", "lots") if lots else scheme.at("regime")
            yield Finding(message, where, "state lots: and their number, or no_lots_reason: under regime")
