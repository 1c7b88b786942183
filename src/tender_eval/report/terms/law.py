"""How a clause is cited: its section or regulation in words, and the document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tender_eval.languages.catalogue import catalogue
from tender_eval.model.clause import Clause

t = catalogue("terms")

_PLACE = re.compile(r"(s|reg)\.\s*(.+)")
_WORDS = {"s": "section", "reg": "regulation"}


def cited(clauses: Iterable[Clause]) -> str:
    """Clauses within a sentence.

    >>> cited([Clause("Procurement Act 2023", "s.50", True), Clause("Procurement Regulations 2024", "reg. 31", True)])
    'section 50 of the Procurement Act 2023 and regulation 31 of the Procurement Regulations 2024'
    """
    return t.listing([_told(clause, "of") for clause in clauses])


def cited_after(clause: Clause) -> str:
    """A clause in brackets behind what it says.

    >>> cited_after(Clause("Procurement Act 2023", "s.51", False))
    'Procurement Act 2023, section 51'
    """
    return _told(clause, "after")


def _told(clause: Clause, how: str) -> str:
    found = _PLACE.fullmatch(clause.section)
    if found is None:
        return str(clause)
    document = t.or_else(f"document.{how}.{clause.document}", clause.document)
    return t(f"clause.{how}.{_WORDS[found[1]]}", number=found[2], document=document)
