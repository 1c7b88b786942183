"""Who acted in a case: who agreed marks, and who made which entries."""

from __future__ import annotations

from collections import Counter

from tender_eval.case.acts import listed
from tender_eval.case.case import Case
from tender_eval.languages.catalogue import catalogue

t = catalogue("decision", "case", "report")


def people_rows(case: Case) -> list[tuple[str, list[str]]]:
    """Each person with what they did, in the order in which they first come; who is not stated is said to be so."""
    done: dict[str, Counter[str]] = {}
    for bid in case.bids.bids:
        for marks in bid.marks_by_lot.values():
            for mark in marks.values():
                for who in mark.agreed_by:
                    done.setdefault(who, Counter())["agreed"] += 1
    for entry in case.entries:
        key = f"kind.{entry.kind}"
        for who in listed(entry.body, "made_by"):
            if t.has(key):
                done.setdefault(who, Counter())[key] += 1
    found = [(who, [_told(key, n) for key, n in did.items()]) for who, did in done.items()]
    acts = (e for e in case.entries if t.has(f"kind.{e.kind}") and e.kind != "scheme")
    unsigned = sum(not listed(entry.body, "made_by") for entry in acts)
    return [*found, *([(t("people.nobody"), [t.count("people.entries", unsigned)])] if unsigned else [])]


def _told(key: str, number: int) -> str:
    if key == "agreed":
        return t.count("people.agreed", number)
    return t(key) if number == 1 else t("people.times", what=t(key), n=number)
