"""Mends of JSON files in JSON: keys in quotation marks, and names too, where YAML needs none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.location import Location

_INDENTED = re.compile(r"indent its keys below [\w.-]+:, or ")
_FIRST = re.compile(r"(?<=write )[A-Za-z_][\w-]*(?=: )|(?<=add )[A-Za-z_][\w-]*(?=: )|(?<=state )[A-Za-z_][\w-]*(?=: )")
_INNER = re.compile(r"(?<=[{,] )[A-Za-z_][\w-]*(?=: )|(?<=\{)[A-Za-z_][\w-]*(?=: )")
_NAME = re.compile(r'(?<=": )(?!true\b|false\b|null\b)[A-Za-z][\w/-]*(?=[,}\]]|$)')


def in_json(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The same, with the mends of what stands in JSON files written in JSON."""
    for one in found:
        named = one.where is not None and is_json(one.where)
        yield replace(one, hint=json_hint(one.hint)) if named else one


def is_json(where: Location) -> bool:
    """Whether a place is in a JSON file."""
    return PurePosixPath(where.source).suffix.lower() == ".json"


def json_hint(hint: str) -> str:
    """A mend with what it shows of the file in JSON.

    >>> json_hint("indent its keys below prices:, or write prices: {setup: ..., paid: once}")
    'write "prices": {"setup": ..., "paid": "once"}'
    >>> json_hint("add agreed: ..., or the individual marks"), json_hint("write format: tender-eval/bids/1")
    ('add "agreed": ..., or the individual marks', 'write "format": "tender-eval/bids/1"')
    """
    hint = _FIRST.sub(_quoted, _INDENTED.sub("", hint))
    shown, brace, rest = hint.partition("{")
    return _NAME.sub(_quoted, shown + _INNER.sub(_quoted, brace + rest))


def _quoted(match: re.Match[str]) -> str:
    return f'"{match[0]}"'
