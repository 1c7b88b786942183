"""Text of others as data and in columns: safe to show, and no wider than it may be."""

from __future__ import annotations

import json
import re

from tender_eval.base.inert import inert, is_safe

__all__ = ["ELLIPSIS", "cut", "inert", "is_safe", "json_text", "width"]

ELLIPSIS = "…"

_NOT_ASCII = re.compile(r"[^\x00-\x7e]")


def json_text(data: object) -> str:
    r"""Data as JSON that is safe to show: what is not plainly visible stands in texts as an escape of JSON.

    >>> print(json_text({"name": "Alder \u202e£"}), end="")
    {
      "name": "Alder \u202e£"
    }
    """
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _NOT_ASCII.sub(lambda found: found[0] if is_safe(found[0]) else json.dumps(found[0])[1:-1], text) + "\n"


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
