from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tender_eval.lint.citations import toolkit
from tender_eval.lint.criteria import counted_criteria, is_guided, parameter_at, price_criteria
from tender_eval.lint.expressions import without_titles
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import percent
from tender_eval.model.location import Location
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Points
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class PriceWeightHigh(LintRule):
    """The price carries more weight than the guidance's preference for excellence of practice allows.

    The toolkit asks for "a suitable cost/quality ratio that prioritises excellence of practice", and names no
    figure: the limit is ours and stands in the table of thresholds. A high price weight favours providers that
    spread their overheads over many contracts. Lower it, or score the price against a published band so that what
    it decides is known in advance. Ignore this where the service is fully specified and bids differ in price alone.
    """

    code = "TE101"
    name = "price-weight-high"
    severity = Severity.WARNING
    summary = "The price has too much weight for excellence of practice to come first."
    keywords = "price/quality split, cost ratio, 60/40, price weighting"
    clauses = (toolkit("3.6.1"), toolkit("5.3"))
    thresholds = ("most_price_weight",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The price weight of what counts in the award, or of the award rule, against the most in the table."""
        if not is_guided(scheme):
            return
        most = scheme.thresholds["most_price_weight"]
        if isinstance(scheme.weights, Unsupported):
            message = f"how much the price weighs cannot be told: of {scheme.rule.name}, {scheme.weights.why}"
            hint = "say in the notes at which weights it is set against quality"
            yield Finding(message, scheme.at("award", "rule"), hint)
            return
        price, where = _price_weight(scheme)
        if price > most.value:
            said = " (our reading: the guidance names no figure)" if most.assumed else ""
            message = f"the price has {percent(price)} of the weight, more than {percent(most.value)}{said}"
            yield Finding(message, where, "give quality more weight, or say why the price decides")


def _price_weight(scheme: SchemeView) -> tuple[Fraction, Location]:
    """The weight of the price, and where it is stated; zero where no weight sets it against quality."""
    rule = scheme.at("award", "rule")
    if scheme.weights is not None and not isinstance(scheme.weights, Unsupported):
        quality, price = scheme.weights
        return price / (price + quality) if price + quality else Fraction(0), parameter_at(
            scheme.scheme.award.rule, "price_weight", rule
        )
    leaves = price_criteria(scheme) if isinstance(without_titles(scheme.figure), Points) and not scheme.grants else ()
    heaviest = max(leaves, key=lambda leaf: leaf.share, default=None)
    if heaviest is None:
        return Fraction(0), rule
    whole = sum((leaf.share for leaf in counted_criteria(scheme)), Fraction(0))
    price = sum((leaf.share for leaf in price_criteria(scheme)), Fraction(0))
    return price / whole if whole else Fraction(0), heaviest.criterion.where
