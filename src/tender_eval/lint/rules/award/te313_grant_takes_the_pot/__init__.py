from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import victim_services
from tender_eval.lint.criteria import award_parameter_at
from tender_eval.model.diagnostics import Severity
from tender_eval.model.digits import shown
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


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
    keywords = "grants_within_pot, maximum award, grant cap, fund"
    clauses = (victim_services("5.3"),)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        pot = scheme.pot
        if isinstance(pot, Unsupported):
            message = f"whether one bidder can take the whole pot cannot be told: of {scheme.rule.name}, {pot.why}"
            yield Finding(message, award_parameter_at(scheme), "say in the notes how much one bidder can get at most")
        elif pot is not None and pot.most >= pot.whole:
            message = f"a grant of up to {shown(pot.most)} from a pot of {shown(pot.whole)}: one bidder can take all"
            yield Finding(message, award_parameter_at(scheme, "cap"), "let the cap be a fraction of the pot")
