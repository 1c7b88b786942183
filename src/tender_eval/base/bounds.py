"""How large and how deep a file may be, and what a reading of its text finds; before any library sees the text.

The same file is refused at the same place in the same words whichever parser is installed, and no parser is given
what could take it more than its share of time or memory.
"""

from __future__ import annotations

from typing import NamedTuple

from tender_eval.base.limits import DEEPEST, LONGEST_KEY, MOST_ENTRIES
from tender_eval.base.pattern import Pattern

BREAKS = "\n\r\x85\u2028\u2029"  # where YAML 1.1 ends a line
ONE_BREAK = f"(?:\r\n|[{BREAKS}])"
BREAK = Pattern(ONE_BREAK)
_NOT_ALLOWED = Pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]|[\ud800-\udfff]|[\ufeff\ufffe\uffff]")


_SHORTER = "shorten it; what stands before the first colon of a line is its key, unless it is in quotes"


class Fault(NamedTuple):
    """What is wrong with a text, at which character of it (from 0), and how to mend it."""

    at: int
    message: str
    hint: str
    code: str = "TE003"


class Broken(Exception):
    """Ends a reading at the first fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def too_deep(at: int) -> Broken:
    """A collection that begins within too many others."""
    return Broken(Fault(at, f"nested deeper than {DEEPEST} levels", "flatten it", "TE004"))


def long_key(at: int) -> Broken:
    """A key, or the name of an anchor or a tag, that is too long."""
    return Broken(Fault(at, f"a key of more than {LONGEST_KEY} characters", _SHORTER, "TE004"))


def too_many(at: int) -> Broken:
    """Where the entries of a file become too many."""
    return Broken(Fault(at, f"more than {MOST_ENTRIES} keys and items", "split the file", "TE004"))


def strange_character(text: str) -> Fault | None:
    """The first character that YAML does not allow at all."""
    found = _NOT_ALLOWED.search(text)
    if found is None:
        return None
    what = "the byte order mark" if found[0] == "\ufeff" else "the control character"
    return Fault(found.start(), f"{what} U+{ord(found[0]):04X} does not belong in a text file", "remove it")


def place(text: str, at: int) -> tuple[int, int]:
    """The line and column of a character, both from 1."""
    line, start = 1, 0
    for found in BREAK.finditer(text, 0, at):
        line, start = line + 1, found.end()
    return line, at - start + 1


def line_around(text: str, at: int) -> tuple[int, str]:
    """Where the line of a character begins, and what it reads."""
    start = max(text.rfind(sign, 0, at) for sign in BREAKS) + 1
    found = BREAK.search(text, at)
    return start, text[start : found.start() if found else len(text)]
