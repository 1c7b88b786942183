"""Entries as lines, each sealed by its hash and tied to the line before it.

A line is the canonical JSON of ``{"at", "body", "hash", "kind", "n", "prev"}``; ``hash`` is the SHA-256 of the
same entry without ``hash``, ``prev`` is the hash of the line before (64 zeros in the first). The hash of the
last line, the head, therefore stands for every byte of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from tender_eval.base.canonical import Data, NotCanonical, canonical, digest, parse
from tender_eval.case.acts import Entry

START = "0" * 64
FIELDS = ("at", "body", "hash", "kind", "n", "prev")
_FILE = "file"
_BEGINS = b'{"at":'


class Draft(NamedTuple):
    """What an entry will say, before it has its number, time and hash."""

    kind: str
    body: Mapping[str, Data]


class Fault(NamedTuple):
    """The first entry that is at fault, the field of it, and what is wrong.

    Where the file as a whole is at fault, the field is ``file``; ``mend`` then says what to do.
    """

    number: int
    field: str
    message: str
    mend: str = ""

    @property
    def told(self) -> str:
        """What is wrong and where, in words."""
        return self.message if self.field == _FILE else f"entry {self.number}, {self.field}: {self.message}"


class Link(NamedTuple):
    """The end of a chain: the number that the next entry will have, and the hash that it must name."""

    number: int = 0
    head: str = START


@dataclass(frozen=True, slots=True)
class Chain:
    """What could be read of a record.

    ``torn`` are the bytes after the last newline, which a crash in the middle of a write leaves behind.
    """

    entries: tuple[Entry, ...]
    torn: bytes
    fault: Fault | None = None


def seal(draft: Draft, at: str, link: Link) -> tuple[bytes, Link]:
    """The line of the next entry, and the end of the chain after it.

    Raises:
        NotCanonical: the body holds text that cannot be written.
    """
    front = b'{"at":' + canonical(at) + b',"body":' + canonical(draft.body)
    back = b',"kind":' + canonical(draft.kind) + b',"n":"%d","prev":"%s"}' % (link.number, link.head.encode("ascii"))
    own = digest(front + back)
    return front + b',"hash":"' + own.encode("ascii") + b'"' + back + b"\n", Link(link.number + 1, own)


def unseal(line: bytes, link: Link) -> Entry | Fault:
    """The entry of a line that ends with its newline, or what is wrong with it.

    The line is written again from what it says: unless every byte is the same, it is at fault.
    """
    number = link.number
    try:
        said = parse(line.removesuffix(b"\n"))
    except NotCanonical as e:
        return Fault(number, "line", str(e))
    if tuple(sorted(said)) != FIELDS:
        return Fault(number, "line", f"its fields are {', '.join(sorted(said))}, not {', '.join(FIELDS)}")
    at, body, kind = said["at"], said["body"], said["kind"]
    if not isinstance(at, str) or not isinstance(kind, str) or not isinstance(body, dict):
        return Fault(number, "line", "at and kind must be text, and body a mapping")
    try:
        again, after = seal(Draft(kind, body), at, link)
    except NotCanonical as e:
        return Fault(number, "body", str(e))
    if again == line:
        return Entry(number, kind, at, body, after.head)
    if said["n"] != str(number):
        return Fault(number, "n", f"it is numbered {_short(said['n'])} where {number} is due")
    if said["prev"] != link.head:
        return Fault(number, "prev", f"it follows {_short(said['prev'])}, but the entry before is {_short(link.head)}")
    if said["hash"] != after.head:
        return Fault(number, "hash", f"its hash is {_short(said['hash'])}, but its content has {_short(after.head)}")
    return Fault(number, "line", "it is not written in the canonical way (RFC 8785)")


def unseal_all(lines: Iterable[bytes], link: Link) -> Iterator[Entry | Fault]:
    """The entries of lines in turn; ends with the first fault."""
    for line in lines:
        found = unseal(line, link)
        yield found
        if isinstance(found, Fault):
            return
        link = Link(found.number + 1, found.hash)


def read_chain(data: bytes) -> Chain:
    """The entries of a record, up to the first that is at fault."""
    found = _read(data)
    return found if found.fault is None and found.entries else _whole_file(data, found)


def _whole_file(data: bytes, found: Chain) -> Chain:
    """What was read, with a fault of the file as a whole where that explains it better than one of an entry."""
    if data and not any(_is_entry(line) for line in data.splitlines()):
        message = "this is not a record: no line of it is an entry of one"
        return replace(found, fault=Fault(0, _FILE, message, "name the file that evaluate --record wrote"))
    if b"\r\n" not in data:
        return found
    # A record holds no bare CR, for canonical JSON escapes it: what is taken out here was never part of an entry.
    again = _read(data.replace(b"\r\n", b"\n"))
    if again.fault:
        more = again.fault._replace(message=f"{again.fault.message}; its line ends were changed to CR LF beside that")
        return replace(found, fault=more)
    message = "its line ends were changed from LF to CR LF, so it is not the file that was written"
    mend = "take that file over again byte for byte, without conversion of line ends, and verify it"
    return replace(found, fault=Fault(0, _FILE, message, mend))


def _is_entry(line: bytes) -> bool:
    try:
        return tuple(sorted(parse(line))) == FIELDS
    except NotCanonical:
        return bool(line) and line[: len(_BEGINS)] == _BEGINS[: len(line)]


def _read(data: bytes) -> Chain:
    whole, newline, torn = data.rpartition(b"\n")
    lines = [line + b"\n" for line in whole.split(b"\n")] if newline else []
    entries: list[Entry] = []
    fault: Fault | None = None
    for found in unseal_all(lines, Link()):
        if isinstance(found, Fault):
            fault = found
        else:
            entries.append(found)
    return Chain(tuple(entries), torn, fault)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else type(value).__name__
    return f"{text[:12]}..." if len(text) > 12 else f'"{text}"'
