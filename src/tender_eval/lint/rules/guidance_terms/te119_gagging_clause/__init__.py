from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import toolkit
from tender_eval.lint.criteria import is_guided
from tender_eval.lint.topics import texts
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_GAGGED = re.compile(
    r"\b(?:must|shall|will|may|agrees?|undertakes?|commits?) (?:not(?: to)?|never(?: to)?) (?:publicly )?"
    r"(?:criticis\w*|disparag\w*|comment(?: on| publicly)|speak to the (?:press|media)|campaign|lobby)\b"
    r"|\bcannot (?:publicly )?(?:criticis\w*|disparag\w*|comment)\b|\bno public (?:comment|criticism|statement)s?\b"
    r"|\bnon-?disparagement\b|\bgagging (?:orders?|clauses?)\b|\brefrains? from (?:public )?(?:criticis\w*|comment\w*)",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:no|without(?: any| a)?) (?:gagging (?:orders?|clauses?)|non-?disparagement)", re.IGNORECASE)


class GaggingClause(LintRule):
    """The scheme binds bidders to silence about the authority or the procurement.

    "Gagging orders for unsuccessful applicants go against the Compact and ought not to be used." Take the words out.
    Confidence about other people's data, and about tenders before the award, is another matter. Ignore this where the
    words mean that.
    """

    code = "TE119"
    name = "gagging-clause"
    severity = Severity.WARNING
    summary = "A condition or criterion forbids bidders to speak."
    keywords = "non-disparagement, criticism, silence, Compact, publicity"
    clauses = (toolkit("5.5"),)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The words of criteria and conditions."""
        for text, where in texts(scheme) if is_guided(scheme) else ():
            if found := _GAGGED.search(_NONE.sub(" ", text)):
                hint = "take it out; feedback and criticism are what the next tender learns from"
                yield Finding(f'"{found[0]}" forbids bidders to speak', where, hint)
