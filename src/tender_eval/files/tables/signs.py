"""What a table shows that could be missed: headings further down, figures that are shown rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

LOOKED_THROUGH = 30  # rows in which headings are looked for
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.([0#?]+))?")


def headings_below(rows: Iterable[Sequence[str]], known: re.Pattern[str]) -> int | None:
    """Which of the first rows seem to hold the headings, from 0; None where the first does, or none.

    Args:
        known: what a heading matches.
    """
    for n, row in enumerate(rows):
        filled = [cell.strip() for cell in row if cell.strip()]
        if "id" in filled and (n == 0 or (len(filled) > 1 and all(map(known.fullmatch, filled)))):
            return n or None
        if n >= LOOKED_THROUGH:
            break
    return None


@lru_cache(maxsize=256)
def places_shown(number_format: str) -> int | None:
    """How many decimals a number format shows; None where it says nothing of them.

    >>> [places_shown(f) for f in ("0", '"GBP" #,##0.00', "General", "0.0E+00", "@", "[Red]0;0.0")]
    [0, 2, None, None, None, 0]
    """
    first = _LITERAL.sub("", number_format).split(";", maxsplit=1)[0]
    found = _DIGITS.search(first)
    if found is None or "general" in first.casefold() or re.search(r"[Ee][+-]|/", first):
        return None
    return len(found[1] or "")


def shown_as(exact: str, number_format: str) -> str:
    """What a cell shows of a number where that is another; empty where it is the same.

    >>> shown_as("3.6", "0"), shown_as("3.60", "0.00"), shown_as("100.49", "#,##0"), shown_as("2.5", "General")
    ('4', '', '100', '')
    """
    places = places_shown(number_format)
    if places is None:
        return ""
    number = Decimal(exact)
    shown = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return "" if shown == number else f"{shown:f}"
