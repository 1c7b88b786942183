"""The file of a record: made whole or not at all, appended to under a lock, mended after a crash.

An entry is acknowledged when the call that writes it returns; by then it is on the disk. What a crash leaves
behind of later, unacknowledged entries is cut off by the next writer, who enters that on the record.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tender_eval.audit.chain import Draft, Fault, Link, read_chain, seal
from tender_eval.audit.commitments.salts import salts_key
from tender_eval.audit.entries import CLOSING
from tender_eval.base.canonical import NotCanonical, digest
from tender_eval.base.lock import Busy, locked
from tender_eval.base.times import instant
from tender_eval.case.acts import Entry
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location

OPENING = ("inputs", "correction", "prices", "lock", "evaluate")
"""The kinds that an evaluation follows; until its closing entry stands there, none of it is acknowledged."""


class Written(NamedTuple):
    """A record after a write: how many entries it has, its head, and what was cut off before."""

    entries: int
    head: str
    repaired: str = ""


def create(path: Path, drafts: Sequence[Draft], at: str) -> Written:
    """Write a new record: it appears whole, and never in place of another file.

    Raises:
        Refused: TE091 where the file exists, TE090 where it cannot be written, TE094 for a time.
    """
    _check_time(path, at, ())
    data, link = _sealed(path, drafts, at, Link(), salts_key())
    if path.exists():
        raise _exists(path)
    beside = path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")
    try:
        with beside.open("xb") as file:
            _write(file.fileno(), data)
        _appear(beside, path)
        _settle_folder(path)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as e:
        raise _unwritten(path, e) from None
    finally:
        beside.unlink(missing_ok=True)
    return Written(link.number, link.head)


def append(path: Path, at: str, make: Callable[[tuple[Entry, ...]], Iterable[Draft]]) -> Written:
    """Append entries to a record, under its lock and all of them in one write.

    Args:
        make: what to append, from the entries that are there; asked once the lock is held.

    Raises:
        Refused: TE092 where the chain is broken, TE093 where another process writes, TE094 for a time, TE001
            or TE090 where the file cannot be read or written, and whatever ``make`` refuses.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError as e:
        raise _unread(path, e) from None
    try:
        with locked(descriptor):
            return _append(path, descriptor, at, make)
    except Busy:
        message = f"{path.as_posix()} is being written by another process"
        raise Refused([Diagnostic("TE093", message, Location(path.as_posix()), "try again when it is done")]) from None
    except OSError as e:
        raise _unwritten(path, e) from None
    finally:
        os.close(descriptor)


def read_bytes(path: Path) -> bytes:
    """The bytes of a record.

    Raises:
        Refused: TE001 where it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as e:
        raise _unread(path, e) from None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The acknowledged entries of a record, the bytes that they take, and what follows them."""

    entries: tuple[Entry, ...]
    size: int
    tail: bytes
    told: str

    @property
    def link(self) -> Link:
        """The end of the acknowledged chain."""
        return Link(len(self.entries), self.entries[-1].hash) if self.entries else Link()


def acknowledged(name: str, data: bytes) -> Acknowledged:
    """What of a record is acknowledged.

    Raises:
        Refused: TE092 where it is no record, or its chain is broken.
    """
    chain = read_chain(data)
    if chain.fault is not None:
        raise broken(name, chain.fault)
    kept = _closed(chain.entries)
    if not kept:
        message = f"{name} holds no whole record: it ends before its first evaluation was entered"
        raise Refused([Diagnostic("TE092", message, Location(name), "make the record again")])
    cut = len(chain.entries) - len(kept)
    size = sum(len(line) + 1 for line in data.split(b"\n", len(kept))[: len(kept)])
    parts = [f"{cut} entries of an evaluation that was never finished"] if cut else []
    parts += [f"{len(chain.torn)} bytes of an entry that was never finished"] if chain.torn else []
    return Acknowledged(kept, size, data[size:], " and ".join(parts))


def broken(name: str, fault: Fault) -> Refused:
    """What to say of a chain with a fault."""
    hint = fault.mend or "this is not the file that was written: compare it with a copy whose head is known"
    return Refused([Diagnostic("TE092", fault.told, Location(name, fault.number + 1, 1), hint)])


def _closed(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries without an evaluation at the end that was begun and not closed."""
    opened = None
    for entry in entries:
        if entry.kind in OPENING:
            opened = entry.number
        elif entry.kind in CLOSING:
            opened = None
    if opened is None:
        return entries if len(entries) > 1 else ()
    return entries[:opened] if opened > 1 else ()


def _append(path: Path, descriptor: int, at: str, make: Callable[[tuple[Entry, ...]], Iterable[Draft]]) -> Written:
    found = acknowledged(path.as_posix(), _read(descriptor))
    _check_time(path, at, found.entries)
    drafts = list(make(found.entries))
    if found.tail:
        told = {"bytes": str(len(found.tail)), "sha256": digest(found.tail), "text": f"cut off: {found.told}"}
        drafts.append(Draft("repaired", told))  # last, for the others were numbered by what stands before them
    data, link = _sealed(path, drafts, at, found.link, salts_key() if found.entries[0].salt else b"")
    if found.tail:
        os.ftruncate(descriptor, found.size)
        os.fsync(descriptor)
    os.lseek(descriptor, found.size, os.SEEK_SET)
    try:
        _write(descriptor, data)
    except OSError:
        os.ftruncate(descriptor, found.size)  # a full disk: leave the record as it was
        raise
    return Written(link.number, link.head, found.told)


def _sealed(path: Path, drafts: Iterable[Draft], at: str, link: Link, key: bytes) -> tuple[bytes, Link]:
    lines = []
    try:
        for draft in drafts:
            line, link = seal(draft, at, link, key)
            lines.append(line)
    except NotCanonical as e:
        message = f"text that cannot stand in a record: {e}"
        raise Refused([Diagnostic("TE085", message, Location(path.as_posix()), "write it in Unicode")]) from None
    return b"".join(lines), link


def _check_time(path: Path, at: str, entries: tuple[Entry, ...]) -> None:
    where = Location(path.as_posix())
    now = instant(at)
    if now is None:
        message = f'"{at}" is no RFC 3339 time'
        raise Refused([Diagnostic("TE094", message, where, "write it like 2026-05-02T09:30:00+01:00")])
    last = instant(entries[-1].at) if entries else None
    if last is not None and now < last:
        message = f"{at} is before the last entry of the record, which is of {entries[-1].at}"
        raise Refused([Diagnostic("TE094", message, where, "set the clock, or give a later time")])


def _read(descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def _appear(beside: Path, path: Path) -> None:
    """Give a whole file its name, unless another has it."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError as e:
        if e.errno == errno.ENOENT:
            raise
        # No links on this file system: take the name first, then put the whole file in its place.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        beside.replace(path)


def _settle_folder(path: Path) -> None:
    """Let the folder remember the name after a loss of power, where the system can be asked to."""
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(folder)
    except OSError:  # nor do all file systems settle them
        return
    finally:
        os.close(folder)


def _exists(path: Path) -> Refused:
    message = f"{path.as_posix()} exists already, and a record is never overwritten"
    return Refused([Diagnostic("TE091", message, Location(path.as_posix()), "name another file")])


def _unread(path: Path, error: OSError) -> Refused:
    message = f"cannot read {path.as_posix()}: {error.strerror or type(error).__name__}"
    return Refused([Diagnostic("TE001", message, Location(path.as_posix()), "check the path")])


def _unwritten(path: Path, error: OSError) -> Refused:
    message = f"cannot write {path.as_posix()}: {error.strerror or type(error).__name__}"
    return Refused([Diagnostic("TE090", message, Location(path.as_posix()))])
