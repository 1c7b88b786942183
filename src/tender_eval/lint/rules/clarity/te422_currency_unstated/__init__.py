from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA
from tender_eval.model.bids import reads_price
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class CurrencyUnstated(LintRule):
    """A price or an amount of money is read, and the scheme does not say in which currency.

    Bids in two currencies would be compared as plain numbers. Add currency: GBP; bids files in another one are then
    refused.
    """

    code = "TE422"
    name = "currency-unstated"
    severity = Severity.WARNING
    summary = "Prices are compared, and their currency is not stated; bids in another one would be taken as they are."
    keywords = "pounds, euros, GBP, money"
    clauses = (CLEAR_CRITERIA,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        columns = [r.column for r in scheme.rule_reads]
        columns += [r.column for leaf in scheme.leaves for r in leaf.reads]
        if scheme.scheme.currency:
            return
        if scheme.grants:
            yield Finding("money is granted, and no currency is stated", scheme.at("title"), "add currency: GBP")
        elif any(map(reads_price, columns)):
            yield Finding("prices are compared, and no currency is stated", scheme.at("title"), "add currency: GBP")
