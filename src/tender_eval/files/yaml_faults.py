"""What a YAML parser complains of, in words for people who do not know YAML.

PyYAML's parsers in C and in Python word their complaints differently; both are understood. What is not known
here is passed on as the parser says it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

LONGEST_SHOWN = 60  # characters of a line that a hint repeats
_NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES = "put text that holds : # { [ or quotes into quotes, and line up keys of one mapping"


class Fault(NamedTuple):
    """Where the text is broken (line and column from 1; 0 where unknown), what is wrong, how to mend it."""

    line: int
    column: int
    message: str
    hint: str


class _Mark(NamedTuple):
    line: int
    column: int


def fault_of(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """The fault that the parser stopped at; at an opening bracket or quote where that is what lacks its end."""
    at, began = _mark(error.problem_mark), _mark(error.context_mark)
    at = at or began or _Mark(0, 0)
    problem, context = str(error.problem or ""), str(error.context or "")
    lines = text.splitlines()
    line = lines[at.line - 1] if 0 < at.line <= len(lines) else ""
    found = _in_brackets(context, at, began) or _in_text(problem, context, at, began, line)
    return found or _out_of_line(problem, context, at, began, line) or Fault(*at, f"not YAML: {problem}", _QUOTES)


def strange_character(text: str) -> Fault:
    """The first character that YAML does not allow at all."""
    found = _NOT_ALLOWED.search(text)
    before = text[: found.start()] if found else ""
    what = f"the control character U+{ord(found[0]):04X}" if found else "a control character"
    message = f"{what} does not belong in a text file"
    return Fault(before.count("\n") + 1, len(before) - before.rfind("\n"), message, "remove it")


def _mark(mark: yaml.Mark | None) -> _Mark | None:
    return _Mark(mark.line + 1, mark.column + 1) if mark else None


def _in_brackets(context: str, at: _Mark, began: _Mark | None) -> Fault | None:
    """An opening bracket without its end, or a comma missing inside."""
    if "flow" not in context or began is None:
        return None
    opening, closing = ("{", "}") if "mapping" in context else ("[", "]")
    hint = f'separate what stands inside by commas and end it with "{closing}"; put text that has brackets in quotes'
    if at.line > began.line:
        return Fault(*began, f'this "{opening}" is not closed, or a comma is missing, before line {at.line}', hint)
    return Fault(*at, f'a comma or "{closing}" is missing before this', hint)


def _in_text(problem: str, context: str, at: _Mark, began: _Mark | None, line: str) -> Fault | None:
    """Text that lacks its quotes, or whose quotes go wrong."""
    here = line[at.column - 1 : at.column]
    if "quoted scalar" in context and "end of stream" in problem:
        return Fault(*(began or at), "the quote that opens here is never closed", "close it with the same quote")
    if "unknown escape" in problem:
        hint = "use single quotes, or write the backslash twice"
        return Fault(*at, "a backslash inside double quotes begins a code, and this is none", hint)
    if here == "\t" or "tab character" in problem:
        return Fault(*at, "a tab stands where only spaces may", "indent with spaces: YAML allows no tabs there")
    if "cannot start any token" in problem or "scanning an alias" in context or "scanning an anchor" in context:
        sign = line[began.column - 1 : began.column] if began and "scanning an" in context else here
        place = began if began and "scanning an" in context else at
        return Fault(*place, f'text cannot begin with "{sign}" here', "put the text in quotes")
    if "block scalar" in context:
        return Fault(*at, "text stands beside the sign for text on the lines below", "begin the text on the next line")
    if "mapping values are not allowed" in problem and ": " in line[: at.column - 1]:
        return Fault(*at, 'a second ": " in one line: text that has one needs quotes', _quoted(line))
    return None


def _out_of_line(problem: str, context: str, at: _Mark, began: _Mark | None, line: str) -> Fault | None:
    """A line that is indented wrongly, or is no entry at all."""
    first = len(line) - len(line.lstrip(" ")) + 1
    if "mapping values are not allowed" in problem:
        hint = "begin it in the column of the key above, or put the text above in quotes where it goes on here"
        return Fault(at.line, first, "this line is indented further than the one that it follows", hint)
    if "could not find expected ':'" in problem and began:
        hint = "write key: value, with a space after the colon"
        return Fault(*began, 'this line has no ": " and so is neither key nor value', hint)
    if began is None or "while parsing a block" not in context:
        return None
    if at.column > first:
        hint = "put the whole text in quotes, and write a single quote inside single quotes twice"
        return Fault(*at, "something follows here though the value has ended", hint)
    if line.lstrip().startswith("- ") and "mapping" in context:
        return Fault(*at, "an item of a list stands among keys", "indent the list below its key, or remove the dash")
    what = "the keys" if "mapping" in context else "the items of the list"
    message = f"this line does not line up with {what} that began in line {began.line}, column {began.column}"
    return Fault(*at, message, "begin what belongs together in the same column")


def _quoted(line: str) -> str:
    """How the line reads with its value in quotes."""
    key, _, value = line.strip().removeprefix("- ").partition(": ")
    if any(sign in value for sign in "\"'\\{}[]#") or len(line) > LONGEST_SHOWN:
        return "put the text after the first colon in quotes"
    return f'write {key}: "{value}"'
