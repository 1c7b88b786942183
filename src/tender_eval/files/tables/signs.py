"""What a table shows that could be missed: headings further down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LOOKED_THROUGH = 30  # rows in which headings are looked for


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
