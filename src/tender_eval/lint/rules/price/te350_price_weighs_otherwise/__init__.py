from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.lint.citations import ARITHMETIC, toolkit
from tender_eval.lint.criteria import counted_criteria, price_criteria, quoted
from tender_eval.lint.score_spread import score_spread
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import fixed, percent
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class PriceWeighsOtherwise(LintRule):
    """The price weighs far more, or far less, in the outcome than the published weights say.

    What a criterion weighs is decided by how far apart its points lie. A formula that always uses the whole range,
    from the dearest bid to the cheapest, makes 40 points of price outweigh 60 of quality, whose marks lie close
    together. This is an estimate on stated assumptions: three bids whose prices and whose shares of quality differ
    as the figures below say. `tender-eval fairness` measures it on real or simulated bids. Use a formula with a wider
    or fixed range, or publish the weights that are meant.
    """

    code = "TE350"
    name = "price-weighs-otherwise"
    severity = Severity.WARNING
    summary = "Published weights and what the price weighs in truth lie far apart."
    keywords = "effective weight, real weight, price dominates, spread of scores, linear_between_bids"
    clauses = (ARITHMETIC, toolkit("3.6.1"))
    thresholds = ("trial_price_spread", "trial_quality_spread", "weight_shift")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        by_price, by_quality, shift = (scheme.thresholds[name].value for name in self.thresholds)
        leaves = counted_criteria(scheme)
        whole = sum((leaf.share for leaf in leaves), Fraction(0))
        for leaf in price_criteria(scheme):
            spread = score_spread(leaf, by_price)
            if spread is None or leaf.share == whole or not whole:
                continue
            nominal = leaf.share / whole
            effective = nominal * spread / (nominal * spread + (1 - nominal) * by_quality)
            if abs(effective - nominal) > shift:
                message = (
                    f"{quoted(leaf)} is published at {fixed(nominal * 100, 0)}%, but acts like "
                    f"{fixed(effective * 100, 0)}% where prices differ by {percent(by_price)} and quality by "
                    f"{percent(by_quality)} of its points"
                )
                yield Finding(
                    message, leaf.criterion.where, "use a formula whose range is wider or fixed, or other weights"
                )
