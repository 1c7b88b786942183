"""The parsers of PyYAML: that in C, and where it was not built that in Python, made to read text as the other does.

The one in Python takes no tabs between tokens or inside text without quotes, no question mark inside such text in
brackets, and no comment close behind "|" and ">".
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from tender_eval.base.bounds import BREAK, BREAKS, ONE_BREAK
from tender_eval.base.pattern import Pattern
from tender_eval.files.text.scalars import FLOW_WORDS, WORDS, plain

_BETWEEN = Pattern(f"(?:[ \t]*+(?:#[^{BREAKS}]*+)?{ONE_BREAK})*+()[ \t]*+(?:#[^{BREAKS}]*+)?+")
_FOLDED = Pattern(f"[ \t]*+({ONE_BREAK})((?:[ \t]*+{ONE_BREAK})*+)[ \t]*+")
_HEADER = Pattern("([+-]?)([1-9]?)([+-]?)")
_REST_OF_LINE = Pattern(f"[ \t]*+(?:#[^{BREAKS}]*+)?")


class PythonLoader(yaml.SafeLoader):
    """PyYAML's parser in Python, for text in which `first_fault` finds nothing."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text
        self._here: Any = self  # what its bases keep is not in their types

    def _pass(self, pattern: Pattern) -> tuple[str, ...]:
        """Go past what a pattern matches, which may be nothing; what its groups hold."""
        here = self._here
        found = pattern.match(self._text, here.pointer)
        if found is None:
            return ("",) * pattern.groups
        here.forward(found.end() - here.pointer)
        return found.groups("")

    def scan_to_next_token(self) -> None:
        before = self._here.line
        self._pass(_BETWEEN)
        if self._here.line > before and not self._here.flow_level:
            self._here.allow_simple_key = True

    def scan_plain(self) -> yaml.ScalarToken:
        here, start = self._here, self._here.get_mark()
        at, flow = here.pointer, bool(here.flow_level)
        end, _, _ = plain(
            self._text, at, FLOW_WORDS if flow else WORDS, at - here.column, here.indent + 1, flow
        )  # fmt: skip
        raw = self._text[at:end]
        words = raw.rstrip(" \t" + BREAKS)
        if BREAK.search(self._text, at + len(words), end):
            here.allow_simple_key = True
        here.forward(end - at)
        return yaml.ScalarToken(_FOLDED.sub(_fold, words), True, start, here.get_mark())

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        before, digit, after = self._pass(_HEADER)
        keep = before or after
        return (None if not keep else keep == "+"), int(digit) if digit else None

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        self._pass(_REST_OF_LINE)
        self._here.scan_line_break()


def _fold(found: re.Match[str]) -> str:
    first, more = found[1], "".join(_normal(one[0]) for one in BREAK.finditer(found[2]))
    if first not in "\u2028\u2029":
        return more or " "
    return first + more


def _normal(sign: str) -> str:
    return sign if sign in "\u2028\u2029" else "\n"


Loader: Any = getattr(yaml, "CSafeLoader", PythonLoader)
