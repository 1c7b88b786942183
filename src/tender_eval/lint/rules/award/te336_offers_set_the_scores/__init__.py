from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC, IDELUX
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class OffersSetTheScores(LintRule):
    """The price of a package sets what other bids for a lot score, though it may never be awarded.

    Where a price scores in relation to the lowest, and all offers are compared, the price that a bid asks for a lot
    in a package of five lowers the points of bids for that lot alone. Bidders for many lots can offer such prices,
    bidders for one cannot; and the package may fail for a limit, a minimum or a better combination while its price
    has decided between others. In Belgium a discount that is not reached may not be what others are measured by.
    Score prices by published amounts, or rank by the price or by price less what quality is worth: where nothing else
    is compared, `compare` need not be stated. Ignore this where every bidder can bid for every lot.
    """

    code = "TE336"
    name = "offers-set-the-scores"
    severity = Severity.NOTE
    summary = "Prices of packages or discounts that are not awarded set the scores of other bids."
    keywords = "compare, all_offers, packages, discounts, relative price, lowest price, combining lots"
    clauses = (ARITHMETIC, IDELUX)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        """Relative scores of the price where all offers are compared."""
        limits = scheme.scheme.award.lots
        if limits is None or not (limits.offers.any and limits.offers.compare):
            return
        relative = [leaf.criterion.id for leaf in scheme.leaves if leaf.reads_price and leaf.relative]
        if relative:
            message = (
                f"at {', '.join(relative)} a price for several lots sets what bids for one lot score, whether it is "
                "awarded or not"
            )
            hint = (
                "score the price by published amounts (such as fixed_band), or rank by "
                "lowest_price_less_quality_value; "
                "compare: then goes where nothing else compares bids"
            )
            yield Finding(message, scheme.at("award", "lots", "compare"), hint)
