"""Rules on rounding: what is rounded where, and what that decides."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.criteria import bare, counted, points_of
from tender_eval.lint.example import SOUND, but, priced
from tender_eval.lint.sources import CONSTRUCTED
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Chain, Figure
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_EARLY = ("price", "score", "criterion", "group")
_ROUNDING = "rounding: {places: 2, mode: half_up, at: [total]}\n"


class RoundedBeforeTheTotal(LintRule):
    """Parts are rounded before they are added up, so that rounding can decide who wins.

    In the constructed example three parts of 10.004 make 30.012 and win against 30.010; rounded to two places first
    they make 30.00 and lose to 30.02, and with half_even they tie. Round the total alone, or nothing. Ignore it where
    bidders are to be able to add up the printed points by hand, and the scheme says so: that is a fair reason.
    """

    code = "TE322"
    name = "rounded-before-the-total"
    severity = Severity.WARNING
    summary = "Rounding parts before they are added up can change the winner."
    clauses = (CONSTRUCTED,)
    bad = but((_ROUNDING, "rounding: {places: 2, mode: half_up, at: [criterion, total]}\n"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        rounding = scheme.scheme.rounding
        early = [stage for stage in _EARLY if rounding and stage in rounding.at]
        if early:
            message = f"{' and '.join(early)} rounded before the total: the rounding can change who wins"
            yield Finding(message, scheme.at("rounding", "at"), "round at: [total], or leave rounding out")


class RoundedToATie(LintRule):
    """The total is rounded so coarsely that bids of different points become equal.

    At no places, two bids nearly a point apart are declared equal, and the tie break decides instead of the
    criteria; at one place, a tenth of a point. Two places are what is printed and argued about anyway. Write
    places: 2 or more, or leave rounding out: nothing is then rounded but what is printed. A rule that ranks by a price
    may round it to whole pounds.
    """

    code = "TE323"
    name = "rounded-to-a-tie"
    severity = Severity.WARNING
    summary = "Coarse rounding makes ties of bids that differ."
    clauses = (CONSTRUCTED,)
    bad = but((_ROUNDING, "rounding: {places: 0, mode: half_up, at: [total]}\n"))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        rounding = scheme.scheme.rounding
        if rounding and rounding.places < 2 and "total" in rounding.at and not _ranks_by_money(scheme):
            to = "whole numbers" if rounding.places == 0 else f"{rounding.places} place"
            message = f"the total is rounded to {to}: bids that differ are declared equal"
            yield Finding(message, scheme.at("rounding", "places"), "write places: 2 or more")


class RoundingNotStated(LintRule):
    """Points can have endless decimals, and the scheme does not say that none of them is rounded off.

    Results are printed at two places, but the figures that decide are exact: of two bids printed with 87.27 points
    each, one may win. A bidder who adds up the printed points will ask. State rounding at the total, or say in the
    notes that unrounded points decide, and ignore this with that reason.
    """

    code = "TE424"
    name = "rounding-not-stated"
    severity = Severity.NOTE
    summary = "Printed points are rounded, the deciding ones are not, and the scheme does not say so."
    clauses = (CONSTRUCTED,)
    bad = priced("ratio_to_lowest", (_ROUNDING, ""))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if scheme.scheme.rounding is not None:
            return
        endless = [points_of(leaf) for leaf in counted(scheme) if leaf.endless is True]
        silent = [leaf for leaf in counted(scheme) if isinstance(leaf.endless, Unsupported)]
        if endless or silent:
            told = f"points of {' and '.join(endless)} can have endless decimals" if endless else ""
            for leaf in silent:
                told += " and " if told else ""
                told += f"{leaf.scorer.name} does not say whether points of {points_of(leaf)} can have endless decimals"
            message = f"{told}, and rounding is not stated"
            hint = "add rounding: {places: 2, mode: half_up, at: [total]}, or say that unrounded points decide"
            yield Finding(message, scheme.at("award"), hint)


def _ranks_by_money(scheme: SchemeView) -> bool:
    """Whether the rule ranks by a price, or by a price with something taken off or put on."""
    figure = bare(scheme.figure)
    terms = [figure]
    if isinstance(figure, Chain) and figure.rest[0][0] in "+-":
        terms = [bare(part) for part in figure.parts]
    return any(isinstance(term, Figure) and term.column == scheme.price for term in terms)
