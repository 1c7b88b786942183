from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED
from tender_eval.lint.criteria import price_criteria, quoted, scorer_parameter_at
from tender_eval.lint.expressions import formula_mentions, measured_from
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class PriceBetweenBids(LintRule):
    """The price is scored on a line from the highest bid to the lowest one.

    The dearest bid earns nothing and the cheapest all, even where they differ by one percent: a small difference in
    price takes the whole weight. And both ends can be moved: in the constructed example A leads B by 88 to 55.2
    points, and a dummy bid at four times the price makes B win with 91.87. The body whose formula it is
    (Acquistinretepa) advises against it for price. A formula of the scheme's own that measures from the highest
    bid does the same. Use fixed_band, or linear_above_lowest with a wide range.
    """

    code = "TE302"
    name = "price-between-bids"
    severity = Severity.WARNING
    summary = "One dear dummy bid moves everybody's points for the price."
    keywords = "linear_between_bids, min-max, highest price, dummy bid, interpolation"
    clauses = (
        CONSTRUCTED,
        Clause("Acquistinretepa (Consip)", "interdependent min-max formula, advised against for price", False),
    )

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in price_criteria(scheme):
            own = formula_mentions(leaf, "highest")
            if own or (measured_from(leaf.expression, "highest") and leaf.own_formula is None):
                message = f"{quoted(leaf)} gives the dearest bid nothing, however little dearer it is"
                if own:
                    message = f"the formula of {quoted(leaf)} measures from the dearest bid, which a dummy can move"
                yield Finding(
                    message, scorer_parameter_at(leaf), "use fixed_band: its ends are fixed before the tender"
                )
