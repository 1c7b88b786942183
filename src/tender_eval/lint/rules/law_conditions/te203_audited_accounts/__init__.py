from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import act
from tender_eval.lint.procurement_act import ActRule
from tender_eval.lint.topics import conditions_about
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, SchemeView

_ACCOUNTS = re.compile(
    r"\baudit(?:ed)? (?:[\w-]+ ){0,6}?(?:accounts|statements)\b|\b(?:accounts|statements),? (?:\w+ ){0,3}audited\b",
    re.IGNORECASE,
)
_WHERE_DUE = re.compile(
    r"\b(?:where|if|when|unless)\b[^.;]{0,120}?\b(?:requir\w+|law|act|exempt)\b|\bas [^.;]{0,120}?\b(?:law|act)\b"
    r"|\bor (?:un|not )audited",
    re.IGNORECASE,
)


class AuditedAccounts(ActRule):
    """Bidders are asked for audited accounts.

    A condition may not require audited accounts of suppliers that the Companies Act does not require to have
    them; small charities and companies mostly have none. Ask for the accounts that they have. A title that asks for
    them only where the law requires them is left alone.
    """

    code = "TE203"
    name = "audited-accounts"
    severity = Severity.ERROR
    summary = "A condition asks for audited accounts."
    keywords = "financial statements, accounts, charities, Companies Act"
    clauses = (act("s.22(3)(a)"),)

    def check_under_the_act(self, scheme: SchemeView) -> Iterable[Finding]:
        """Conditions that speak of audited accounts."""
        for condition in conditions_about(scheme, _ACCOUNTS):
            if _WHERE_DUE.search(condition.title):
                continue
            message = f'condition "{condition.id}" asks for audited accounts'
            hint = "ask for the accounts that the law has the bidder keep; small providers need not have them audited"
            yield Finding(message, condition.where, hint)
