"""A spreadsheet cell to the text it stands for. What could be read in two ways is named, never guessed."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from functools import lru_cache

from tender_eval.files.numbers import MARK, Role
from tender_eval.files.tables.headings import Expected
from tender_eval.files.workbook.book import Cell, ErrorValue, Uncalculated
from tender_eval.files.workbook.number_formats import hidden_text, shown_as
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Text

_FRACTION = re.compile(r"[?#0]\s*/\s*[?#0-9]")  # a number format such as # ?/?
_SCALED = re.compile(r"[0#?],+(?![0#?,])")  # a comma behind the digits divides what is shown by a thousand
SIGNIFICANT_DIGITS = 15  # what a spreadsheet shows and lets one write; more is a remnant of binary arithmetic
_CALCULATE = "open it in a spreadsheet program, let it calculate, and save it"
_SHOW = "format the cell so that it shows what it holds, or correct it"


def cell_text(
    cell: Cell, where: Location, expected: Expected, problems: Problems, role: Role | None = None
) -> Text | None:
    """The text of a cell; None where it is empty, or cannot be used and that is noted.

    Args:
        expected: what its column holds.
        role: of its figures, where they can be no share.
    """
    match cell.value:
        case Uncalculated():
            problems.add("TE057", where, "the formula here was never calculated", _CALCULATE)
            return None
        case ErrorValue():
            problems.add("TE065", where, f"the cell holds the error {cell.value}", "mend its formula")
            return None
        case str():
            if seen := hidden_text(cell.shows):
                _not_shown(f'"{cell.value[:60]}"', seen, where, problems)
            return Text(cell.value.strip(), where) if cell.value.strip() else None
        case bool():
            return Text(str(cell.value).lower(), where)
        case int() | float():
            return _number(cell.value, cell.shows, where, expected, problems, role)
        case _:
            return _date(cell.value, where, expected, problems)


def _not_shown(held: str, seen: str, where: Location, problems: Problems) -> None:
    problems.add("TE069", where, f"the cell holds {held} and shows {seen}", _SHOW)


@lru_cache(maxsize=256)
def _shown_as(number_format: str) -> str:
    """How a cell shows another number than it holds; empty where it does not.

    >>> [_shown_as(f) for f in ("0%", "# ?/?", "#,##0,", "#,##0.00", "General")]
    ['as a percentage', 'as a fraction', 'in thousands', '', '']
    """
    if "%" in number_format:
        return "as a percentage"
    if _FRACTION.search(number_format):
        return "as a fraction"
    return "in thousands" if _SCALED.search(number_format) else ""


def _plainly(role: Role | None) -> str:
    """What to write in place of what could be read in two ways."""
    if role is MARK:
        return "the mark on the scheme's scale, not the share of full marks that it earns"
    return f"{role.what} in digits" if role else "the plain figure"


def _number(
    value: float, shows: str, where: Location, expected: Expected, problems: Problems, role: Role | None
) -> Text | None:
    if isinstance(value, float) and not math.isfinite(value):
        problems.add("TE013", where, f"{value} is not a number", "write plain digits")
        return None
    exact = plain(value)
    if (shown := _shown_as(shows)) and expected != "declaration":
        message = f"the cell holds {exact} and shows it {shown}: it could be read in two ways"
        problems.add("TE060", where, message, f"format the cell as a number and write {_plainly(role)}")
        return None
    digits = _digits(exact)
    if digits > SIGNIFICANT_DIGITS and expected != "text":
        message = f"the cell holds {exact}, which a spreadsheet shows as {_as_shown(exact)}"
        hint = "round it in the sheet, as in =ROUND(..., 2), so that what is shown is what counts"
        problems.add("TE014", where, message, hint)
        return None
    if digits <= SIGNIFICANT_DIGITS and (seen := shown_as(exact, shows)):
        if not seen[-1].isdigit():
            _not_shown(exact, seen, where, problems)
            return None
        message = f"the cell holds {exact} and shows {seen}: {exact} counts"
        hint = "if what is shown is meant, round it in the sheet, as in =ROUND(..., 0); else show all its places"
        problems.tell("TE068", where, message, hint)
    return Text(exact, where)


def _digits(exact: str) -> int:
    """How many digits a number has between its zeros, where they may be too many."""
    if len(exact) <= SIGNIFICANT_DIGITS:
        return 0
    return len(exact.lstrip("-").replace(".", "").strip("0"))


def plain(number: float | Decimal) -> str:
    """The number in digits, without exponent and without empty decimals; floats by their shortest text.

    >>> [plain(n) for n in (10350.0, 0.1, 1e21, 12, Decimal("3.50"), -0.0)]
    ['10350', '0.1', '1000000000000000000000', '12', '3.5', '0']
    """
    if isinstance(number, int):
        return str(number)
    text = format(Decimal(repr(number)) if isinstance(number, float) else Decimal(number), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _as_shown(exact: str) -> str:
    return plain(Decimal(f"{Decimal(exact):.{SIGNIFICANT_DIGITS - 1}e}"))


def _date(
    value: datetime.date | datetime.time | datetime.timedelta,
    where: Location,
    expected: Expected,
    problems: Problems,
) -> Text | None:
    written = str(value) if isinstance(value, datetime.timedelta) else value.isoformat()
    whole_day = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    if expected == "figure" or (expected == "free" and not whole_day):
        message = f"the cell holds the date or time {written}, where a figure or an id is expected"
        hint = "format the cell as a number, or as text for an id, and write the value again"
        problems.add("TE059", where, message, hint)
        return None
    return Text(written, where)
