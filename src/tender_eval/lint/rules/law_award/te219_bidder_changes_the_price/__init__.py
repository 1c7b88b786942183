from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule, may_reserve
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView


class BidderChangesThePrice(ActRule):
    """The price is adjusted by who the bidder is, where the Act asks for criteria that relate to the contract.

    Award criteria relate to the subject-matter of the contract, and treaty state suppliers may not be treated less
    favourably. A margin for the size or the place of a supplier is neither. Other laws grant such margins, and below
    the thresholds councils may reserve contracts. Let the adjustment turn on what is offered, or reserve the contract
    where the law lets you.
    """

    code = "TE219"
    name = "bidder-changes-the-price"
    severity = Severity.WARNING
    summary = "A preference goes by who the bidder is, and not by what it offers."
    keywords = "preference margin, small business, local supplier, discrimination, treaty state"
    clauses = (act("s.23(5)"), act("s.90"))

    def check_under_the_act(self, scheme: SchemeView) -> Iterator[Finding]:
        price = scheme.scheme.price
        for adjustment in price.adjustments if price and not may_reserve(scheme) else ():
            if any(test.reads.startswith(("supplier.", "consortium.", "pooled.")) for test in adjustment.when):
                message = f'the price is adjusted ("{adjustment.id}") by who the bidder is'
                yield Finding(message, adjustment.where, "let it turn on what is offered, or remove it")
