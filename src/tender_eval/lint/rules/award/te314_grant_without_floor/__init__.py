from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import victim_services
from tender_eval.lint.criteria import award_parameter_at
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Pot
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


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
    keywords = "grants_within_pot, floor, partial grant, least amount, underspend"
    clauses = (victim_services("5.3"),)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if isinstance(scheme.pot, Pot) and not scheme.pot.least:
            message = "a grant is whole or not at all: bidders cannot state the least that they could work with"
            yield Finding(message, award_parameter_at(scheme), "add floor: values.least, and ask bidders for it")
