from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC, act
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class NearTie(LintRule):
    """Bids near to the best figure count as equal to it, so that one with the worse figure can win.

    Who is near turns on the best bid: one that comes in or falls out moves the band, and with it who wins among the
    others. Where the award is to go to the tender that does best on the award criteria, a lower score cannot win. Leave
    near_tie out, and let the figure decide. Ignore it where the law that governs the award has it, as the German UfAB
    does for quality per price.
    """

    code = "TE332"
    name = "near-tie"
    severity = Severity.WARNING
    summary = "A bid with a worse figure can win, because it is near to the best."
    keywords = "near_tie, band, corridor, Kennzahlkorridor, tie, draw"
    clauses = (act("s.19"), ARITHMETIC)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if scheme.scheme.award.near_tie is not None:
            message = "a bid that is near to the best figure counts as equal to it, and can win with the worse figure"
            yield Finding(message, scheme.at("award", "near_tie"), "leave near_tie out: the better figure wins")
