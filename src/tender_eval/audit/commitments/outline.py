"""The outlines of entries: what can be given to anybody, and proves the chain without telling what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tender_eval.audit.commitments.commitment import START, body_digest, parts_digest
from tender_eval.base.canonical import Data, NotCanonical, canonical, digest
from tender_eval.case.acts import Entry

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ALWAYS = frozenset(("at", "body", "kind", "n", "prev"))


def outlines(entries: Sequence[Entry]) -> Iterator[dict[str, Data]]:
    """The outlines of a record whose entries are salted; the SHA-256 of each, canonical, is the hash of its entry."""
    prev = START
    for entry in entries:
        yield _outline(entry, prev)
        prev = entry.hash


def hashed(entry: Entry, prev: str) -> bytes:
    """The bytes that the hash of an entry is of: its outline; without a salt, the entry itself.

    Args:
        prev: the hash of the entry before.
    """
    if entry.salt:
        return canonical(_outline(entry, prev))
    said: dict[str, Data] = {"at": entry.at, "body": _data(entry), "kind": entry.kind, "n": str(entry.number)}
    return canonical({**said, "prev": prev})


def _outline(entry: Entry, prev: str) -> dict[str, Data]:
    salt = bytes.fromhex(entry.salt)
    found: dict[str, Data] = {"at": entry.at, "body": body_digest(salt, canonical(_data(entry)))}
    found |= {"kind": entry.kind, "n": str(entry.number), "prev": prev}
    return found | ({} if entry.parts is None else {"parts": parts_digest(salt, entry.parts)})


def hashes(found: Sequence[object]) -> list[str] | str:
    """The hashes of entries by their outlines, each naming the one before by its hash; or what is wrong with them."""
    prev, made = START, list[str]()
    for n, outline in enumerate(found):
        if not isinstance(outline, Mapping) or set(outline) - {"parts"} != _ALWAYS:
            return f"the outline of entry {n} does not have the fields of one"
        texts = [outline[name] for name in ("at", "body", "kind")]
        if not all(isinstance(text, str) for text in texts) or not _DIGEST.fullmatch(str(outline["body"])):
            return f"the outline of entry {n} does not have the fields of one"
        if outline["n"] != str(n) or outline["prev"] != prev:
            return f"the outline of entry {n} does not follow the one before"
        try:
            prev = digest(canonical(outline))
        except NotCanonical as e:
            return f"the outline of entry {n} cannot be written: {e}"
        made.append(prev)
    return made if made else "there are no outlines"


def _data(entry: Entry) -> dict[str, Data]:
    return dict(entry.body)  # type: ignore[arg-type]  # it was read from canonical JSON
