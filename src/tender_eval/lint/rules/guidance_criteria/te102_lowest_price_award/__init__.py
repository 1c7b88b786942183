from __future__ import annotations

from collections.abc import Iterable

from tender_eval.lint.citations import toolkit
from tender_eval.lint.criteria import is_guided
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView
from tender_eval.regime.duties import duty


class LowestPriceAward(LintRule):
    """The award goes to the lowest price, or nothing but the price is scored.

    Value for money is not the lowest unit cost: specialist services may cost more a unit and save other services
    more. Score quality, or set the price against it. Ignore this where quality is settled before by conditions
    and a fixed specification, and the notes say so.
    """

    code = "TE102"
    name = "lowest-price-award"
    severity = Severity.WARNING
    summary = "The lowest price wins, whatever it buys."
    keywords = "cheapest bid, lowest_price, race to the bottom, unit cost"
    clauses = (toolkit("3.3"), toolkit("5.3"))

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The award rule, and whether any criterion leaves the price unread."""
        only = bool(scheme.leaves) and all(leaf.reads_price for leaf in scheme.leaves)
        if duty(scheme.scheme.regime, "price_alone", scheme.on) is not None:
            return  # a matter of law, which TE225 tells
        if is_guided(scheme) and (not scheme.counts or (only and not scheme.grants)):
            message = "nothing but the price decides the award"
            hint = "score quality too, or set the price against it (see rules list)"
            yield Finding(message, scheme.at("award", "rule"), hint)
