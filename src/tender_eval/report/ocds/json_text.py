"""Data as JSON text with exact numbers and nothing that could steer a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fractions import Fraction

from tender_eval.languages.inert import is_safe
from tender_eval.model.digits import fixed

PLACES = 12  # of an amount that has no end as a decimal


_NOT_ASCII = re.compile(r"[^\x00-\x7e]")


def json_text(value: object, indent: str) -> str:
    """Data as JSON text with exact numbers; characters that could steer a terminal are escaped."""
    further = indent + "  "
    match value:
        case Mapping():
            parts = [f"{_text(str(key))}: {json_text(part, further)}" for key, part in value.items()]
            return _block("{", parts, "}", indent)
        case list() | tuple():
            return _block("[", [json_text(part, further) for part in value], "]", indent)
        case Fraction():
            return _number(value)
        case str():
            return _text(value)
        case _:
            return json.dumps(value)


def _block(opening: str, parts: list[str], closing: str, indent: str) -> str:
    if not parts:
        return opening + closing
    inside = ",\n".join(f"{indent}  {part}" for part in parts)
    return f"{opening}\n{inside}\n{indent}{closing}"


def _text(text: str) -> str:
    shows = json.dumps(text, ensure_ascii=False)
    return _NOT_ASCII.sub(lambda found: found[0] if is_safe(found[0]) else json.dumps(found[0])[1:-1], shows)


def _number(value: Fraction) -> str:
    """A number in full where it ends, else to `PLACES`.

    >>> _number(Fraction(5, 2)), _number(Fraction(12)), _number(Fraction(1, 3))
    ('2.5', '12', '0.333333333333')
    """
    rest, places = value.denominator, 0
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest, places = rest // (10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2), places + 1
    text = fixed(value, places if rest == 1 else PLACES)
    return text.rstrip("0").rstrip(".") if "." in text else text
