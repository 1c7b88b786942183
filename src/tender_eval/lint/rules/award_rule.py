"""Rules on award rules that set quality against price."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.lint.criteria import param_at, ungated
from tender_eval.lint.example import SOUND, but
from tender_eval.lint.sources import ARITHMETIC, CONSTRUCTED, toolkit, victim_services
from tender_eval.model.diagnostics import Severity
from tender_eval.model.location import Location
from tender_eval.model.wording import fixed, percent, shown
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Chain, Figure, Node, OverBids, Points, Power
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView

_RULE = "  rule: highest_score\n"
_MINIMUM = ("    minimum: 50%\n", "")
_NEGOMETRIX = Clause("Mercell Source-to-Contract (Negometrix)", "utility index", False)


def _awarded(rule: str, *changes: tuple[str, str]) -> str:
    return but((_RULE, f"  rule: {rule}\n"), *changes)


def _place(scheme: SchemeView, name: str = "") -> Location:
    return param_at(scheme.scheme.award.rule, name, scheme.at("award", "rule"))


class QuotientWithoutMinimum(LintRule):
    """Quality points, or an index of them, are set over the price, and no bid can be rejected for its quality.

    A bid at half the price wins with half the quality, and one at a tenth of the price with a tenth: the quotient
    knows no level that is too low to buy. An index of quality over the price bends that, and keeps it. The guidance
    that reports this method marks every aspect against published guidelines; the gate has to be stated by the
    scheme. Set a minimum for quality, in total or in each question that matters for safety.
    """

    code = "TE310"
    name = "quotient-without-minimum"
    severity = Severity.WARNING
    summary = "A cheap and poor bid can win on cost per quality point."
    clauses = (CONSTRUCTED, victim_services("2.3b"))
    figures = ("gated_quality_least",)
    bad = _awarded("lowest_cost_per_quality_point", _MINIMUM)
    good = _awarded(
        "lowest_cost_per_quality_point", ("ties: [{highest: quality}, {lowest: price}]", "ties: [{highest: safety}]")
    )

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        gate = ungated(scheme, scheme.figures[self.figures[0]].value)
        quotient = _quotient(scheme) if gate else None
        if quotient is not None:
            outcome = "a bid ten times cheaper may be ten times worse"
            if any(isinstance(part, Power | OverBids) for part in quotient.walk()):
                outcome = "a price that is low enough makes up for poor quality"
            message = f"{scheme.rule.name} with {gate}: {outcome}"
            yield Finding(message, _place(scheme), "give the quality criteria a minimum, such as minimum: 50%")


def _quotient(scheme: SchemeView) -> Node | None:
    """What the rule ranks by, where points, or an index of them, are divided by the price or it by them."""
    if isinstance(scheme.figure, Unsupported):
        return None
    for part in scheme.figure.walk():
        for sign, divisor in part.rest if isinstance(part, Chain) else ():
            top = [one for one in part.parts if one is not divisor] if isinstance(part, Chain) else []
            if sign == "/" and (
                (_of_price(scheme, divisor) and any(map(_of_points, top)))
                or (_of_points(divisor) and any(_of_price(scheme, one) for one in top))
            ):
                return scheme.figure
    return None


def _raises_points(scheme: SchemeView) -> bool:
    """Whether the rule raises points to a power."""
    return not isinstance(scheme.figure, Unsupported) and any(
        isinstance(part, Power) and _of_points(part.base) for part in scheme.figure.walk()
    )


def _of_points(node: Node) -> bool:
    return any(isinstance(part, Points) for part in node.walk())


def _of_price(scheme: SchemeView, node: Node) -> bool:
    return any(isinstance(part, Figure) and part.column == scheme.price for part in node.walk())


class IndexHypersensitive(LintRule):
    """Quality is raised to a power that grows without bound as its weight rises.

    The index is Q ** (wQ / wC) / P. At a weight of 70% the power is 2.3, at 90% it is 9: a mark more at one
    question then outweighs any price, and the noise between evaluators decides. The literature on the index warns
    against quality weights over 70%. Lower the quality weight, or use lowest_cost_per_quality_point with a minimum.
    """

    code = "TE311"
    name = "index-hypersensitive"
    severity = Severity.WARNING
    summary = "The weighted value index is hypersensitive at this quality weight."
    clauses = (Clause("UK Ministry of Defence value-for-money index, as in the R package tessa", "its notes", False),)
    figures = ("index_quality_most",)
    bad = _awarded("{name: weighted_value_index, quality_weight: 80, price_weight: 20}")
    good = _awarded("{name: weighted_value_index, quality_weight: 60, price_weight: 40}")

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        most = scheme.figures[self.figures[0]].value
        if not _raises_points(scheme):
            return
        if not isinstance(scheme.weights, tuple) or isinstance(scheme.weights, Unsupported):
            return
        wq, wc = scheme.weights
        if wc <= 0 or wq / (wq + wc) > most:
            share = f"{fixed(wq * 100 / (wq + wc), 0)}%" if wq + wc else "all"
            message = f"the index at a quality weight of {share}: small differences of quality outweigh any price"
            yield Finding(
                message, _place(scheme, "quality_weight"), f"keep the quality weight at {percent(most)} or below"
            )


class UtilityTurnsOnTheBest(LintRule):
    """The index takes quality's distance from the best bid, so the order of two bids can turn on a third.

    U is (1 - (Qbest - Q) x wQ / wC) / P: when a bid of high quality comes or goes, every other bid's distance to it
    changes, and because that is divided by the price, the order of the rest can change. An excluded winner reorders
    the others. Use lowest_cost_per_quality_point or lowest_price_less_quality_value, which look at one bid alone.
    """

    code = "TE312"
    name = "utility-turns-on-the-best"
    severity = Severity.WARNING
    summary = "With the utility index the best bid's quality can change the order of the others."
    clauses = (_NEGOMETRIX, ARITHMETIC)
    bad = _awarded("{name: utility_index, quality_weight: 60, price_weight: 40}")
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if scheme.rule.name == "utility_index":
            message = (
                "the utility index measures quality from the best bid: a bid that comes or goes can turn the order"
            )
            yield Finding(
                message, _place(scheme), "use lowest_price_less_quality_value or lowest_cost_per_quality_point"
            )


_GRANTS = "{name: grants_within_pot, pot: 30000, cap: 5000, floor: values.least, when_short: skip}"


class GrantTakesThePot(LintRule):
    """One bidder can be granted the whole pot.

    The cap on a grant is as large as the pot, or larger. A fund for small groups is then won by whoever asks for
    all of it and writes best. The model that the guidance reports gave up to 5,000 pounds each from 30,000. Set the
    cap to a fraction of the pot. Ignore it where one grant is what is wanted.
    """

    code = "TE313"
    name = "grant-takes-the-pot"
    severity = Severity.WARNING
    summary = "The cap of a grant is no cap: one bidder can take the pot."
    clauses = (victim_services("5.3"),)
    bad = _awarded(_GRANTS.replace("cap: 5000", "cap: 30000"))
    good = _awarded(_GRANTS)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        params = scheme.rule_params
        if scheme.rule.name == "grants_within_pot" and params.cap >= params.pot:
            message = f"a grant of up to {shown(params.cap)} from a pot of {shown(params.pot)}: one bidder can take all"
            yield Finding(message, _place(scheme, "cap"), "let the cap be a fraction of the pot")


class GrantWithoutFloor(LintRule):
    """Bidders cannot say with how little they could still work, so the last grant is whole or not at all.

    When the rest of the pot is smaller than what the next group asks for, that group gets nothing, though half of
    it might have been enough for part of the project; money stays in the pot. Name the column that holds the least
    that a bidder can work with: floor: values.least. Ignore it where grants are of one fixed size.
    """

    code = "TE314"
    name = "grant-without-floor"
    severity = Severity.NOTE
    summary = "A bidder cannot offer to work with less than it asks for."
    clauses = (victim_services("5.3"),)
    bad = _awarded(_GRANTS.replace(" floor: values.least,", ""))
    good = _awarded(_GRANTS)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if scheme.rule.name == "grants_within_pot" and scheme.rule_params.floor is None:
            message = "a grant is whole or not at all: bidders cannot state the least that they could work with"
            yield Finding(message, _place(scheme), "add floor: values.least, and ask bidders for it")


class QualityMoneyOutOfProportion(LintRule):
    """What quality is worth in money is more than the contract, or next to nothing.

    The rule takes a sum off the price for the quality earned. Where the sums together exceed the estimated value,
    a bid of full quality wins at any price; where they are a trifle, price decides alone and the marking is for
    show. Set them to what the better service would really be worth paying more for.
    """

    code = "TE317"
    name = "quality-money-out-of-proportion"
    severity = Severity.WARNING
    summary = "The money value of quality leaves no part to the price, or none to quality."
    clauses = (ARITHMETIC, toolkit("3.6.1"))
    figures = ("quality_money_least", "quality_money_most")
    bad = _awarded("{name: lowest_price_less_quality_value, values: [{criterion: quality, full_marks: 1500000}]}")
    good = _awarded(
        "{name: lowest_price_less_quality_value, values: [{criterion: quality, full_marks: 250000}]}",
        ("ties: [{highest: quality}, {lowest: price}]", "ties: [{highest: quality}]"),
    )

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        least, most = (scheme.figures[name].value for name in self.figures)
        estimate = scheme.scheme.regime.estimated_value
        if scheme.rule.name != "lowest_price_less_quality_value" or estimate is None:
            return
        worth = sum((v.full_marks - v.no_marks for v in scheme.rule_params.values), Fraction(0))
        if not least <= worth / estimate <= most:
            message = (
                f"full marks are worth {shown(worth)}, which is {fixed(worth / estimate * 100, 0)}% of the estimate"
            )
            hint = f"let them be worth {percent(least)} to {percent(most)} of it"
            yield Finding(message, _place(scheme, "values"), hint)
