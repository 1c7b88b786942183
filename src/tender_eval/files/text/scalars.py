"""Where the scalars of YAML text end: in quotes, without them, and on lines of their own."""

from __future__ import annotations

import re
from functools import cache

from tender_eval.base.bounds import BREAK, BREAKS, ONE_BREAK
from tender_eval.base.pattern import Pattern
from tender_eval.files.text import faults

_REST = f"[^{BREAKS}]*+"
_WORD = f"(?:[^ \t:{BREAKS}]|:(?=[^ \t{BREAKS}]))++"
_FLOW_WORD = rf"(?:[^ \t:,\[\]{{}}{BREAKS}]|:(?=[^ \t,?\[\]{{}}{BREAKS}]))++"
WORDS = Pattern(f"{_WORD}(?:[ \t]++(?!#){_WORD})*+")
FLOW_WORDS = Pattern(f"{_FLOW_WORD}(?:[ \t]++(?!#){_FLOW_WORD})*+")
MARKER = Pattern(rf"(?:---|\.\.\.)(?=[ \t{BREAKS}]|\Z)")
"""Where a document begins or ends, at the begin of a line."""

_FOLD = Pattern(f"[ \t]*+(?:{ONE_BREAK}()[ \t]*+)*+")  # the group is where the last line begins
_COLON_SIGN = Pattern(r"[ \t]*+:(?=[,?\[\]{}])")
_DOUBLE = Pattern(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SINGLE = Pattern("'(?:[^']++|'')*+'")
_MARKED_LINE = Pattern(rf"{ONE_BREAK}(?:---|\.\.\.)(?=[ \t{BREAKS}])")
_HEX = "[0-9A-Fa-f]"
_HALF = "[dD][89a-fA-F]"  # of a surrogate pair, which stands for no character
_ESCAPE = Pattern(
    rf"\\(?:[0abt\tnvfre \"/\\N_LP]|x{_HEX}{{2}}|u(?!{_HALF}){_HEX}{{4}}"
    rf"|U(?:0000(?!{_HALF}){_HEX}{{4}}|000[1-9A-Fa-f]{_HEX}{{4}}|0010{_HEX}{{4}})|{ONE_BREAK}|(.))",
    re.DOTALL,
)
_HEADER = Pattern("[|>](?:[+-][1-9]?|[1-9][+-]?)?")
_AFTER_HEADER = Pattern(f"[ \t]*+(?:#{_REST})?({ONE_BREAK}|\\Z)")
_LEADING = Pattern(f"(?: *+{ONE_BREAK})*+ *+")


def quoted(text: str, at: int, line: int) -> tuple[int, int]:
    """Where text in quotes ends, and where the line begins in which it does."""
    double = text[at] == '"'
    found = (_DOUBLE if double else _SINGLE).match(text, at)
    if found is None:
        raise faults.open_quote(at)
    end = found.end()
    if double and text.find("\\", at, end) >= 0:
        for escape in _ESCAPE.finditer(text, at, end):
            if escape[1] is not None:
                raise faults.escape(escape.start())
    last = _last_line(text, at, end, line)
    if last != line and (marked := _MARKED_LINE.search(text, at, end)):
        raise faults.marker_in_quotes(marked.end() - 3)
    return end, last


def plain(text: str, at: int, words: Pattern, line: int, indent: int, flow: bool) -> tuple[int, int, int]:
    """Where text without quotes ends, and the begins of the line in which it does and of that where reading goes on.

    Args:
        words: what it may hold within one line.
        line: where its line begins.
        indent: the least column of a line with which it goes on.
    """
    found = words.match(text, at)
    if found is None:  # a colon before a bracket or a comma
        raise faults.colon_inside(at)
    while True:
        end = found.end()
        if flow and (sign := _COLON_SIGN.match(text, end)):
            raise faults.colon_inside(sign.end() - 1)
        gap = _FOLD.match(text, end)
        below = gap.start(1) if gap else -1
        if gap is None or below < 0:
            return end, line, line
        after = gap.end()
        if text.find("\t", end, after) >= 0 and (early := _early_tab(indent).search(text, end, after)):
            raise faults.tab(early.end() - 1)
        column = after - below
        goes_on = after < len(text) and text[after] != "#" and (flow or column >= indent)
        if not goes_on or (column == 0 and MARKER.match(text, after)):
            return after, line, below
        found = words.match(text, after)
        if found is None:
            if flow and _COLON_SIGN.match(text, after):
                raise faults.colon_inside(after)
            return after, line, below
        line = below


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at


def block_scalar(text: str, at: int, indent: int) -> int:
    """Where the line after the text of a "|" or ">" begins.

    Args:
        indent: the column of the mapping or list that holds it; -1 where there is none.
    """
    head = _HEADER.match(text, at)
    end = head.end() if head else at
    rest = _AFTER_HEADER.match(text, end)
    if rest is None:
        raise faults.beside_block(_past_blanks(text, end))
    begin = rest.end()
    digit = next((sign for sign in text[at + 1 : end] if sign.isdigit()), "")
    if digit:
        width = max(indent, 0) + int(digit)
    else:
        leading = _LEADING.match(text, begin)
        first = leading.end() if leading else begin
        if text.startswith("\t", first):
            raise faults.tab(first)
        width = max(indent + 1, 1, *(len(one) for one in BREAK.split(text[begin:first])))
    body = _body(width).match(text, begin)
    after = body.end() if body else begin
    if early := Pattern(f" {{0,{width - 1}}}\t").match(text, after):
        raise faults.tab(early.end() - 1)
    return after


@cache
def _body(width: int) -> Pattern:
    return Pattern(f"(?: {{{width}}}{_REST}(?:{ONE_BREAK}|\\Z)| {{0,{width - 1}}}{ONE_BREAK})*+")


@cache
def _early_tab(indent: int) -> Pattern:
    """A tab before the column in which a line must begin."""
    return Pattern(f"{ONE_BREAK} {{0,{indent - 1}}}\t" if indent else r"(?!)")


def _last_line(text: str, at: int, end: int, line: int) -> int:
    """Where the last line begins of what stands between two places, the first of them in ``line``."""
    if BREAK.search(text, at, end) is None:
        return line
    return max(line, *(text.rfind(sign, at, end) + 1 for sign in BREAKS))
