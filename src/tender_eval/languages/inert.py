"""Text of others made safe to show: nothing in it can steer a terminal or reorder what is read."""

from __future__ import annotations

import json
import re
import unicodedata

ELLIPSIS = "…"

# Control characters, format characters (bidi overrides and isolates, zero width), halves of surrogate
# pairs, and the separators that some terminals take for line ends.
_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_NOT_ASCII = re.compile(r"[^\x00-\x7e]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def inert(text: str) -> str:
    r"""The text with every character that is not plainly visible written as an escape.

    >>> print(inert("Care\x1b[2J \u202eltd"))
    Care\x1b[2J \u202eltd
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(c) if unicodedata.category(c) in _UNSAFE else c for c in text)


def json_text(data: object) -> str:
    r"""Data as JSON that is safe to show: what is not plainly visible stands in texts as an escape of JSON.

    >>> print(json_text({"name": "Alder \u202e£"}), end="")
    {
      "name": "Alder \u202e£"
    }
    """
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _NOT_ASCII.sub(lambda found: found[0] if is_safe(found[0]) else json.dumps(found[0])[1:-1], text) + "\n"


def is_safe(character: str) -> bool:
    """Whether a character may be shown as it is."""
    return unicodedata.category(character) not in _UNSAFE


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> width("abc"), width("漢字")
    (3, 4)
    """
    if text.isascii():
        return len(text)
    from wcwidth import width as columns

    return columns(text)


def cut(text: str, most: int) -> str:
    """The text made inert, and cut with an ellipsis where it takes more columns than it may.

    >>> cut("Harbour House", 8)
    'Harbour…'
    """
    text = inert(text)
    if width(text) <= most:
        return text
    from wcwidth import clip

    return clip(text, 0, most - 1, fillchar="") + ELLIPSIS
