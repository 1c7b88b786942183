"""What a bidder was given of a record, checked without the record: against a head that is known from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tender_eval.audit.checks import FAILED, HELD, NOTED, Check
from tender_eval.audit.commitments.commitment import Proof, proves
from tender_eval.audit.commitments.disclosure import FORMAT
from tender_eval.audit.commitments.outline import hashes
from tender_eval.base.canonical import Data, NotCanonical, parse

_HASH, _NUMBER = re.compile(r"[0-9a-f]{64}"), re.compile(r"0|[1-9][0-9]{0,17}")
_PART = {"n", "part", "path", "position", "salt", "size"}


@dataclass(frozen=True, slots=True)
class CommittedPart:
    """A part that an entry commits: the number, kind and time of the entry, and what it says of the bid."""

    number: int
    kind: str
    at: str
    part: Mapping[str, Data]


@dataclass(frozen=True, slots=True)
class PartCheck:
    """What was checked, and the parts that held."""

    bid: str
    checks: tuple[Check, ...]
    parts: tuple[CommittedPart, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything held."""
        return all(check.outcome in (HELD, NOTED) for check in self.checks)


def check_part(data: bytes, head: str) -> PartCheck:
    """Check a disclosure.

    Args:
        head: the hash of the last entry, or of an earlier one, as it was printed, signed or published elsewhere.
    """
    try:
        found = parse(data.removesuffix(b"\n"))
    except NotCanonical as e:
        return _no_disclosure(str(e))
    bid, outlines, parts = found.get("bid"), found.get("outlines"), found.get("parts")
    if set(found) != {"format", "bid", "head", "outlines", "parts"} or found["format"] != FORMAT:
        return _no_disclosure("it does not have the fields of one")
    if not isinstance(bid, str) or not isinstance(outlines, list) or not isinstance(parts, list):
        return _no_disclosure("bid must be text, outlines and parts must be lists")
    made = hashes(outlines)
    if isinstance(made, str):
        return PartCheck(bid, (Check(FAILED, "chain", made),))
    chain = Check(HELD, "chain", f"{len(made)} outlines, each tied to the one before")
    if found["head"] != made[-1]:
        chain = Check(FAILED, "chain", "the head that the file states is not that of its last outline")
    wanted = head.strip().lower()
    known = made.index(wanted) if wanted in made else -1
    checked = [_checked(part, outlines[: known + 1], len(outlines), bid) for part in parts]
    held = tuple(part for part in checked if isinstance(part, CommittedPart))
    told = [_told(part) if isinstance(part, CommittedPart) else part for part in checked]
    return PartCheck(bid, (chain, _of_head(known, len(made)), *told, *_of_all(held, outlines, len(parts))), held)


def _no_disclosure(why: str) -> PartCheck:
    return PartCheck("", (Check(FAILED, "file", f"this is not what audit disclose wrote: {why}"),))


def _of_head(known: int, count: int) -> Check:
    if known < 0:
        return Check(FAILED, "head", "no entry has this hash: the file is of another record, or was made earlier")
    since = count - 1 - known
    words = f"it is entry {known}; entered since: {since}" if since else "it is the last entry"
    return Check(HELD, "head", words)


def _of_all(held: Sequence[CommittedPart], outlines: Sequence[object], given: int) -> Iterator[Check]:
    """Whether the file holds a part of each entry once, and of which entries that commit parts it holds none."""
    if not given:
        yield Check(FAILED, "part", "the file holds no part")
    numbers = [part.number for part in held]
    if numbers != sorted(set(numbers)):
        yield Check(FAILED, "part", "parts do not stand in the order of their entries, one of each")
    committing = (n for n, one in enumerate(outlines) if isinstance(one, Mapping) and "parts" in one)
    if left_out := [str(n) for n in committing if n not in numbers]:
        words = f"of what these entries commit the file shows nothing: {', '.join(left_out)}; they hold nothing of "
        words += "this bid, or it is kept back until all that the bid is for is decided, or was left out: ask for it"
        yield Check(NOTED, "part", words)


def _told(found: CommittedPart) -> Check:
    return Check(HELD, "part", f"entry {found.number} ({found.kind}, {found.at}) commits the part below")


def _checked(found: object, outlines: Sequence[object], count: int, bid: str) -> CommittedPart | Check:
    """A part that holds, or what is wrong with it.

    Args:
        outlines: those up to the head that is known: it stands for nothing that was entered after.
        count: how many there are in all.
    """
    if not isinstance(found, Mapping) or set(found) != _PART:
        return Check(FAILED, "part", "a part does not have the fields of one")
    number, position, size = (_number(found[name]) for name in ("n", "position", "size"))
    salt, path, part = found["salt"], found["path"], found["part"]
    if number is None or position is None or size is None or number >= count or not isinstance(part, dict):
        return Check(FAILED, "part", "a part does not say where it stands")
    if not isinstance(path, list) or not all(map(_is_hash, [salt, *path])):
        return Check(FAILED, "part", f"the part of entry {number} has no whole proof")
    if part.get("bid") != bid:
        return Check(FAILED, "part", f"the part of entry {number} is of another bid")
    if number >= len(outlines):
        words = f"entry {number} came after the entry with this head, which does not stand for it: take a later head"
        return Check(FAILED, "part", words)
    outline = outlines[number]
    proof = Proof(bytes.fromhex(salt), position, size, tuple(map(bytes.fromhex, path)))
    if not isinstance(outline, Mapping) or not proves(part, proof, outline.get("parts")):
        return Check(FAILED, "part", f"entry {number} does not commit this part: it, or its proof, was changed")
    return CommittedPart(number, str(outline["kind"]), str(outline["at"]), part)


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None
