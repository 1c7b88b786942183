"""Mends of JSON files in JSON: keys in quotation marks, and names too, where YAML needs none."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_OF_YAML = re.compile(r"indent its keys below [\w.-]+:, or |, or one item a line after a dash")
_WORD = r"(?<![\w\"'./-])(?!it\b)[A-Za-z_][\w-]*"
_KEY = re.compile(
    rf"{_WORD}(?=: (?:\.\.\.|[\[{{\"]))"  # before a value that is shown
    rf"|(?:(?<=write )|(?<=add )|(?<=state )|(?<=with )|(?<=such as )|(?<=remove )|(?<=, or )){_WORD}(?=: )"
    rf"|(?:(?<=, )|(?<=[{{])){_WORD}(?=: [^:]*[,}}])"
)
_ITEM = r"[A-Za-z][\w/.>=-]*"
_NAME = re.compile(rf'(?<=": )(?!true\b|false\b|null\b){_ITEM}(?: or {_ITEM})*(?=[,;}}\]]|$| if | \()')
_LISTED = re.compile(rf'(?<=": \[){_ITEM}(?:, {_ITEM})*(?=\])')
_ITEMS = re.compile(rf"\b(?!or ){_ITEM}")


def is_json(name: str) -> bool:
    """Whether a file is JSON by its name."""
    return PurePosixPath(name).suffix.lower() == ".json"


def in_json(hint: str) -> str:
    """A mend with what it shows of the file in JSON; what is in JSON already stays as it is.

    >>> in_json("indent its keys below prices:, or write prices: {setup: ..., paid: once}")
    'write "prices": {"setup": ..., "paid": "once"}'
    >>> in_json("add agreed: ..., or the individual marks"), in_json("write format: tender-eval/bids/1")
    ('add "agreed": ..., or the individual marks', 'write "format": "tender-eval/bids/1"')
    >>> in_json("write price: ... below lots: north:"), in_json("ties: [price, lots] settles it")
    ('write "price": ... below lots: north:', '"ties": ["price", "lots"] settles it')
    """
    shown = _NAME.sub(_items_quoted, _KEY.sub(_quoted, _OF_YAML.sub("", hint)))
    return _LISTED.sub(_items_quoted, shown)


def _quoted(match: re.Match[str]) -> str:
    return f'"{match[0]}"'


def _items_quoted(match: re.Match[str]) -> str:
    return _ITEMS.sub(_quoted, match[0])
