"""A reading of JSON text (RFC 8259) without its values: the first place where it is broken or out of bounds.

The words of the standard library for the same fault, and the depth that it bears, differ between versions of Python.
"""

from __future__ import annotations

import re

from tender_eval.base.bounds import Broken, Fault, long_key, too_deep, too_many
from tender_eval.base.limits import DEEPEST, LONGEST_KEY, MOST_ENTRIES
from tender_eval.base.pattern import Pattern

_HINT = "mend it there, or export the file again"
_SPACE = Pattern(r"[ \t\n\r]*+")
_STRING = r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+"'
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
_WORD = "true|false|null|NaN|-?Infinity"  # the last two, which JSON does not have, are told where values are
_TOKEN = Pattern(rf"({_STRING}|(?:{_WORD}|{_NUMBER})(?![\w.+-]))|([\[{{\]}},:])", re.ASCII)

_VALUE, _FIRST_ITEM, _FIRST_KEY, _KEY, _COLON, _AFTER, _DONE = range(7)
_MISSING = {
    _VALUE: "a value is missing before this",
    _FIRST_ITEM: 'a value or "]" is missing before this',
    _FIRST_KEY: 'a key in double quotes or "}" is missing before this',
    _KEY: "a key in double quotes is missing before this",
    _COLON: "a colon is missing before this",
    _AFTER: 'a comma or "{}" is missing before this',
    _DONE: "something follows here though the value has ended",
}


def first_json_fault(text: str) -> Fault | None:
    """The first place of a text that is no JSON or out of bounds, or None."""
    try:
        _Scan(text).run()
    except Broken as e:
        return e.fault
    return None


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._opened: list[str] = []  # the signs that close what is open
        self._expected = _VALUE
        self._count = 0

    def run(self) -> None:
        at, end = 0, len(self._text)
        while (at := self._past_space(at)) < end:
            found = _TOKEN.match(self._text, at)
            if found is None:
                raise _no_token(self._text, at)
            if found[2] is None:
                self._scalar(at, found.end())
            else:
                self._sign(at, found[2])
            if self._count > MOST_ENTRIES:
                raise too_many(at)
            at = found.end()
        if self._expected != _DONE:
            raise _not_json(end, "the file ends before its value does")

    def _past_space(self, at: int) -> int:
        found = _SPACE.match(self._text, at)
        return found.end() if found else at

    def _scalar(self, at: int, end: int) -> None:
        if self._expected in (_VALUE, _FIRST_ITEM):
            self._ended()
        elif self._expected in (_KEY, _FIRST_KEY) and self._text[at] == '"':
            if end - at > LONGEST_KEY:
                raise long_key(at)
            self._expected = _COLON
            self._count += 1
        else:
            raise self._missing(at)

    def _sign(self, at: int, sign: str) -> None:
        expected, opened = self._expected, self._opened
        if sign in "[{" and expected in (_VALUE, _FIRST_ITEM):
            if len(opened) >= DEEPEST:
                raise too_deep(at)
            opened.append("]" if sign == "[" else "}")
            self._expected = _FIRST_ITEM if sign == "[" else _FIRST_KEY
        elif sign == ":" and expected == _COLON:
            self._expected = _VALUE
        elif sign == "," and expected == _AFTER:
            self._expected = _VALUE if opened[-1] == "]" else _KEY
            self._count += opened[-1] == "]"
        elif opened and sign == opened[-1] and expected in (_AFTER, _FIRST_ITEM, _FIRST_KEY):
            opened.pop()
            self._ended()
        else:
            raise self._missing(at)

    def _ended(self) -> None:
        self._expected = _AFTER if self._opened else _DONE

    def _missing(self, at: int) -> Broken:
        behind_comma = self._expected in (_VALUE, _KEY) and self._text[:at].rstrip().endswith(",")
        hint = "write it, or remove the comma that stands before" if behind_comma else _HINT
        closing = self._opened[-1] if self._opened else ""
        return _not_json(at, _MISSING[self._expected].replace("{}", closing), hint)


def _not_json(at: int, why: str, hint: str = _HINT) -> Broken:
    return Broken(Fault(at, f"this is not JSON: {why}", hint))


def _no_token(text: str, at: int) -> Broken:
    if text[at] == '"':
        return _not_json(at, "this text in quotes is not closed, or has a line break, tab or code that JSON lacks")
    return _not_json(at, "neither text in double quotes, nor a number, true, false or null")
