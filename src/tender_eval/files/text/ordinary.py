"""What most lines of YAML are, as regular expressions by which they are passed: a key with one plain or quoted value,
an item of a list, or a small collection in brackets. Each takes only what the way by tokens takes too."""

from __future__ import annotations

import re

from tender_eval.files.text.bounds import BREAKS

_W = r"[\w.£€][\w./%()+;@' -]*+"
_ONE = f"""(?:{_W}|"[^"\\\\{BREAKS}]*+"|'[^'{BREAKS}]*+') *+"""
_NAME = r"[A-Za-z_][\w.-]{0,99}+"
# Each part stands once, with the comma or the end behind it: the time to compile the expression is felt at every start.
_IN_LIST, _IN_MAP = r"(?:, *+(?!\])|(?=\]))", r"(?:, *+(?!\})|(?=\}))"
_INNER = rf"(?:\[ *+(?:{_ONE}{_IN_LIST})*+\] *+|\{{ *+(?:{_NAME}: ++{_ONE}{_IN_MAP})*+\}} *+|{_ONE})"
_LIST2 = rf"\[ *+(?:{_INNER}{_IN_LIST})*+\] *+"
_MAP2 = rf"\{{ *+(?:{_NAME}: ++{_INNER}{_IN_MAP})*+\}} *+"
FEW = 2  # levels of brackets in an ordinary line
_ANY = rf"""{_LIST2}|{_MAP2}|"[^"\\{BREAKS}]*+" *+|'[^'{BREAKS}]*+' *+|[\w.£€(][^:#\t{BREAKS}]*+"""
ORDINARY = re.compile(
    rf"( *+)(?:(- )?+({_NAME}):(?: ++(?![\r\n])|(?=[\r\n]))|(- ))({_ANY})?+(?:\r\n|\n)(?! *+(?:[\t{BREAKS}#]|\Z))"
)
ITEMS = re.compile(f"(?:{_ONE}, *+)++")
PAIRS = re.compile(rf"""(?:(?:{_NAME}: ++|"[^"\\{BREAKS}]{{0,99}}+": *+){_ONE}, *+)++""")
