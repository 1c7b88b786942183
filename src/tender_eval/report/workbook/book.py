"""A workbook in memory: text that stays text, numbers, and formulas with the value that they should give.

Everything that a bidder or evaluator wrote goes through `Page.text`: it can become no formula, no link and no
markup, its control and bidirectional characters are shown as escapes, and it is cut with a note where a cell
would not hold it.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert, width
from tender_eval.model.digits import shown

WORDS = catalogue("workbook")

LINE_HEIGHT = 15.75  # points
MOST_LINES = 27  # a row is at most 409 points high
FULL_LINE = 1.05  # most letters are narrower than the digit that widths are counted in
LONGEST = 32_767  # characters of a cell, counted as Excel does: in UTF-16 units
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's date has no zone; fixed, so that its bytes repeat
Value = float | str | bool
_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\t": " "})


def safe(text: str) -> str:
    """A text as a cell may show it: inert, on one line, and no longer than a cell holds.

    >>> safe("=1+1"), safe("a\\u202eb")
    ('=1+1', 'a\\\\u202eb')
    """
    shows = inert(text.replace("\r\n", " ").translate(_BREAKS))
    if not shows.isascii():
        shows = "".join(_written(c) for c in shows)
    if _units(shows) <= LONGEST:
        return shows
    note = WORDS("cut", n=len(text))
    room, kept = LONGEST - _units(note), 0
    for at, character in enumerate(shows):
        kept += _units(character)
        if kept > room:
            return shows[:at] + note
    return shows


def _written(character: str) -> str:
    """Characters that XML cannot hold are no control characters, and would make the file unreadable."""
    if unicodedata.category(character) == "Cn" and ord(character) & 0xFFFE == 0xFFFE:
        return f"\\U{ord(character):08x}"
    return character


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class Cell(NamedTuple):
    """A cell of a sheet, both counted from zero."""

    sheet: str
    row: int
    column: int

    @property
    def here(self) -> str:
        """Its name within its sheet: ``$C$5``."""
        return f"${xl_col_to_name(self.column)}${self.row + 1}"

    @property
    def name(self) -> str:
        """Its name anywhere in the workbook: ``Working!$C$5``."""
        return f"{self.sheet}!{self.here}"


class Range(NamedTuple):
    """Cells of one column, from a first row to a last one."""

    sheet: str
    column: int
    first: int
    last: int

    @property
    def here(self) -> str:
        """Its name within its sheet: ``$C$5:$C$9``."""
        letters = xl_col_to_name(self.column)
        return f"${letters}${self.first + 1}:${letters}${self.last + 1}"

    @property
    def name(self) -> str:
        """Its name anywhere in the workbook."""
        return f"{self.sheet}!{self.here}"


@dataclass(slots=True)
class Checked:
    """A group of figures that are recomputed: where their check cells are, and how many values are not."""

    lot: str
    what: str
    cells: list[Cell] = field(default_factory=list)
    values: int = 0
    note: str = ""

    def ranges(self) -> list[Range]:
        """The check cells as ranges: one for each run of rows."""
        found: list[Range] = []
        for cell in self.cells:
            last = found[-1] if found else None
            if last and last.column == cell.column and last.sheet == cell.sheet and last.last == cell.row - 1:
                found[-1] = last._replace(last=cell.row)
            else:
                found.append(Range(cell.sheet, cell.column, cell.row, cell.row))
        return found


class Worksheet:
    """One sheet, written from the top."""

    def __init__(self, book: Workbook, name: str, widths: tuple[float, ...]) -> None:
        self.book, self.name, self.row = book, name, 0
        self.sheet = book.workbook.add_worksheet(name)
        self._widths: dict[int, float] = {}
        self._lines: dict[int, int] = {}
        self.widen(0, *widths)
        self.sheet.set_default_row(LINE_HEIGHT)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(WORDS("footer"))

    def widen(self, column: int, *widths: float) -> None:
        """Set the widths of columns, in characters, before they are written to."""
        for at, wide in enumerate(widths, column):
            self._widths[at] = wide
            self.sheet.set_column(at, at, wide)

    def text(self, column: int, text: str, **style: Any) -> Cell:
        """Write text that stays text."""
        shows = safe(text)
        if shows:
            self.sheet.write_string(self.row, column, shows, self.book.format(**style))
        elif style.get("bg_color"):
            self.sheet.write_blank(self.row, column, None, self.book.format(**style))
        if style.get("text_wrap"):
            self._make_room(column, shows)
        return self.here(column)

    def lines(self, column: int, texts: Sequence[str], **style: Any) -> Cell:
        """Write texts that stay text, one below the other in one cell."""
        shows = [safe(text) for text in texts]
        self.sheet.write_string(self.row, column, "\n".join(shows), self.book.format(text_wrap=True, **style))
        self._make_room(column, *shows)
        return self.here(column)

    def _make_room(self, column: int, *texts: str) -> None:
        """Make the row as high as the texts are long: not every program does so on opening."""
        per_line = max(1, int(self._widths.get(column, 8) * FULL_LINE))
        lines = min(MOST_LINES, sum(-(-width(text) // per_line) for text in texts))
        if lines > self._lines.get(self.row, 1):
            self._lines[self.row] = lines
            self.sheet.set_row(self.row, lines * LINE_HEIGHT)

    def number(self, column: int, value: Fraction | int, places: str = "General", **style: Any) -> Cell:
        """Write a number; one that no spreadsheet holds is written as text."""
        number = as_float(value)
        if number is None:
            return self.text(column, WORDS("too large", number=shown(value)), **style)
        self.sheet.write_number(self.row, column, number, self.book.format(num_format=places, **style))
        return self.here(column)

    def formula(self, column: int, formula: str, value: Any, places: str = "General", **style: Any) -> Cell:
        """Write a formula and the value that it should give, for viewers that work out nothing."""
        shows: Any = as_float(value) if isinstance(value, Fraction) else value
        form = self.book.format(num_format=places, **style)
        self.sheet.write_formula(self.row, column, f"={formula}", form, "" if shows is None else shows)
        return self.here(column)

    def check(self, column: int, formula: str, checked: Checked) -> None:
        """Write a formula that is true where the workbook agrees with tender-eval."""
        ok, differs = WORDS("ok"), WORDS("differs")
        cell = self.formula(column, f'IFERROR(IF({formula},"{ok}","{differs}"),"{differs}")', ok, align="center")
        checked.cells.append(cell)

    def heads(self, *texts: str, **style: Any) -> None:
        """Write a row of column heads."""
        for column, text in enumerate(texts):
            self.text(column, text, bold=True, text_wrap=True, bg_color="#D9E2EC", valign="top", border=1, **style)
        self.row += 1

    def heading(self, text: str, size: int = 12) -> None:
        """Write a heading on a row of its own."""
        self.text(0, text, bold=True, font_size=size)
        self.sheet.set_row(self.row, size * 1.5)
        self.row += 1

    def freeze(self, columns: int) -> None:
        """Keep the rows so far, and the first columns, in sight and on every printed page."""
        self.sheet.freeze_panes(self.row, columns)
        self.sheet.repeat_rows(self.row - 1)

    def here(self, column: int) -> Cell:
        """The cell of this column in the present row."""
        return Cell(self.name, self.row, column)

    def ref(self, cell: Cell) -> str:
        """A cell as formulas of this sheet name it."""
        return cell.here if cell.sheet == self.name else cell.name

    def mark_checks(self, column: int) -> None:
        """Make what differs in a column stand out, by more than its colour."""
        form = self.book.format(bold=True, font_color="#9C0006", bg_color="#FFC7CE")
        rule = {"type": "cell", "criteria": "==", "value": f'"{WORDS("differs")}"', "format": form}
        self.sheet.conditional_format(0, column, max(self.row, 1), column, rule)


class Workbook:
    """The workbook and what has been checked in it."""

    def __init__(self, title: str) -> None:
        self._file = io.BytesIO()
        plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.workbook = xlsxwriter.Workbook(self._file, plain)
        self.workbook.set_properties({"title": safe(title)[:255], "author": "tender-eval", "created": CREATED})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.checked: list[Checked] = []

    def page(self, key: str, *widths: float) -> Worksheet:
        """Add a sheet."""
        return Worksheet(self, WORDS(f"sheet.{key}"), widths)

    def format(self, **style: Any) -> Any:
        """The format of a style, made once."""
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            left = {"align": "left"} if style.get("indent") else {}
            self._formats[key] = self.workbook.add_format({"valign": "top"} | left | style)
        return self._formats[key]

    def checks(self, what: str, lot: str = "") -> Checked:
        """A new group of figures to check."""
        self.checked.append(Checked(lot, what))
        return self.checked[-1]

    def close(self) -> bytes:
        """The finished file."""
        self.workbook.close()
        return self._file.getvalue()


def as_float(value: Fraction | int) -> float | None:
    """The double nearest to a number, or None where there is none."""
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def decimals(places: int) -> str:
    """The number format of so many places.

    >>> decimals(0), decimals(2)
    ('0', '0.00')
    """
    return "0." + "0" * places if places else "0"
