"""Rules on what criteria weigh, and on criteria that compare bids beside the price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tender_eval.lint.criteria import counted, own_formula, points_of, scorer_at
from tender_eval.lint.example import SOUND, but
from tender_eval.lint.sources import ARITHMETIC, CONSTRUCTED, act, victim_services
from tender_eval.model.diagnostics import Severity
from tender_eval.model.wording import percent
from tender_eval.plugins.lint_rule import Finding, LeafView, LintRule, SchemeView

_SOCIAL = re.compile(r"social|community benefit|volunteer", re.IGNORECASE)
_SOCIAL_VALUE = """\
        weight: 10
        scorer: mark
        scale: zero_to_three
  - id: price"""
_VOLUNTEERS = """\
        weight: 10
        scorer: {name: ratio_to_highest, field: values.volunteer_hours}
  - id: price"""
_SAFETY = """\
        weight: 20
        scorer: mark
        scale: zero_to_three"""
_REFERRALS = """\
        weight: 20
        scorer: {name: ratio_to_highest, field: values.supervision_hours}"""
_HIRES = """\
        weight: 10
        scorer:
          name: social_value_commitments
          years: 3
          cap: 5%
          proxies:
            - {reads: values.volunteer_hours, value: 12, unit: hours by local volunteers, source: our own figure}
  - id: price"""


class TinyWeight(LintRule):
    """A criterion weighs so little that it can hardly ever decide, and costs everybody an answer.

    A question at two percent of the points is written by every bidder and marked by every evaluator, and moves a
    total by less than one step at any other question. Guidance asks for bidding that is simple. Merge it with
    another criterion, or make it a condition. Ignore it where the question must be asked for other reasons.
    """

    code = "TE351"
    name = "tiny-weight"
    severity = Severity.NOTE
    summary = "A criterion weighs so little that asking it costs more than it decides."
    clauses = (victim_services("5.2"), ARITHMETIC)
    figures = ("tiny_weight",)
    bad = but(
        ("        weight: 20\n", "        weight: 28\n"),
        ("        weight: 10\n", "        weight: 2\n"),
    )
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        least = scheme.figures[self.figures[0]].value
        whole = sum((leaf.share for leaf in counted(scheme)), Fraction(0))
        for leaf in counted(scheme):
            if leaf.share < least * whole:
                share = percent(leaf.share / whole)
                message = f"{points_of(leaf)} is {share} of the points, and can hardly decide anything"
                yield Finding(message, leaf.criterion.where, "merge it with another criterion, or make it a condition")


class NothingOnLowPrices(LintRule):
    """The scheme does not say from when a price is looked into as abnormally low.

    A bid that cannot be delivered at its price wins on points, and fails later at the cost of those who need the
    service. The Act lets an authority disregard an abnormally low tender after it has asked and heard the bidder; a
    published threshold makes sure that it looks, and looks at all bids alike. Add abnormally_low: {below_mean_by:
    25%}. It only raises a flag. Ignore it where prices are fixed, or a budget binds everybody.
    """

    code = "TE355"
    name = "nothing-on-low-prices"
    severity = Severity.NOTE
    summary = "No threshold says which prices are looked into as abnormally low."
    clauses = (act("s.19(3)-(5)"),)
    bad = but(("abnormally_low: {below_mean_by: 25%}\n", ""))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        reads = [r.column for r in scheme.rule.reads(scheme.rule_params)]
        priced = any(leaf.reads_price for leaf in counted(scheme)) or "price" in reads
        if scheme.scheme.abnormally_low is None and priced:
            message = "no threshold is stated for abnormally low prices"
            yield Finding(
                message, scheme.at("award"), "add abnormally_low: {below_mean_by: 25%}; it only raises a flag"
            )


class SocialValueAgainstTheBest(LintRule):
    """Social value is scored against the largest promise among the bids.

    The largest promise then wins by being the largest, and one reckless promise takes the points from all others:
    a small provider that offers what fits its size earns next to nothing beside a national one. Score commitments
    against a published table up to a cap (social_value_commitments), or let the panel mark them on a scale.
    """

    code = "TE360"
    name = "social-value-against-the-best"
    severity = Severity.WARNING
    summary = "One bidder's large promise takes the social value points from all others."
    clauses = (victim_services("2.3b"), CONSTRUCTED)
    bad = but((_SOCIAL_VALUE, _VOLUNTEERS))
    good = but((_SOCIAL_VALUE, _HIRES))

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in counted(scheme):
            if leaf.relative and not leaf.reads_price and _social(leaf):
                message = f"{points_of(leaf)} scores social value against the largest promise among the bids"
                hint = "use social_value_commitments with a cap, or a mark on a scale"
                yield Finding(message, scorer_at(leaf), hint)


class QualityAgainstTheBest(LintRule):
    """A figure other than the price is scored against the best bid.

    A bid's points for quality then depend on who else bids: one outlier lowers everybody, and when it is excluded
    the order of the rest can change. Bids are to be assessed against the criteria. Use a scale, fixed_band or
    piecewise with published ends. Ignore it where no level can be known before the tender.
    """

    code = "TE361"
    name = "quality-against-the-best"
    severity = Severity.WARNING
    summary = "Points for quality depend on which other bids there are."
    clauses = (act("s.19"), CONSTRUCTED)
    bad = but((_SAFETY, _REFERRALS))
    good = but((_SAFETY, _REFERRALS.replace("ratio_to_highest,", "fixed_band, full_at: 12, zero_at: 2,")))

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in counted(scheme):
            if leaf.relative and not leaf.reads_price and not _social(leaf):
                message = f"{points_of(leaf)} scores a bid against the other bids, not against the criterion"
                yield Finding(message, scorer_at(leaf), "use a scale, fixed_band or piecewise with published ends")


class FormulaCanFail(LintRule):
    """A formula can leave the range of scores, and the scheme does not say what holds then.

    Below zero or above full marks it is an error, and the evaluation stops on the day when the bids are opened: too
    late to publish an answer. State below_zero: clamp and above_one: clamp, or hold the expression within min(1,
    max(0, ...)). Ignore it where the expression cannot leave the range, as a lowest price over a price.
    """

    code = "TE366"
    name = "formula-can-fail"
    severity = Severity.WARNING
    summary = "A formula can give a score out of range, and then no award can be made."
    clauses = (ARITHMETIC,)
    bad = but(
        ("{name: fixed_band, full_at: 700000, zero_at: 1000000}", '{name: formula, expression: "2 - price / 700000"}')
    )
    good = but(
        (
            "{name: fixed_band, full_at: 700000, zero_at: 1000000}",
            '{name: formula, expression: "2 - price / 700000", below_zero: clamp, above_one: clamp}',
        )
    )

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            if not own_formula(leaf):
                continue
            held = _held(str(leaf.params.expression))
            ends = {"below_zero": leaf.params.below_zero, "above_one": leaf.params.above_one}
            open_ = [end for end, stated in ends.items() if end not in held and stated is None]
            if open_:
                message = f"the formula of {points_of(leaf)} can leave the range of scores: no {' and no '.join(open_)}"
                hint = f"state {' and '.join(f'{end}: clamp' for end in open_)}"
                yield Finding(message, scorer_at(leaf, "expression"), hint)


def _held(expression: str) -> frozenset[str]:
    """The ends at which an expression is held at its outside; both for a lowest over the figure that it is of."""
    text = re.sub(r"\s+", "", expression)
    if re.fullmatch(r"lowest(?:\(([^()]+)\)/\1|/price)", text):
        return frozenset({"below_zero", "above_one"})
    held: set[str] = set()
    while call := re.fullmatch(r"(max\(0,|min\(1,)(.*)\)", text):
        inner = call[2]
        if not _balanced(inner):
            break
        held.add("below_zero" if call[1].startswith("max") else "above_one")
        text = inner
    return frozenset(held)


def _balanced(text: str) -> bool:
    """Whether every bracket that it closes was opened in it, so that the last one closes the call around it."""
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _social(leaf: LeafView) -> bool:
    said = f"{leaf.criterion.id} {leaf.criterion.title} {' '.join(r.column for r in leaf.reads)}"
    return bool(_SOCIAL.search(said.replace("_", " ")))
