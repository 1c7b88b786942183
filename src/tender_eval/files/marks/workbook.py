"""Sheets of marks in a workbook: every sheet of it with headings of marks, and whose they are from the hidden one."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.files.marks.rows import columns_in, heading, lacking, refuse_no_sheet, row_of
from tender_eval.files.numbers import MARK
from tender_eval.files.source import Source
from tender_eval.files.tables.headings import Expected
from tender_eval.files.tables.xlsx_cells import cell_text
from tender_eval.files.tables.xlsx_sheet import SheetCells, read_sheet
from tender_eval.files.workbook.book import Cell, OpenedBook, Sheet, SheetRow, open_book
from tender_eval.files.workbook.part import PartFault
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Text
from tender_eval.model.panel import SHEET, Returned, Row

CASE = "Case"
"""The hidden sheet that says of which case and person the others are."""
PRESENT = "Present"
"""The sheet of a meeting that says who was there."""
_YES = ("yes", "y", "x", "true", "1")


def read_workbook(source: Source, problems: Problems) -> Returned | None:
    """A workbook of marks as it was returned, or None with the problems noted."""
    book = open_book(source, problems)
    if book is None:
        return None
    where = Location(source.name)
    named = book.named(CASE)
    said = _pairs(book, named[0], source.name, problems) if len(named) == 1 else {}
    if said.get("format") != SHEET:
        refuse_no_sheet(where, problems, f'its hidden sheet "{CASE}" is not there' if not said else "")
        return None
    rows: list[Row] = []
    present: tuple[str, ...] = ()
    found = False
    for sheet in book.sheets:
        if sheet in named:
            continue
        cells = read_sheet(book, sheet, source.name, Problems() if sheet.hidden else problems)
        if sheet.hidden:
            if cells is not None and columns_in(_texts(cells)):  # else its marks would be lost without a word
                message = f'the sheet "{sheet.name}" holds marks and is hidden'
                problems.add("TE061", Location(source.name, cell=sheet.name), message, "show it, or remove it")
            continue
        if cells is None:
            continue
        if sheet.name.strip().casefold() == PRESENT.casefold():
            present = tuple(_present(cells))
        elif (marks := _marks(cells, problems)) is not None:
            found = True
            rows += marks
    if not found and not problems:
        refuse_no_sheet(where, problems, "no sheet of it has the headings bid, criterion, mark and reason")
    case, person, check = (said.get(name, "") for name in ("case", "person", "check"))
    return Returned(case, person, check, tuple(rows), where, present)


def _pairs(book: OpenedBook, sheet: Sheet, source: str, problems: Problems) -> dict[str, Text]:
    """Keys and values of the hidden sheet."""
    found: dict[str, Text] = {}
    try:
        for row in book.opened(sheet).rows():
            texts = [str(cell.value) for cell in row.cells]
            if len(texts) == 2:
                found.setdefault(texts[0], Text(texts[1], Location(source, cell=f"{sheet.name}!B{row.number}")))
    except PartFault as e:
        problems.add(e.code, Location(source, cell=sheet.name), f"it cannot be read: {e.message}")
    return found


def _marks(cells: SheetCells, problems: Problems) -> list[Row] | None:
    """The rows of a sheet, or None where it has no headings of marks."""
    headed = columns_in(_texts(cells))
    if headed is None:
        if name := lacking(_texts(cells)):
            message = f'the sheet "{cells.name}" has no heading "{name}"'
            where = Location(cells.source, cell=cells.name)
            problems.add("TE533", where, message, f"head the column {name} again, as the sheet was written")
        return None
    first, columns = headed
    names = {column: name for name, column in columns.items()}
    found = []
    for row in cells.rows[first + 1 :]:
        read = {names[cell.column]: cell for cell in row.cells if cell.column in names}
        if "mark" in read or "reason" in read or "note" in read:
            texts = {name: _text(cells, row, name, cell, problems) for name, cell in read.items()}
            found.append(row_of(texts, cells.place(row, row.cells[0])))
    return found


def _texts(cells: SheetCells) -> list[dict[int, object]]:
    """What stands in the cells of each row, by column."""
    return [{cell.column: cell.value for cell in row.cells} for row in cells.rows]


def _text(cells: SheetCells, row: SheetRow, name: str, cell: Cell, problems: Problems) -> Text | None:
    """What stands in a cell; a formula there is refused, for what it shows is nothing that somebody wrote."""
    where = cells.place(row, cell)
    if cell.formula:
        problems.add("TE533", where, f"the {name} here is a formula", f"write the {name} itself")
        return None
    kind: Expected = "figure" if name == "mark" else "text"
    return cell_text(cell, where, kind, problems, MARK if name == "mark" else None)


def _present(cells: SheetCells) -> Iterator[Text]:
    """Whoever has a yes under the heading ``present``, by id."""
    at = {heading(cell.value): cell.column for row in cells.rows[:1] for cell in row.cells}
    for row in cells.rows[1:]:
        by_column = {cell.column: cell for cell in row.cells}
        who, there = (by_column.get(at.get(name, 0)) for name in ("id", "present"))
        if who and there and str(there.value).strip().casefold() in _YES:
            yield Text(str(who.value), cells.place(row, who))
