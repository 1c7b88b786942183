"""A reading of YAML text without its values: its structure, and the first place where it is broken or out of bounds.

It follows the grammar as libyaml reads it (YAML 1.1), so that whatever it lets pass both parsers of PyYAML read
alike. One pass, in time that grows with the text alone; most lines are passed by one regular expression.
"""

from __future__ import annotations

from tender_eval.base.bounds import BREAKS, Broken, Fault, long_key, too_many
from tender_eval.base.limits import DEEPEST, LONGEST_KEY, MOST_ENTRIES
from tender_eval.base.pattern import Pattern
from tender_eval.files.text import faults
from tender_eval.files.text.brackets import Brackets
from tender_eval.files.text.ordinary import FEW, ORDINARY
from tender_eval.files.text.scalars import MARKER, block_scalar
from tender_eval.files.text.tokens import ENDS, Block

_SPACE = Pattern("[ \t]*+")
_DIRECTIVE = Pattern(rf"%(YAML +1\.\d|TAG +!\S*+ +\S++)[ \t]*+(?:#[^{BREAKS}]*+)?(?=[{BREAKS}]|\Z)")


def first_fault(text: str) -> Fault | None:
    """The first place of a text that is broken or out of bounds, or None for a text that a parser may have."""
    try:
        _Scan(text).run()
    except Broken as e:
        return e.fault
    return None


class _Scan(Brackets):
    """Reads lines, and inside brackets as its base does."""

    def run(self) -> None:
        while True:
            if self._usual and self._fresh and not self._flows:
                self._ordinary_lines()
            self._to_token()
            if self._at >= self._end:
                break
            if self._flows:
                self._in_flow()
            else:
                self._in_block()
        if self._flows:
            raise faults.unclosed(self._text, self._flows[-1].began, self._end)
        if self._directives and not self._document:
            raise faults.no_start(self._end)

    def _ordinary_lines(self) -> None:
        """Pass over lines that hold nothing but a key and a plain value, or nothing but small brackets."""
        text, at = self._text, self._line
        while found := ORDINARY.match(text, at):
            column, follows = found.end(1) - at, found.end()
            dash, name, bare, value = found.group(2, 3, 4, 5)
            if bare and value is None:
                break
            value, alone = (None, value) if bare else (value, None)
            inner = column + 2 if dash else column
            # A plain value goes on in a line that is indented further.
            if (value or alone) and text.startswith(" " * (inner + 1), follows):
                break
            self._close_beyond(column)
            if not (self._takes_item(column, at, name) if dash or alone else self._takes_key(column)):
                break
            self._count += 1
            if (value or alone or "a")[0] in "[{":
                self._count += text.count(",", at, follows) + 1
            if self._count > MOST_ENTRIES:
                raise too_many(at)
            self._wanted = name is not None and value is None
            at = follows
        if at != self._line:
            self._at = self._line = at
            self._keys, self._above = True, ""

    def _takes_item(self, column: int, at: int, key: str | None) -> bool:
        """Whether the list that is open takes a further item in a column, with a mapping begun by its first key."""
        top = self._blocks[-1] if self._blocks else None
        if top is None or not top.is_list or top.column != column or self._depth + 1 + FEW >= DEEPEST:
            return False
        if key is not None:
            self._push(column + 2, False, at + column + 2)
        return True

    def _takes_key(self, column: int) -> bool:
        """Whether the mapping that is open takes a further key in a column."""
        if not self._blocks or self._depth + FEW >= DEEPEST:
            return False
        self._end_list_at(column)
        top = self._blocks[-1]
        return not top.is_list and top.column == column and not top.asked

    def _close_beyond(self, column: int) -> None:
        """A line begins in a column: what is indented further has ended."""
        while self._blocks and self._blocks[-1].column > column:
            self._blocks.pop()
            self._depth -= 1
            self._wanted = False

    def _end_list_at(self, column: int) -> None:
        """End a list whose dashes stand in the column of the keys above it."""
        blocks = self._blocks
        if len(blocks) > 1 and blocks[-1].is_list and blocks[-1].column == blocks[-2].column == column:
            blocks.pop()
            self._depth -= 1

    def _in_block(self) -> None:
        text, at = self._text, self._at
        column = at - self._line
        sign = text[at]
        if self._fresh:
            if column == 0 and self._marker(sign):
                return
            self._close_beyond(column)
            if self._directives and not self._document:
                raise faults.no_start(at)
            self._document = self._document or 1
            if self._document == 2:
                raise faults.second_document(at)
        ends = self._next() in ENDS
        if sign == "-" and ends:
            self._dash(column)
        elif sign == "?" and ends:
            self._question(column)
        elif sign == ":" and ends:
            self._colon(column)
        else:
            self._node(column)

    def _marker(self, sign: str) -> bool:
        """Whether a line begins or ends a document, or is a directive."""
        text, at = self._text, self._at
        if sign == "%" and not self._document:
            found = _DIRECTIVE.match(text, at)
            if not found or found[1] in self._directives:
                raise faults.cannot_begin(at, sign)
            self._directives.add(found[1])
            self._at, self._fresh = found.end(), False
            return True
        if not MARKER.match(text, at):
            return False
        self._at += 3
        self._blocks.clear()
        self._depth = 0
        self._fresh = False
        if sign == ".":
            if not self._document:
                raise faults.no_start(at)
            self._document = 2
            self._wanted, self._keys = False, False
            return True
        if self._document:
            raise faults.second_document(at)
        self._document, self._wanted, self._keys = 1, True, False
        return True

    def _dash(self, column: int) -> None:
        top = self._blocks[-1] if self._blocks else None
        if not self._keys:
            raise faults.list_in_line(self._text, self._at)
        if top and top.column == column:
            if not top.is_list:
                if not self._wanted:
                    raise faults.out_of_line(self._text, self._at, top.began, top.is_list)
                self._push(column, True)
        elif self._wanted:
            self._push(column, True)
        else:
            raise self._misplaced()
        self._more(self._at)
        self._at += 1
        self._begin_value()

    def _question(self, column: int) -> None:
        self._key_at(column, self._at)
        self._blocks[-1].asked = True
        self._at += 1
        self._begin_value()

    def _colon(self, column: int) -> None:
        """A value that stands apart from its key, which "? " began."""
        self._end_list_at(column)
        top = self._blocks[-1] if self._blocks else None
        if not self._keys or top is None or top.column != column or not top.asked:
            raise faults.colon(self._text, self._at)
        top.asked = False
        self._at += 1
        self._begin_value()

    def _begin_value(self) -> None:
        """A value may begin behind a sign that stands apart, with a key of its own."""
        self._wanted, self._keys, self._fresh, self._above = True, True, False, ""

    def _push(self, column: int, is_list: bool, at: int | None = None) -> None:
        at = self._at if at is None else at
        self._deeper(at)
        self._blocks.append(Block(column, is_list, at))

    def _key_at(self, column: int, at: int) -> None:
        """A key begins in a column: of the mapping that is open there, or of a new one."""
        blocks = self._blocks
        if not self._keys:
            raise faults.colon(self._text, at)
        self._end_list_at(column)
        if blocks and blocks[-1].column == column:
            if blocks[-1].is_list:
                raise faults.out_of_line(self._text, at, blocks[-1].began, True)
            blocks[-1].asked = False
        elif self._wanted:
            self._push(column, False, at)
        else:
            raise self._misplaced(at)
        self._more(at)

    def _misplaced(self, at: int | None = None) -> Broken:
        at = self._at if at is None else at
        top = self._blocks[-1] if self._blocks else None
        if not self._fresh or top is None:
            return faults.something_follows(at)
        return faults.out_of_line(self._text, at, top.began, top.is_list)

    def _node(self, column: int) -> None:
        text, start, keys = self._text, self._at, self._keys
        must = keys and bool(self._blocks) and self._blocks[-1].column == column
        if not self._wanted and not keys:
            raise faults.something_follows(start)
        above, self._above = self._above, ""
        if self._properties():
            if must:
                raise faults.no_colon(start)
            if not self._wanted:
                raise self._misplaced(start)
            if set(above) & set(self._seen):
                raise faults.cannot_begin(start, text[start])
            self._above = above + self._seen
            self._keys = self._fresh = False
            return
        sign = text[self._at]
        if sign in "[{|>" and set(above) & set(self._seen):
            raise faults.cannot_begin(start, text[start])
        if sign in "[{":
            if not self._wanted and not must:
                raise self._misplaced(start)
            self._outer, self._outer_line = (start, keys), self._line
            self._begin_flow(sign == "[")
            return
        if sign in "|>":
            if must and self._seen:
                raise faults.no_colon(start)
            if not self._wanted:
                raise self._misplaced(start)
            self._block_scalar()
            return
        line = self._line
        self._scalar(sign)
        twice = bool(above and (sign == "*" or set(above) & set(self._seen)))
        if twice and self._wanted and self._colon_behind() is None:
            raise faults.cannot_begin(start, text[start])
        self._after_node(start, column, keys, self._scalar_line == line)

    def _after_node(self, start: int, column: int, keys: bool, one_line: bool) -> None:
        """A scalar or brackets have ended: they are a key where a colon follows, else a value."""
        text = self._text
        if (colon := self._colon_behind()) is not None:
            if not keys or not one_line:
                raise faults.colon(text, colon)
            if colon - start > LONGEST_KEY:
                raise long_key(start)
            self._key_at(column, start)
            self._at = colon + 1
            self._wanted, self._keys, self._fresh = True, False, False
            return
        if keys and self._blocks and self._blocks[-1].column == column:
            raise faults.no_colon(start)
        if not self._wanted:
            raise self._misplaced(start)
        self._wanted = False
        if not self._crossed:
            self._keys = self._fresh = False

    def _colon_behind(self) -> int | None:
        """Where the colon stands that makes a key of what was just read; None where there is none."""
        found = None if self._crossed else _SPACE.match(self._text, self._at)
        colon = found.end() if found else self._end
        is_key = self._text.startswith(":", colon) and self._text[colon + 1 : colon + 2] in ENDS
        return colon if is_key else None

    def _block_scalar(self) -> None:
        indent = self._blocks[-1].column if self._blocks else -1
        self._at = self._line = block_scalar(self._text, self._at, indent)
        self._wanted, self._keys, self._fresh = False, True, True
