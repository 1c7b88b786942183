"""Which law a scheme is under, and the base of rules that rest on the Procurement Act 2023 alone."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_ACT = re.compile(
    r"(?<!public[ _-])procurement[ _-]+act\b(?![ _-]+(?!2023)[0-9]{4})|\bpa[ _-]?(?:20)?23\b", re.IGNORECASE
)
_FORMER = re.compile(
    r"(?:(?:public|utilities|concession)s?[ _-]+contracts?)[ _-]+regulations|\b[pu]cr[ _-]?(?:20)?(?:15|16)\b|\bpcr\b",
    re.IGNORECASE,
)
_SCOTLAND = re.compile(r"scot", re.IGNORECASE)


def states_the_act(scheme: SchemeView) -> bool:
    """Whether the scheme says that it is under the Procurement Act 2023, in words or as a name."""
    return bool(_ACT.search(_law(scheme)))


def states_what_the_act_replaced(scheme: SchemeView) -> bool:
    """Whether it names the regulations that the Act replaced; those of Scotland stand."""
    law = _law(scheme)
    return bool(_FORMER.search(law)) and not _SCOTLAND.search(law)


def under_the_act(scheme: SchemeView) -> bool:
    """Whether the Act's clauses are to be held against it.

    Those of a scheme that names regulations which it replaced as well, on a day on which it is in force; of a scheme
    that names no law, unless it is in another country's currency.
    """
    if not _law(scheme):
        return scheme.scheme.currency in ("", "GBP")
    return states_the_act(scheme) or states_what_the_act_replaced(scheme)


def _law(scheme: SchemeView) -> str:
    return str(scheme.scheme.regime.get("law") or "")


class ActRule(LintRule):
    """A rule that rests on the Act: it says nothing of schemes under other laws, or of days before it was in force."""

    figures: ClassVar[tuple[str, ...]] = ("act_in_force",)

    def check(self, scheme: SchemeView) -> Iterable[Finding]:
        """What `look` finds, of a scheme that the Act governs."""
        return self.look(scheme) if under_the_act(scheme) else ()

    @abstractmethod
    def look(self, scheme: SchemeView) -> Iterable[Finding]:
        """Every place of such a scheme that the rule has something to say about."""
