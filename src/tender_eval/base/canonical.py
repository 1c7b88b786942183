"""Canonical JSON (RFC 8785) of values that hold no number: text, truths, nothing, lists and mappings.

Numbers are written as text, exactly (``5/3``), so no two readers of a record can differ on one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NoReturn, cast

import rfc8785

from tender_eval.base.json_scan import first_json_fault

_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]{0,4299})(?:/[1-9][0-9]{0,4299})?")  # as many digits as Python prints

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
"""Writes what holds no number as RFC 8785 does, many times as fast as rfc8785, but sorts keys by their code points."""
_BEYOND = re.compile(rb"[\xf0-\xf4]")  # characters beyond U+FFFF, by which UTF-16 sorts otherwise

Data = None | bool | str | Sequence["Data"] | Mapping[str, "Data"]


class NotCanonical(ValueError):
    """Bytes that are no JSON, or JSON that may not stand in a record; says why."""


def canonical(value: Data) -> bytes:
    """The one way to write a value.

    >>> canonical({"b": "1/3", "a": [True, None]})
    b'{"a":[true,null],"b":"1/3"}'

    Raises:
        NotCanonical: text with half of a surrogate pair, which UTF-8 cannot hold.
    """
    try:
        written = _JSON.encode(value).encode()
    except (TypeError, UnicodeEncodeError):  # rfc8785 says why
        written = None
    if written is not None and _BEYOND.search(written) is None:
        return written
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as e:
        raise NotCanonical(str(e)) from None


def fraction(text: object) -> Fraction:
    """A figure as a record states it, ``5/3``: what `str` makes of a fraction, and nothing else.

    Raises:
        NotCanonical: it is no such text.
    """
    if isinstance(text, str) and _FRACTION.fullmatch(text):
        return Fraction(text)
    raise NotCanonical(f"{_short(text)} is no exact figure")


def digest(data: bytes) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(data).hexdigest()


def parse(line: bytes) -> dict[str, Data]:
    """A line as a mapping; whether it is canonical shows when it is written again.

    Raises:
        NotCanonical: it is not UTF-8, not JSON, not a mapping, or holds a number or a key twice.
    """
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as e:
        column = len(line[: e.start].decode("utf-8")) + 1
        raise NotCanonical(f"it is not JSON: byte 0x{line[e.start]:02x} in column {column} is not UTF-8 text") from None
    try:
        found = json.loads(
            text,
            object_pairs_hook=_once,
            parse_int=_no_number,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except NotCanonical:
        raise
    except RecursionError:
        raise NotCanonical("it is nested too deep") from None
    except ValueError:
        fault = first_json_fault(text)
        where = f" in column {fault.at + 1}" if fault else ""
        raise NotCanonical(f"it is not JSON{where}") from None
    if not isinstance(found, dict):
        raise NotCanonical("it is no mapping")
    return cast(dict[str, Data], found)


def _once(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotCanonical("a key stands twice")
    return made


def _short(value: object) -> str:
    text = str(value) if isinstance(value, str) else type(value).__name__
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'


def _no_number(text: str) -> NoReturn:
    raise NotCanonical(f"the number {text[:20]} is not in quotes")
