from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.lint.citations import toolkit
from tender_eval.lint.criteria import may_serve_people
from tender_eval.lint.topics import texts
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_HOUSED = (
    r"(?:[\w-]+ ){0,4}?(?:refuge|home|house|housing|hostel|accommodation|property|building|block|flat|street|estate"
    r"|service|scheme|unit)s?\b"
)
_RESIDENTS = re.compile(
    rf"\bresidents? of (?!{_HOUSED})|\bresident(?: only)? in (?!{_HOUSED})"
    r"|\blocal (?:residents?|people|women|survivors?|victims?) only\b|\bonly local (?:residents?|people|women)\b"
    r"|\bmust (?:live|reside)\b"
    r"|(?<!not )\b(?:only (?:for|to|open|available|those|people|women|survivors|victims)|solely|restricted to"
    r"|reserved for|limited to|priority (?:to|for|is|will))\b[^.;?]{0,60}?\b(?:living|who lives?) (?:in|within)\b"
    r"|\b(?:a|no|any|proof of) local connection\b|\blocality cap|\blocally resident\b",
    re.IGNORECASE,
)
_FROM_ELSEWHERE = (
    r"(?:out[ -]of[ -](?:area|borough|county)|(?:from )?outside (?:of )?the (?:area|borough|county|district))"
)
_CAPPED = r"at most|no more than|limit\w*|capped|caps?|quota|maximum|refus\w+|exclud\w+|restrict\w*|turned away"
_ELSEWHERE = re.compile(
    rf"\b(?:{_CAPPED}|no (?:referrals?|admissions?|places|women|survivors|one)|not (?:accept|admit|take)\w*)\b"
    rf"[^.;?]{{0,60}}?\b{_FROM_ELSEWHERE}"
    rf"|\b{_FROM_ELSEWHERE}\b[^.;?]{{0,40}}?\b(?:{_CAPPED}|(?:are|is|be|may|can|will|shall|must) (?:not|never))\b",
    re.IGNORECASE,
)

# What guidance asks for: that there is none.
_CAPS = r"locality (?:caps?|restrictions?)"
_DENIED = re.compile(
    rf"\bno {_CAPS}\b|\b{_CAPS} (?:do|does|will|shall|must|may) not apply\b|\bwithout (?:any |a )?{_CAPS}\b"
    r"|\b(?:without(?: a| any)?|need no|needs? not have an?y?|not (?:need|require) an?y?) local connection\b"
    r"|\bno local connection is (?:asked|needed|required)\b"
    r"|\b(?:are|is|be) not (?:only for|limited to|restricted to|reserved for)\b[^.;?]*",
    re.IGNORECASE,
)


class LocalityCap(LintRule):
    """The scheme restricts who may use the service by where they come from.

    Most people in refuges come from out of area; their safety depends on it. "Locality caps or restrictions should
    not be written into tenders." Take the restriction out. Ignore this where the words mean something else.
    """

    code = "TE115"
    name = "locality-cap"
    severity = Severity.WARNING
    summary = "Who may use the service depends on where they come from."
    keywords = "local residents only, out of area, local connection, users_restricted_to"
    clauses = (toolkit("3.4"),)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """The stated restriction, and words of criteria and conditions that make one."""
        if not may_serve_people(scheme):
            return
        hint = "take it out; the guidance wants no locality caps or restrictions in tenders"
        if restricted := scheme.scheme.regime.users_restricted_to:
            where = scheme.at("regime", "users_restricted_to")
            yield Finding(f"the service is only for {restricted}", where, hint)
        for text, where in texts(scheme):
            said = _DENIED.sub(" ", text)
            if found := _RESIDENTS.search(said) or _ELSEWHERE.search(said):
                yield Finding(f'"{found[0].strip()}" may restrict who can use the service', where, hint)
