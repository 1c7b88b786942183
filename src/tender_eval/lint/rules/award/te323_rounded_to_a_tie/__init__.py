from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED
from tender_eval.lint.expressions import without_titles
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.expression.tree import Chain, Figure
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_ENOUGH = 3  # digits, as the notices have that round so


class RoundedToATie(LintRule):
    """The total is rounded so coarsely that bids of different points become equal.

    At no places, two bids nearly a point apart are declared equal, and the tie break decides instead of the
    criteria; at one place, a tenth of a point. Two places are what is printed and argued about anyway. Write
    places: 2 or more, or leave rounding out: nothing is then rounded but what is printed. A rule that ranks by a price
    may round it to whole pounds. Digits of the best figure are the same by another measure: of two digits, bids up to a
    tenth apart may be declared equal.
    """

    code = "TE323"
    name = "rounded-to-a-tie"
    severity = Severity.WARNING
    summary = "Coarse rounding makes ties of bids that differ."
    keywords = "rounding, decimals, whole numbers, tie, places"
    clauses = (CONSTRUCTED,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        rounding = scheme.scheme.rounding
        if rounding and rounding.digits:
            if rounding.digits < _ENOUGH:
                to = f"{rounding.digits} digit{'s' if rounding.digits > 1 else ''} of the best figure"
                message = f"the total is rounded to {to}: bids that differ are declared equal"
                yield Finding(message, scheme.at("rounding", "digits"), f"write digits: {_ENOUGH} or more")
        elif rounding and rounding.places < 2 and "total" in rounding.at and not _ranks_by_money(scheme):
            to = "whole numbers" if rounding.places == 0 else f"{rounding.places} place"
            message = f"the total is rounded to {to}: bids that differ are declared equal"
            yield Finding(message, scheme.at("rounding", "places"), "write places: 2 or more")


def _ranks_by_money(scheme: SchemeView) -> bool:
    """Whether the rule ranks by a price, or by a price with something taken off or put on."""
    figure = without_titles(scheme.figure)
    terms = [figure]
    if isinstance(figure, Chain) and figure.rest[0][0] in "+-":
        terms = [without_titles(part) for part in figure.parts]
    return any(isinstance(term, Figure) and term.column == scheme.price for term in terms)
