from __future__ import annotations

from collections.abc import Iterator

from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class PreferenceWithoutCap(LintRule):
    """A preference lowers the price that is compared by a share, and nothing says what it may cost at most.

    The buyer pays the full price of a bid that wins by its preference: five percent of a large contract is a large sum.
    Laws that grant a preference cap it. Add cap: to the adjustment, or cap_together: to the price; ignore it where the
    contract is small, or the share is itself set by law without a cap.
    """

    code = "TE372"
    name = "preference-without-cap"
    severity = Severity.WARNING
    summary = "A preference margin has no cap in money."
    keywords = "margin of preference, small business preference, domestic preference, price adjustment"
    clauses = (Clause("California Code of Regulations, title 2", "section 1896.8(e)", False),)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        price = scheme.scheme.price
        for adjustment in price.adjustments if price and price.cap_together is None else ():
            if adjustment.share is not None and not adjustment.rises and adjustment.cap is None:
                message = f'the preference "{adjustment.id}" may cost any sum'
                yield Finding(message, adjustment.where, "add its cap, such as cap: 50000")
