"""Where the tokens of YAML text begin and end, and how deep and how many they are."""

from __future__ import annotations

import re

from tender_eval.base.bounds import BREAKS, long_key, too_deep, too_many
from tender_eval.base.limits import DEEPEST, LONGEST_KEY, MOST_ENTRIES
from tender_eval.base.pattern import Pattern
from tender_eval.files.text import faults
from tender_eval.files.text.scalars import FLOW_WORDS, WORDS, plain, quoted

ENDS = frozenset((*" \t", *BREAKS, ""))
"""What stands behind a sign that is a token of its own."""

_BREAK = f"(?:\r\n|[{BREAKS}])"
_REST = f"[^{BREAKS}]*+"
_TO_TOKEN = Pattern(f"(?: *+(?:#{_REST})?{_BREAK})*+()(?: *+)(?:#{_REST})?+")  # from the begin of a line
_TO_FLOW_TOKEN = Pattern(f"(?:[ \t]*+(?:#{_REST})?{_BREAK})*+()[ \t]*+(?:#{_REST})?+")
_LINE_END = Pattern(f"[ \t]*+(?:#{_REST})?+({_BREAK}?)")
_KEY_NEXT = Pattern(f" *+(?:#{_REST})?+({_BREAK}?)")  # behind a dash, where libyaml takes no tab
_ANCHOR = Pattern(rf"[&*][0-9A-Za-z_-]++(?=[ \t{BREAKS}?:,\]}}%@`]|\Z)")
_TAG = Pattern(rf"!(?:<[^>\s]++>|[\w;/?:@&=+$.~*'()%!-]*+)(?=[ \t{BREAKS}]|\Z)", re.ASCII)
_FLOW_TAG = Pattern(rf"!(?:<[^>\s]++>|[\w;/?:@&=+$.~*'()%!-]*+)(?=[ \t{BREAKS},]|\Z)", re.ASCII)


class Block:
    """An open mapping or list of lines: its column, whether it is a list, where it began."""

    __slots__ = ("asked", "began", "column", "is_list")

    def __init__(self, column: int, is_list: bool, began: int) -> None:
        self.column = column
        self.is_list = is_list
        self.began = began
        self.asked = False  # a "? key" waits for its ": value"


class Flow:
    """An open bracket: where it stands, which it is, what may come next, and where the last key began."""

    __slots__ = ("began", "is_list", "key", "pair", "state")

    def __init__(self, began: int, is_list: bool) -> None:
        self.began = began
        self.is_list = is_list
        self.state = 0
        self.key = began
        self.pair = False  # one pair in a list, which is a mapping of its own


class Reading:
    """How far a text was read, and what is open there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = len(text)
        self._usual = text.isascii() or not any(sign in text for sign in BREAKS[2:])  # breaks are line feeds
        self._at = 0
        self._line = 0  # where the line begins
        self._fresh = True  # nothing of the line was read
        self._wanted = True  # a value may begin
        self._keys = True  # a key, or a dash, may begin
        self._blocks: list[Block] = []
        self._flows: list[Flow] = []
        self._depth = 0
        self._count = 0
        self._directives: set[str] = set()
        self._document = 0  # 0 before any, 1 in the first, 2 after its end
        self._seen = ""  # whether the last node had an anchor or a tag
        self._above = ""  # the same of one whose anchor or tag stands in a line of its own
        self._scalar_line = 0  # where the last line of the last scalar begins
        self._crossed = False  # the last scalar was plain, and the reading went on to the next line
        self._outer_line = 0
        self._outer = (0, True)  # where the outermost bracket, or what precedes it, began; whether it may be a key

    def _to_token(self) -> None:
        text = self._text
        if self._flows:
            found = _TO_FLOW_TOKEN.match(text, self._at)
            if found and found.start(1) != self._at:
                self._line = found.start(1)
            self._at = found.end() if found else self._at
            return
        if not self._fresh:
            found = (_KEY_NEXT if self._keys else _LINE_END).match(text, self._at)
            if not found:
                return
            self._at = found.end()
            if not found[1]:
                if self._keys and text.startswith("\t", self._at):
                    raise faults.tab(self._at)
                return
            self._line, self._fresh, self._keys = self._at, True, True
        found = _TO_TOKEN.match(text, self._at)
        if found:
            if found.start(1) != self._at:
                self._line = found.start(1)
            self._at = found.end()
        if text.startswith("\t", self._at):
            raise faults.tab(self._at)

    def _next(self) -> str:
        return self._text[self._at + 1 : self._at + 2]

    def _more(self, at: int) -> None:
        self._count += 1
        if self._count > MOST_ENTRIES:
            raise too_many(at)

    def _deeper(self, at: int) -> None:
        if self._depth >= DEEPEST:
            raise too_deep(at)
        self._depth += 1

    def _properties(self) -> bool:
        """Pass the anchor and tag of a node, if it has them; whether nothing follows them in the line."""
        text, seen, tags = self._text, "", _FLOW_TAG if self._flows else _TAG
        while (sign := text[self._at : self._at + 1]) and sign in "&!":
            found = (_ANCHOR if sign == "&" else tags).match(text, self._at)
            if not found or sign in seen:
                raise faults.cannot_begin(self._at, sign)
            if found.end() - self._at > LONGEST_KEY:
                raise long_key(self._at)
            seen += sign
            self._at = found.end()
            if self._flows:
                self._to_token()
            else:
                end = _LINE_END.match(text, self._at)
                if not end or end[1] or end.end() == self._end:
                    self._seen = seen
                    return True
                self._at = end.end()
        self._seen = seen
        if seen and (sign == "*" or (not self._flows and sign in "-?:" and self._next() in ENDS)):
            raise faults.list_in_line(text, self._at) if sign == "-" else faults.cannot_begin(self._at, sign)
        return False

    def _scalar(self, sign: str) -> None:
        """Pass an alias, or text with or without quotes."""
        text, at = self._text, self._at
        self._crossed = False
        if sign == "*":
            found = _ANCHOR.match(text, at)
            if not found:
                raise faults.cannot_begin(at, sign)
            if found.end() - at > LONGEST_KEY:
                raise long_key(at)
            self._at = found.end()
        elif sign in "\"'":
            self._at, self._line = quoted(text, at, self._line)
        elif self._is_plain(sign):
            words = FLOW_WORDS if self._flows else WORDS
            indent = self._blocks[-1].column + 1 if self._blocks else 0
            found_plain = plain(text, at, words, self._line, indent, bool(self._flows))
            self._at, self._scalar_line, self._line = found_plain
            self._crossed = self._line != self._scalar_line
            if self._crossed and not self._flows:
                self._fresh = self._keys = True
            return
        else:
            raise faults.cannot_begin(at, sign)
        self._scalar_line = self._line

    def _is_plain(self, sign: str) -> bool:
        follows = self._next()
        if sign == "-":
            return follows not in ENDS
        if sign in "?:":
            return not self._flows and follows not in ENDS
        return sign not in ",[]{}#&*!|>'\"%@`"
