"""What most lines of YAML are, as regular expressions by which they are passed: a key with one plain or quoted value,
an item of a list, or a small collection in brackets. Each takes only what the way by tokens takes too. They serve
texts whose lines end with a line feed, as all but a few do: a set that holds signs beyond Latin-1 takes ten times as
long to compile, which would be felt at every start."""

from __future__ import annotations

from tender_eval.base.pattern import Pattern

_W = r"[\w.£][\w./%()+;@' -]*+"
_ONE = rf"""(?:{_W}|"[^"\\\r\n]*+"|'[^'\r\n]*+') *+"""
_NAME = r"[A-Za-z_][\w.-]{0,99}+"
# Each part stands once, with the comma or the end behind it, as the expression is compiled at every start.
_IN_LIST, _IN_MAP = r"(?:, *+(?!\])|(?=\]))", r"(?:, *+(?!\})|(?=\}))"
_INNER = rf"(?:\[ *+(?:{_ONE}{_IN_LIST})*+\] *+|\{{ *+(?:{_NAME}: ++{_ONE}{_IN_MAP})*+\}} *+|{_ONE})"
_LIST2 = rf"\[ *+(?:{_INNER}{_IN_LIST})*+\] *+"
_MAP2 = rf"\{{ *+(?:{_NAME}: ++{_INNER}{_IN_MAP})*+\}} *+"
FEW = 2  # levels of brackets in an ordinary line
_ANY = rf"""{_LIST2}|{_MAP2}|"[^"\\\r\n]*+" *+|'[^'\r\n]*+' *+|[\w.£(][^:#\t\r\n]*+"""
ORDINARY = Pattern(
    rf"( *+)(?:(- )?+({_NAME}):(?: ++(?![\r\n])|(?=[\r\n]))|(- ))({_ANY})?+(?:\r\n|\n)(?! *+(?:[\t\r\n#]|\Z))"
)
ITEMS = Pattern(f"(?:{_ONE}, *+)++")
PAIRS = Pattern(rf"""(?:(?:{_NAME}: ++|"[^"\\\r\n]{{0,99}}+": *+){_ONE}, *+)++""")
