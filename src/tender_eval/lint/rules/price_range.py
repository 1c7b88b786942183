"""Rules on how steeply a price loses points, and how much the price then weighs in truth."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.lint.criteria import counted, points_of, prices, scorer_at, stated
from tender_eval.lint.example import SOUND, priced
from tender_eval.lint.price_trial import price_spread
from tender_eval.lint.sources import ARITHMETIC, CONSTRUCTED, toolkit
from tender_eval.model.diagnostics import Severity
from tender_eval.model.wording import fixed, percent, shown
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
    clauses = (CONSTRUCTED, toolkit("3.6.1"))
    figures = ("steep_price_line", "narrow_price_band")
    bad = priced("{name: linear_above_lowest, zero_at_percent: 30, below_zero: clamp}")
    good = priced("{name: linear_above_lowest, zero_at_percent: 100, below_zero: clamp}")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        steep, narrow = (scheme.figures[name].value for name in self.figures)
        for leaf in prices(scheme):
            full, none = stated(leaf, "full_at"), stated(leaf, "zero_at")
            if full is not None and none is not None and 0 < full < none <= full * (1 + narrow):
                message = (
                    f"{points_of(leaf)}: a price {fixed((none / full - 1) * 100, 1)}% above the one for full marks "
                    "loses all of its points"
                )
                hint = f"let zero_at be more than {percent(narrow)} above full_at"
                yield Finding(message, scorer_at(leaf, "zero_at"), hint)
            zero = stated(leaf, "zero_at_percent")
            if zero is not None and zero <= steep * 100:
                lost = fixed(min(1000 / zero, Fraction(100)), 1)
                message = (
                    f"{points_of(leaf)}: 10% above the lowest loses {lost}% of its points, {shown(zero)}% above all"
                )
                hint = f"let zero_at_percent be above {shown(steep * 100)}, such as 100, or use fixed_band"
                yield Finding(message, scorer_at(leaf, "zero_at_percent"), hint)


class PriceBelowZero(LintRule):
    """A score for price may fall below zero, so that the price takes away points that quality has earned.

    Nothing then limits what the price weighs: with a cheap outlier among the bids a good bid can lose more points
    than the price's whole weight. That must be declared, and here it is; but the published weights no longer say
    what they seem to. Write below_zero: clamp, or make the range wide enough that no real bid falls out of it.
    Ignore it where the range was chosen with known prices.
    """

    code = "TE305"
    name = "price-below-zero"
    severity = Severity.WARNING
    summary = "The price can take away points that quality earned."
    clauses = (CONSTRUCTED,)
    bad = priced("{name: linear_above_lowest, zero_at_percent: 100, below_zero: allow}")
    good = priced("{name: linear_above_lowest, zero_at_percent: 100, below_zero: clamp}")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in counted(scheme):
            if leaf.scorer.unbounded_below(leaf.params):
                message = f"{points_of(leaf)} can fall below zero without limit, and take points from the rest"
                yield Finding(message, scorer_at(leaf, "below_zero"), "write below_zero: clamp")


class LogRangeOutOfProportion(LintRule):
    """The multiple of the lowest price that earns nothing is so small, or so large, that the weight is not kept.

    On a logarithmic line a small multiple makes a bid a little dearer than the lowest lose everything, as a steep
    line does; a large one leaves most of the points to bids at twice the lowest price, so that the price hardly
    counts. Choose the multiple from the prices that the market can be expected to offer. Ignore it where those are
    known.
    """

    code = "TE306"
    name = "log-range-out-of-proportion"
    severity = Severity.WARNING
    summary = "The logarithmic price line is so steep or so flat that the weight means something else."
    clauses = (ARITHMETIC,)
    figures = ("log_multiple_least", "log_multiple_most")
    bad = priced("{name: log_ratio, zero_at_multiple: 1.1, below_zero: clamp}")
    good = priced("{name: log_ratio, zero_at_multiple: 2, below_zero: clamp}")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        least, most = (scheme.figures[name].value for name in self.figures)
        for leaf in prices(scheme):
            multiple = stated(leaf, "zero_at_multiple")
            if multiple is not None and not least <= multiple <= most:
                nothing = "almost nothing" if multiple > most else "everything"
                message = (
                    f"{points_of(leaf)}: at {shown(multiple)} times the lowest as zero, a dearer bid loses {nothing}"
                )
                hint = f"choose zero_at_multiple from {shown(least)} to {shown(most)}"
                yield Finding(message, scorer_at(leaf, "zero_at_multiple"), hint)


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
    clauses = (ARITHMETIC, toolkit("3.6.1"))
    figures = ("trial_price_spread", "trial_quality_spread", "weight_shift")
    bad = priced("linear_between_bids")
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        by_price, by_quality, shift = (scheme.figures[name].value for name in self.figures)
        leaves = counted(scheme)
        whole = sum((leaf.share for leaf in leaves), Fraction(0))
        for leaf in prices(scheme):
            spread = price_spread(leaf, by_price)
            if spread is None or leaf.share == whole or not whole:
                continue
            nominal = leaf.share / whole
            effective = nominal * spread / (nominal * spread + (1 - nominal) * by_quality)
            if abs(effective - nominal) > shift:
                message = (
                    f"{points_of(leaf)} is published at {fixed(nominal * 100, 0)}%, but acts like "
                    f"{fixed(effective * 100, 0)}% where prices differ by {percent(by_price)} and quality by "
                    f"{percent(by_quality)} of its points"
                )
                yield Finding(
                    message, leaf.criterion.where, "use a formula whose range is wider or fixed, or other weights"
                )
