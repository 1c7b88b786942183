"""Whether a record is approved: every act that a policy names is signed by whom it must be, and nothing came after.

A signature stands for every entry before it. What is entered behind the last approval was seen by nobody who approves,
so the award at the last approval is then not known to be the award now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tender_eval.audit.checks import FAILED, HELD, NOTED, Check
from tender_eval.audit.trail import after_opening, named, since
from tender_eval.base.canonical import digest
from tender_eval.case.acts import Entry
from tender_eval.files.policy import Policy

ACT_OF: Mapping[str, str] = {
    "correction": "correct", "prices": "open_prices", "price_opened": "open_prices", "inputs": "receive",
    "marks_locked": "lock", "evaluated": "evaluate", "clarification": "clarify", "abnormally_low_query": "query",
    "abnormally_low_answer": "answer",
}  # fmt: skip
"""The act that an entry stands for which is of no act's kind: at one sitting marks are locked without an act."""


class Signed(NamedTuple):
    """A signature that holds: its entry, the raw public key, and the name that it gives."""

    number: int
    key: bytes
    signer: str


def fingerprint(public: bytes) -> str:
    """What people compare a key by: the first 16 characters of its SHA-256."""
    return digest(public)[:16]


def by_keys(entries: tuple[Entry, ...], signed: Sequence[Signed], keys: Sequence[bytes]) -> Iterator[Check]:
    """Whether the holder of each key signed everything: what nobody of them signed is told."""
    for key in keys:
        own = [one.number for one in signed if one.key == key]
        if not own:
            yield Check(FAILED, "signature", f"there is no signature with key {fingerprint(key)}", "approved")
            continue
        later = since(entries, own[-1])
        words = f"key {fingerprint(key)} signed entries 0 to {own[-1] - 1}"
        if later:
            words += f", and nothing of what came after: {named(later)}; sign again, or see who entered it"
        yield Check(FAILED if later else HELD, "approval", words, "approved")


def by_policy(entries: tuple[Entry, ...], signed: Sequence[Signed], policy: Policy) -> Iterator[Check]:
    """Whether every act that a policy names is signed by whom it must be, and what else speaks against it."""
    known = [(one, person) for one in signed if (person := policy.person(one.key))]
    for one in signed:
        if policy.person(one.key) is None:
            words = f'entry {one.number} is signed as "{one.signer}" with a key that the policy does not name'
            yield Check(FAILED, "policy", words, "approved")
    for kind in policy.acts:
        yield _of_kind(kind, entries, [(one.number, person.id) for one, person in known], policy)
    late = [told for told in after_opening(entries) if ACT_OF.get(told.kind, told.kind) not in policy.acts]
    if late:
        words = (
            f"marks, figures or the scheme were changed after prices were opened ({named(late)}), "
            "which the policy gives nobody"
        )
        yield Check(FAILED, "policy", words, "approved")
    if not known:
        yield Check(FAILED, "policy", "nobody whom the policy names has signed", "approved")
        return
    last, person = known[-1]
    later = since(entries, last.number)
    words = f"entry {last.number} is the last signature of the policy's people, of {person.name}"
    if later:
        words += f"; entered after it: {named(later)}: let them sign again, or see who entered it"
    yield Check(FAILED if later else HELD, "approval", words, "approved")


def _of_kind(kind: str, entries: tuple[Entry, ...], signed: Sequence[tuple[int, str]], policy: Policy) -> Check:
    asked = policy.acts[kind]
    acts = [entry for entry in entries if ACT_OF.get(entry.kind, entry.kind) == kind]
    word = kind.replace("_", " ")
    if not acts:
        outcome = FAILED if kind == "decide" else NOTED
        return Check(outcome, "policy", f"there is no act {word} in the record", "approved")
    covers: dict[int, str] = {}
    for act in acts:
        who = dict.fromkeys(person for number, person in signed if number > act.number and person in asked.by)
        if len(who) < asked.least:
            has = f"signed by {', '.join(who)}" if who else "signed by none of them"
            words = f"entry {act.number}, {word}, needs {asked.least} of {', '.join(asked.by)}, and is {has}"
            return Check(FAILED, "policy", words, "approved")
        first = {person: number for number, person in reversed(signed) if number > act.number and person in asked.by}
        covers |= {number: person for person, number in first.items()}
    many = f"entries {', '.join(str(act.number) for act in acts)}" if len(acts) > 1 else f"entry {acts[0].number}"
    by = ", ".join(f"{person} (entry {number})" for number, person in sorted(covers.items()))
    words = f"{word}: {many} signed by {asked.least} or more of {', '.join(asked.by)}: {by}, each for all before it"
    return Check(HELD, "policy", words, "approved")
