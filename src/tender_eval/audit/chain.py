"""Entries as lines, each sealed by its hash and tied to the line before it.

A line is the canonical JSON of ``{"at", "body", "hash", "kind", "n", "parts", "prev", "salt"}``, with ``parts`` only
where each bid's part is committed. ``hash`` is the SHA-256 of the outline of the entry, in which salted digests stand
for body and parts; ``prev`` is the hash of the line before (64 zeros in the first). The hash of the last line, the
head, therefore stands for every byte of the record, and outlines prove the chain and tell nothing of what is in it.

A record that begins without a salt, as those of format 1, goes on so: there ``hash`` is the SHA-256 of the entry
itself without ``hash``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from tender_eval.audit.commitments.commitment import START, body_digest, entry_salt, parts_digest
from tender_eval.base.canonical import Data, NotCanonical, canonical, digest, parse
from tender_eval.case.acts import Entry

FIELDS = ("at", "body", "hash", "kind", "n", "prev")
_SALTED = (*FIELDS, "salt")
_WITH_PARTS = (*FIELDS[:-1], "parts", "prev", "salt")
_SETS = (FIELDS, _SALTED, _WITH_PARTS)
_SALT = re.compile(r"([0-9a-f]{64})?")
_FILE = "file"
_BEGINS = b'{"at":'


class Draft(NamedTuple):
    """What an entry will say, before it has its number, time and hash; ``parts`` by bid, where it commits them."""

    kind: str
    body: Mapping[str, Data]
    parts: Mapping[str, Data] | None = None


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


def seal(draft: Draft, at: str, link: Link, key: bytes = b"") -> tuple[bytes, Link]:
    """The line of the next entry, and the end of the chain after it.

    Args:
        key: what its salt is made from; without one the entry has no salt and no parts, as in records of format 1.

    Raises:
        NotCanonical: the body or the parts hold text that cannot be written.
    """
    content = _Content.of(draft, at, link)
    return content.sealed(entry_salt(key, content.unsalted) if key else b"")


def seal_with(draft: Draft, at: str, link: Link, salt: bytes) -> tuple[bytes, Link]:
    """As `seal`, with the salt that an entry has already, or without any.

    Raises:
        NotCanonical: as `seal` does.
    """
    return _Content.of(draft, at, link).sealed(salt)


class _Content(NamedTuple):
    """An entry in canonical pieces."""

    at: bytes
    body: bytes
    kind: bytes
    parts: Mapping[str, Data] | None
    link: Link

    @classmethod
    def of(cls, draft: Draft, at: str, link: Link) -> _Content:
        return cls(canonical(at), canonical(draft.body), canonical(draft.kind), draft.parts, link)

    @property
    def unsalted(self) -> bytes:
        """All that it says, without hash and salt."""
        return self._front(self.body) + self._back(self._parts)

    @property
    def _parts(self) -> bytes:
        return b"" if self.parts is None else canonical(self.parts)

    def _front(self, body: bytes) -> bytes:
        return b'{"at":' + self.at + b',"body":' + body

    def _back(self, parts: bytes) -> bytes:
        committed = b',"parts":' + parts if parts else b""
        return b',"kind":%b,"n":"%d"%b,"prev":"%b"' % (
            self.kind, self.link.number, committed, self.link.head.encode("ascii")
        )  # fmt: skip

    def sealed(self, salt: bytes) -> tuple[bytes, Link]:
        """The line, and the end of the chain after it; without a salt the entry commits no parts."""
        if not salt:
            front, back = self._front(self.body), self._back(b"") + b"}"
            own = digest(front + back)
        else:
            root = b"" if self.parts is None else canonical(parts_digest(salt, self.parts))
            own = digest(self._front(canonical(body_digest(salt, self.body))) + self._back(root) + b"}")
            front, back = (
                self._front(self.body),
                self._back(self._parts) + b',"salt":"%b"}' % salt.hex().encode("ascii"),
            )
        line = front + b',"hash":"' + own.encode("ascii") + b'"' + back + b"\n"
        return line, Link(self.link.number + 1, own)


def unseal(line: bytes, link: Link) -> Entry | Fault:
    """The entry of a line that ends with its newline, or what is wrong with it.

    The line is written again from what it says: unless every byte is the same, it is at fault.
    """
    number = link.number
    try:
        said = parse(line.removesuffix(b"\n"))
    except NotCanonical as e:
        return Fault(number, "line", str(e))
    if tuple(sorted(said)) not in _SETS:
        return Fault(number, "line", f"its fields are {', '.join(sorted(said))}, not {', '.join(FIELDS)}")
    at, body, kind = said["at"], said["body"], said["kind"]
    if not isinstance(at, str) or not isinstance(kind, str) or not isinstance(body, dict):
        return Fault(number, "line", "at and kind must be text, and body a mapping")
    salt, parts = said.get("salt", ""), said.get("parts")
    if not isinstance(salt, str) or not _SALT.fullmatch(salt) or not isinstance(parts, dict | None):
        return Fault(number, "line", "salt must be 64 hexadecimal digits, and parts a mapping")
    try:
        again, after = seal_with(Draft(kind, body, parts), at, link, bytes.fromhex(salt))
    except NotCanonical as e:
        return Fault(number, "body", str(e))
    if again == line:
        return Entry(number, kind, at, body, after.head, parts, salt)
    if said["n"] != str(number):
        return Fault(number, "n", f"it is numbered {_short(said['n'])} where {number} is due")
    if said["prev"] != link.head:
        return Fault(number, "prev", f"it follows {_short(said['prev'])}, but the entry before is {_short(link.head)}")
    if said["hash"] != after.head:
        return Fault(number, "hash", f"its hash is {_short(said['hash'])}, but its content has {_short(after.head)}")
    return Fault(number, "line", "it is not written in the canonical way (RFC 8785)")


def unseal_all(lines: Iterable[bytes], link: Link) -> Iterator[Entry | Fault]:
    """The entries of lines in turn; ends with the first fault. All of them have salts, or none has."""
    salted = None
    for line in lines:
        found = unseal(line, link)
        if isinstance(found, Entry) and salted not in (None, bool(found.salt)):
            told = (
                "it has no salt, though those before have" if salted else "it has a salt, though those before have none"
            )
            found = Fault(found.number, "salt", told)
        yield found
        if isinstance(found, Fault):
            return
        salted, link = bool(found.salt), Link(found.number + 1, found.hash)


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
        return tuple(sorted(parse(line))) in _SETS
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
