from __future__ import annotations

from collections.abc import Iterable

from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty


class PriceAloneInScotland(LintRule):
    """Under the Scottish regulations the price is all that decides the award.

    A contracting authority "may not use price only or cost only as the sole award criteria": the award is by the best
    price-quality ratio. Score quality too. A fixed price, with bidders who compete on quality alone, is not meant.
    Ignore it below the threshold of those regulations.
    """

    code = "TE225"
    name = "price-alone-in-scotland"
    severity = Severity.ERROR
    summary = "Nothing but the price decides, which the Scottish regulations forbid."
    keywords = "Scotland, lowest price, MEAT, best price-quality ratio, cost only"
    clauses = (Clause("Public Contracts (Scotland) Regulations 2015", "reg. 67(1)(b)", True),)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The award rule, and whether any criterion that counts leaves the price unread."""
        if duty(scheme.scheme.regime, "price_alone", scheme.on) is None or scheme.grants:
            return
        if not scheme.counts or all(leaf.reads_price for leaf in scheme.leaves):
            message = "nothing but the price decides the award"
            yield Finding(message, scheme.at("award", "rule"), "score quality beside the price")
