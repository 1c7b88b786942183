"""What a table shows that could be missed: headings further down, bids in columns, rows that are no bids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tender_eval.files.tables.own_words import meant_by

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
        if _are_headings(filled, known):
            return n or None
        if n >= LOOKED_THROUGH:
            break
    return None


def bids_in_columns(rows: Iterable[Sequence[str]], known: re.Pattern[str]) -> bool:
    """Whether the table lies the other way: headings in its first column, and none in its first row.

    Args:
        known: what a heading matches.
    """
    some = [[cell.strip() for cell in row] for row, _ in zip(rows, range(LOOKED_THROUGH), strict=False)]
    while len(some) > 1 and sum(map(bool, some[0])) == 1:  # a title above
        del some[0]
    first = [cell for cell in some[0][1:] if cell] if some else []
    column = [row[0] for row in some if row and row[0]]
    return bool(first) and not any(_is_heading(cell, known) for cell in first) and _are_headings(column, known)


def _are_headings(filled: Sequence[str], known: re.Pattern[str]) -> bool:
    """Whether most of several cells are headings, in our words or in those of people."""
    count = sum(_is_heading(cell, known) for cell in filled)
    return count > 1 and count * 2 > len(filled)


def _is_heading(cell: str, known: re.Pattern[str]) -> bool:
    return bool(known.fullmatch(cell) or meant_by(cell))
