"""Bytes in, with their name and digest. Nothing larger than is safe is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location

LARGEST = 32 * 1024 * 1024  # bytes of one input file


@dataclass(frozen=True)
class Source:
    """A file as it was read: its name as the user gave it and its bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """The end of the name, lower case: ``.yaml``."""
        return Path(self.name).suffix.lower()

    @cached_property
    def text(self) -> str:
        """The bytes as text, without a byte order mark.

        Raises:
            Refused: TE002 at the first byte that is not UTF-8.
        """
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as e:
            line = self.data.count(b"\n", 0, e.start) + 1
            before = self.data[self.data.rfind(b"\n", 0, e.start) + 1 : e.start].decode("utf-8-sig")
            column = len(before) + 1
            hint = "save it as UTF-8 (in Excel: 'CSV UTF-8 (comma delimited)')"
            message = f"byte 0x{self.data[e.start]:02x} is not UTF-8 text"
            if self.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                hint = "it is UTF-16: " + hint
            elif before.strip():
                message += f', after "{before.lstrip()[-30:]}"'
            raise Refused([Diagnostic("TE002", message, Location(self.name, line, column), hint)]) from None


def _near(path: Path) -> str:
    """A hint for a file that cannot be read: one beside it of nearly that name."""
    try:
        beside = sorted(p.name for p in path.parent.iterdir())
    except OSError:
        return f"check the path: there is no folder {path.parent.as_posix()} that can be read"
    near = get_close_matches(path.name, [name for name in beside if name != path.name], n=1)
    return f'did you mean "{path.with_name(near[0]).as_posix()}"?' if near else "check the path"


def read_source(path: str | Path) -> Source:
    """Read a file whole.

    Raises:
        Refused: TE001 where it cannot be read, TE004 where it is too large.
    """
    name = Path(path).as_posix()
    where = Location(name)
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as e:
        reason = e.strerror or type(e).__name__
        message = f"cannot read {name}: {reason}"
        raise Refused([Diagnostic("TE001", message, where, _near(Path(path)))]) from None
    if len(data) > LARGEST:
        message = f"{name} is larger than {LARGEST // 1024**2} MiB"
        raise Refused([Diagnostic("TE004", message, where, "split it into several files")])
    return Source(name, data)
