from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CLEAR_CRITERIA
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class RatesOfALaterDay(LintRule):
    """The rates of exchange are of a day after the scheme was published, so that bidders did not know them.

    Whoever bids in another currency then bears a risk that the others do not, and the authority could choose the day.
    Publish the rates with the scheme, or say beforehand of which day they will be and by whom; ignore it where the
    published scheme said so and this file holds the rates of that day.
    """

    code = "TE373"
    name = "rates-of-a-later-day"
    severity = Severity.NOTE
    summary = "Rates of exchange are of a day after publication."
    keywords = "currency, conversion, exchange rate, EUR, USD"
    clauses = (CLEAR_CRITERIA,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        exchange, published = scheme.scheme.exchange, scheme.scheme.regime.published
        if exchange is not None and published is not None and exchange.on > published:
            message = f"the rates are of {exchange.on}, and the scheme was published on {published}"
            yield Finding(
                message, exchange.where, "publish the rates with the scheme, or say of which day they will be"
            )
