"""Text of others made safe to show: nothing in it can steer a terminal or reorder what is read."""

from __future__ import annotations

import unicodedata

# Control characters, format characters (bidi overrides and isolates, zero width), halves of surrogate
# pairs, and the separators that some terminals take for line ends.
_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def inert(text: str) -> str:
    r"""The text with every character that is not plainly visible written as an escape.

    >>> print(inert("Care\x1b[2J \u202eltd"))
    Care\x1b[2J \u202eltd
    """
    if text.isprintable():  # to Python nothing is that is unsafe, nor much that is safe
        return text
    return "".join(_escape(c) if unicodedata.category(c) in _UNSAFE else c for c in text)


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
