"""Cells of a workbook that people write in: which are open, and what they may hold is offered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tender_eval.report.workbook.book import Worksheet, safe

_LONGEST_LIST = 255  # characters of a list of choices, as Excel has it
OPEN = {"format_cells": True, "format_columns": True, "format_rows": True}
"""What may be done to a sheet whose other cells are locked."""


def offer(page: Worksheet, rows: tuple[int, int], column: int, **rule: Any) -> None:
    """Offer, or ask for, what the cells of a column may hold, from a first row to a last one."""
    page.sheet.data_validation(rows[0], column, rows[1], column, {"ignore_blank": True, **rule})


def choose(page: Worksheet, rows: tuple[int, int], column: int, choices: Iterable[str]) -> bool:
    """Offer one of some texts, and say whether a list of choices can hold them."""
    found = [safe(choice) for choice in choices]
    fits = bool(found) and len(",".join(found)) <= _LONGEST_LIST and not any("," in choice for choice in found)
    if fits:
        offer(page, rows, column, validate="list", source=found)
    return fits
