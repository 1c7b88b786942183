"""Rules on formulas that turn a price into points by looking at the other bids."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.criteria import (
    formula_speaks_of,
    measured_from,
    own_formula,
    points_of,
    prices,
    scorer_at,
    stated,
    ungated,
)
from tender_eval.lint.example import SOUND, priced
from tender_eval.lint.sources import CONSTRUCTED
from tender_eval.model.diagnostics import Severity
from tender_eval.model.wording import percent
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

_MINIMUM = ("    minimum: 50%\n", "")


class RelativePriceWithoutMinimum(LintRule):
    """The price is scored against the other bids, and no bid can be rejected for its quality.

    A bid that nobody would accept then decides who wins: it sets the lowest price (or the highest, or the mean),
    and the order of two good bids turns on it. In the constructed example A leads B by 88.0 to 87.2 points; a
    worthless bid at half the price makes it 68.0 to 71.2. Set a minimum for quality, so that such bids are out
    before prices are compared, or score the price by a band that is fixed before the tender (fixed_band). A minimum
    at one small question leaves the rest open. Ignore it where quality is assured before, for example because only
    members of a framework may bid.
    """

    code = "TE301"
    name = "relative-price-without-minimum"
    severity = Severity.WARNING
    summary = "A junk bid can change the winner: prices are compared, and nothing rejects a poor bid."
    clauses = (CONSTRUCTED,)
    figures = ("gated_quality_least",)
    bad = priced("ratio_to_lowest", _MINIMUM)
    good = priced("ratio_to_lowest")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        gate = ungated(scheme, scheme.figures[self.figures[0]].value)
        for leaf in prices(scheme) if gate else ():
            if leaf.relative:
                message = f"{points_of(leaf)} scores a price against the other bids, and {gate} keeps junk bids out"
                hint = "give the quality criteria a minimum, such as minimum: 50%, or use fixed_band"
                yield Finding(message, scorer_at(leaf), hint)


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
    clauses = (
        CONSTRUCTED,
        Clause("Acquistinretepa (Consip)", "interdependent min-max formula, advised against for price", False),
    )
    bad = priced("linear_between_bids")
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in prices(scheme):
            own = formula_speaks_of(leaf, "highest")
            if own or (measured_from(leaf, "highest") and not own_formula(leaf)):
                message = f"{points_of(leaf)} gives the dearest bid nothing, however little dearer it is"
                if own:
                    message = f"the formula of {points_of(leaf)} measures from the dearest bid, which a dummy can move"
                yield Finding(message, scorer_at(leaf), "use fixed_band: its ends are fixed before the tender")


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
    clauses = (CONSTRUCTED,)
    bad = priced("{name: mean_deviation, below_zero: clamp}")
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in prices(scheme):
            if formula_speaks_of(leaf, "mean") or (measured_from(leaf, "mean") and not own_formula(leaf)):
                message = f"{points_of(leaf)} scores a price by its distance from the mean, which every bid moves"
                yield Finding(message, scorer_at(leaf), "use fixed_band, or ratio_to_lowest with a quality minimum")


class TriflingDiscount(LintRule):
    """The significant discount is so small that a trifling best discount earns full marks.

    Points are shared by discount off a ceiling. Where the best bid is one percent below the ceiling and the next
    one half a percent, the second gets half the marks for next to no money: price points are then given away. The
    source of the method sets 2% to 5% as the discount from which the best one earns full marks. Raise
    significant_discount to what a real saving would be.
    """

    code = "TE307"
    name = "trifling-discount"
    severity = Severity.WARNING
    summary = "A trifling discount off the ceiling can earn full marks."
    clauses = (Clause("Junta Consultiva de Contratacion Administrativa de Aragon", "Informe 6/2014", False),)
    figures = ("significant_discount_least",)
    bad = priced("{name: discount_from_ceiling, ceiling: 900000, significant_discount: 0.5%, below_zero: clamp}")
    good = priced("{name: discount_from_ceiling, ceiling: 900000, significant_discount: 4%, below_zero: clamp}")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        least = scheme.figures[self.figures[0]].value
        for leaf in prices(scheme):
            share = stated(leaf, "significant_discount")
            if share is not None and share < least:
                message = f"{points_of(leaf)}: a best discount of {percent(share)} earns full marks already"
                yield Finding(message, scorer_at(leaf, "significant_discount"), f"write {percent(least)} to 5%")


class BandAboveTheEstimate(LintRule):
    """Every bid at the estimated value or below earns full marks for price, so price decides nothing.

    The band of the price begins to take marks only above what the contract is estimated to cost. The published
    weight of the price is then a promise that the scheme does not keep: all serious bids get the same points. Set
    full_at to a price at which the service could just be delivered in full, below the estimate. Ignore it where the
    budget is fixed on purpose; then highest_quality_within_budget says so more plainly.
    """

    code = "TE308"
    name = "band-above-the-estimate"
    severity = Severity.WARNING
    summary = "Every bid within the estimated value earns full marks for price."
    clauses = (Clause("Arithmetic", "full_at against estimated_value, both of the scheme", True),)
    bad = priced("{name: fixed_band, full_at: 950000, zero_at: 1200000}")
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        estimate = scheme.scheme.regime.estimated_value
        for leaf in prices(scheme):
            full, zero = stated(leaf, "full_at"), stated(leaf, "zero_at")
            if estimate is None or full is None or zero is None:
                continue
            if leaf.reads[0].column == "price" and estimate <= full < zero:
                message = f"{points_of(leaf)} gives full marks to every price up to the estimated value and beyond"
                yield Finding(message, scorer_at(leaf, "full_at"), "let full_at be below the estimated value")


class PriceRewardsTheDearer(LintRule):
    """The dearer of two bids that differ in nothing else comes out better, and never worse.

    A price that is scored the wrong way round (ratio_to_highest, a band whose ends are swapped, price / highest) gives
    the contract to whoever asks for most, and no figure of the result looks odd. It is found by scoring made-up bids
    under the scheme itself, as the engine does in every evaluation (TE032); methods that reward the dearer bid in
    places only, such as one that goes by the mean, are left alone. Where the bidders pay the authority, as for a
    concession, state payment: received: then a price that rewards the lower payment is found instead.
    """

    code = "TE309"
    name = "price-rewards-the-dearer"
    severity = Severity.WARNING
    summary = "The dearer bid is scored better, though the authority pays."
    clauses = (Clause("Arithmetic", "made-up bids that differ in the price alone, scored by the scheme itself", True),)
    bad = priced("{name: fixed_band, full_at: 1000000, zero_at: 700000}")
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for notice in scheme.notices:
            if notice.code == "TE032" and notice.where is not None:
                yield Finding(notice.message, notice.where, notice.hint)
