"""A workbook by openpyxl: its sheets found, and their cells with what may not be passed over in silence."""

from __future__ import annotations

import warnings
import zlib
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from typing import NamedTuple
from zipfile import BadZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from tender_eval.files.source import Source
from tender_eval.files.tables.table import MOST_COLUMNS, MOST_ROWS
from tender_eval.files.tables.xlsx_package import SheetFacts, scan_sheet, undecodable
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location

# openpyxl has no one error for a broken workbook; these are what its parsers raise.
_BROKEN = (
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    OverflowError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


class Cell(NamedTuple):
    """A cell that holds something: its place, its value as openpyxl gives it, and its number format."""

    where: Location
    value: object
    shows: str


class SheetRow(NamedTuple):
    """A row that holds something: its number, and its filled cells by column number, both from 1."""

    number: int
    cells: dict[int, Cell]


class Sheet(NamedTuple):
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


class OpenedWorkbook:
    """An open workbook."""

    def __init__(self, source: Source, reader: ExcelReader) -> None:
        self._source = source
        self._book = reader.wb
        self.sheets = tuple(
            Sheet(sheet.name, rel.target, sheet.state != "visible")
            for sheet, rel in reader.parser.find_sheets()
            if rel.target in reader.valid_files and "chartsheet" not in rel.Type
        )

    def close(self) -> None:
        self._book.close()

    def named(self, title: str) -> list[Sheet]:
        """The sheets of this name, in any case."""
        return [sheet for sheet in self.sheets if sheet.name.strip().casefold() == title.casefold()]

    def rows(self, sheet: Sheet, problems: Problems) -> list[SheetRow] | None:
        """The rows that hold anything. What hides a value, or leaves it open, is noted at its cell."""
        where = Location(self._source.name, cell=sheet.name)
        if sheet.hidden:
            problems.add("TE061", where, f'the sheet "{sheet.name}" is hidden', "show it, or remove it")
        facts = scan_sheet(self._source, sheet.part)
        if facts.fault and (told := undecodable(self._source)):
            problems.extend([told])
            return None
        if facts.fault:
            code = "TE004" if facts.too_large else "TE003"
            message = f'the sheet "{sheet.name}" cannot be read: {facts.fault}'
            problems.add(code, where, message, "copy the bids into a new workbook (.xlsx)")
            return None
        for merged in facts.merged:
            place = where._replace(cell=f"{sheet.name}!{merged.partition(':')[0]}")
            problems.add("TE058", place, f"the cells {merged} are merged", "unmerge them and fill every cell")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep: styling, extensions
            try:
                rows = self._filled(sheet, facts, problems)
            except _BROKEN as e:
                if told := undecodable(self._source):
                    problems.extend([told])
                    return None
                hint = "open it in a spreadsheet program and save it again"
                problems.add("TE003", where, f'the sheet "{sheet.name}" is damaged: {_error_text(e)}', hint)
                return None
        _refuse_hidden(rows, facts, problems)
        return rows

    def _filled(self, sheet: Sheet, facts: SheetFacts, problems: Problems) -> list[SheetRow]:
        worksheet = self._book[sheet.name]
        worksheet.reset_dimensions()  # what the file says of its own size need not be true
        found: list[SheetRow] = []
        for number, cells in enumerate(worksheet.iter_rows(), 1):
            row = SheetRow(number, {})
            for column, cell in enumerate(cells, 1):
                where = Location(self._source.name, cell=f"{sheet.name}!{get_column_letter(column)}{number}")
                value = cell.value
                if value is None:
                    if facts.formulas.get((number, column)) is False:  # a formula may result in empty text
                        hint = "open it in a spreadsheet program, let it calculate, and save it"
                        problems.add("TE057", where, "the formula here was never calculated", hint)
                elif cell.data_type == "e":
                    problems.add("TE065", where, f"the cell holds the error {value}", "mend its formula")
                elif str(value).strip():
                    row.cells[column] = Cell(where, value, cell.number_format or "")
            if row.cells:
                found.append(row)
                if _too_large(found, problems):
                    break
        return found


def open_book(source: Source, problems: Problems) -> OpenedWorkbook | None:
    """The workbook, or None with the reason noted."""
    # openpyxl prints one of its complaints (a style that does not exist) where the results belong.
    with warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        try:
            reader = ExcelReader(BytesIO(source.data), read_only=True, data_only=True, keep_links=False)
            reader.read()
            return OpenedWorkbook(source, reader)
        except _BROKEN as e:
            if told := undecodable(source):
                problems.extend([told])
                return None
            hint = "open it in a spreadsheet program and save it again as .xlsx"
            problems.add("TE003", Location(source.name), f"the workbook is damaged: {_error_text(e)}", hint)
            return None


def _error_text(error: BaseException) -> str:
    first = str(error).strip().partition("\n")[0]
    return first[:120] or type(error).__name__


def _too_large(rows: list[SheetRow], problems: Problems) -> bool:
    last = max(rows[-1].cells)
    where = rows[-1].cells[last].where
    if last > MOST_COLUMNS:
        message = f"a value beyond the first {MOST_COLUMNS} columns"
        problems.add("TE004", where, message, "remove the columns that are not read")
        return True
    if len(rows) > MOST_ROWS + 1:
        problems.add("TE004", where, f"more than {MOST_ROWS} rows", "split the file")
        return True
    return False


def _refuse_hidden(rows: list[SheetRow], facts: SheetFacts, problems: Problems) -> None:
    """A value that nobody sees may decide nothing."""
    told: set[int] = set()
    for row in rows:
        if row.number in facts.hidden_rows:
            first = next(iter(row.cells.values()))
            message = f"row {row.number} is hidden and holds values"
            problems.add("TE061", first.where, message, "show the row, or delete it")
        for column, cell in row.cells.items():
            if column not in told and facts.hides_column(column):
                told.add(column)
                message = f"column {get_column_letter(column)} is hidden and holds values"
                problems.add("TE061", cell.where, message, "show the column, or delete it")
