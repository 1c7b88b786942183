from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED
from tender_eval.lint.criteria import price_criteria, quoted, scorer_parameter_at
from tender_eval.lint.expressions import formula_mentions, measured_from
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class PriceAroundTheMean(LintRule):
    """The price is scored by its distance from the mean of the bids.

    Every bid moves the mean, so a dummy far above it lifts all others to the top and makes them equal, and friends
    who bid high help each other. In the constructed example a dummy at 400 turns the order of two others. With two
    bids a standard deviation says nothing at all: the distance is always 0.707, however far apart they are. Use
    fixed_band, whose ends no bid moves, or ratio_to_lowest with a minimum for quality.
    """

    code = "TE303"
    name = "price-around-the-mean"
    severity = Severity.WARNING
    summary = "The mean price, which every bid moves, decides the points."
    keywords = "mean_deviation, average price, standard deviation, z-score"
    clauses = (CONSTRUCTED,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in price_criteria(scheme):
            if formula_mentions(leaf, "mean") or (measured_from(leaf.expression, "mean") and leaf.own_formula is None):
                message = f"{quoted(leaf)} scores a price by its distance from the mean, which every bid moves"
                yield Finding(
                    message, scorer_parameter_at(leaf), "use fixed_band, or ratio_to_lowest with a quality minimum"
                )
