from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.lint.citations import CONSTRUCTED, toolkit
from tender_eval.lint.criteria import price_criteria, quoted, scorer_parameter_at
from tender_eval.lint.expressions import stated_number
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import fixed, percent, shown
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class SteepPriceLine(LintRule):
    """A bid not much dearer than the cheapest loses all points for price.

    The line falls so steeply that a difference which providers of good quality need takes the whole weight of the
    price; and whoever bids very low pulls all others down. In the constructed example, with a line of 50% and
    neither a minimum nor a clamp, a junk bid wins outright. The guidance asks for a cost/quality ratio that puts
    excellence first; a steep line makes the ratio different from the one published. Raise zero_at_percent: 100 is
    used in South Africa, 150 in Denmark. A band (fixed_band) whose ends lie close together does the same, though no
    bid moves it. Ignore it where prices are known to lie close together.
    """

    code = "TE304"
    name = "steep-price-line"
    severity = Severity.WARNING
    summary = "A bid somewhat dearer than the lowest earns nothing for price."
    keywords = "linear_above_lowest, zero_at_percent, price curve, price gradient, fixed_band"
    clauses = (CONSTRUCTED, toolkit("3.6.1"))
    thresholds = ("steep_price_line", "narrow_price_band")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        steep, narrow = (scheme.thresholds[name].value for name in self.thresholds)
        for leaf in price_criteria(scheme):
            full, none = stated_number(leaf, "full_at"), stated_number(leaf, "zero_at")
            if full is not None and none is not None and 0 < full < none <= full * (1 + narrow):
                message = (
                    f"{quoted(leaf)}: a price {fixed((none / full - 1) * 100, 1)}% above the one for full marks "
                    "loses all of its points"
                )
                hint = f"let zero_at be more than {percent(narrow)} above full_at"
                yield Finding(message, scorer_parameter_at(leaf, "zero_at"), hint)
            zero = stated_number(leaf, "zero_at_percent")
            if zero is not None and zero <= steep * 100:
                lost = fixed(min(1000 / zero, Fraction(100)), 1)
                message = f"{quoted(leaf)}: 10% above the lowest loses {lost}% of its points, {shown(zero)}% above all"
                hint = f"let zero_at_percent be above {shown(steep * 100)}, such as 100, or use fixed_band"
                yield Finding(message, scorer_parameter_at(leaf, "zero_at_percent"), hint)
