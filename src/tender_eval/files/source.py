"""Bytes in, with their name and digest. Nothing larger than is safe is read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from tender_eval.base.limits import LARGEST
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location

MARK = "\ufeff"  # the byte order mark, which some programs write in front
_LINE_END = re.compile("\r\n|[\n\r]")


@dataclass(frozen=True)
class Source:
    """A file as it was read: its name as the user gave it and its bytes.

    ``recorded`` is of one that stands in a record: words that no figure hangs on may be those of another version.
    ``reader`` is the plugin's reader that was asked for by its name, empty where none was.
    ``second_bids`` is of bids in a record of a version that counted bids: a supplier may have several for one lot.
    """

    name: str
    data: bytes
    recorded: bool = False
    second_bids: bool = False
    reader: str = ""

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, in hex."""
        import hashlib  # only a record needs it

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
        if found := not_text(self.name, self.data):
            raise Refused([found])
        return self.data.decode("utf-8").lstrip(MARK)  # programs that write the mark write it again where there is one


def not_text(name: str, data: bytes) -> Diagnostic | None:
    """TE002 at the first byte that is not text in UTF-8, or None where there is none."""
    try:
        begin = data.decode("utf-8")[:4]
    except UnicodeDecodeError as e:
        return _not_utf8(name, data, e.start)
    return _not_utf8(name, data, data.index(b"\0")) if "\0" in begin and _wide(data) else None


def _not_utf8(name: str, data: bytes, at: int) -> Diagnostic:
    """What to say of a byte that is not part of text in UTF-8."""
    before = data[:at].decode("utf-8").lstrip(MARK)
    *above, line = _LINE_END.split(before)
    where = Location(name, len(above) + 1, len(line) + 1)
    excel = PurePosixPath(name).suffix.lower() in (".csv", ".tsv")
    how = "in Excel: 'CSV UTF-8 (comma delimited)'" if excel else "in Notepad: 'Save as', with the encoding UTF-8"
    hint = f"save it as UTF-8 ({how})"
    if wide := _wide(data):
        return Diagnostic("TE002", f"byte 0x{data[at]:02x} is not UTF-8 text", where, f"it is {wide}: {hint}")
    after = f', after "{line.lstrip()[-30:]}"' if line.strip() else ""
    if _is_cut_short(data[at:]):
        message = f"the file ends in the middle of a character, with byte 0x{data[at]:02x}{after}"
        return Diagnostic("TE002", message, where, "take the file over again, for its end is missing; or " + hint)
    return Diagnostic("TE002", f"byte 0x{data[at]:02x} is not UTF-8 text{after}", where, hint)


def _wide(data: bytes) -> str:
    """The encoding of a text in which a character takes two bytes or more; empty where it seems to be none."""
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") or data[:3] == b"\0\0\0" or data[1:4] == b"\0\0\0":
        return "UTF-32"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"\0" in data[:2] and len(data) > 1 and data[:2] != b"\0\0"):
        return "UTF-16"
    return ""


def _is_cut_short(rest: bytes) -> bool:
    """Whether bytes are the begin of one character in UTF-8 whose end is missing."""
    if len(rest) > 3:
        return False
    try:
        return not codecs.getincrementaldecoder("utf-8")().decode(rest, final=False)
    except UnicodeDecodeError:
        return False


def _near(path: Path) -> str:
    """A hint for a file that cannot be read: one beside it of nearly that name."""
    from difflib import get_close_matches  # only a mistake needs it

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
