"""Bids in XLSX: a sheet "Bids" with one row a bid, and others beside it that say more of the bids and the tender."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tender_eval.files.fields import role_of
from tender_eval.files.reader import Reader
from tender_eval.files.source import Source
from tender_eval.files.tables.headings import Expected, expected
from tender_eval.files.tables.long_form import (
    BY_LOT,
    DISCOUNTS,
    LOTS,
    MARKS,
    MEMBERS,
    PACKAGES,
    Grid,
    Joined,
    expected_of,
    marks_file,
)
from tender_eval.files.tables.signs import LOOKED_THROUGH as MOST
from tender_eval.files.tables.table import Row, refuse_points, refuse_shape, restate
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Table, Text

if TYPE_CHECKING:
    from tender_eval.files.tables.xlsx_sheet import SheetCells
    from tender_eval.files.workbook.book import OpenedBook, Sheet, SheetRow

_OF_THE_FILE = ("currency", "notes")  # keys of the sheet "Tender" that stand beside the tender
_TENDER = "column A is for keys (id, title, annual_value, areas, currency, notes), column B for values"


class XlsxReader(Reader):
    """Bids in a workbook. A cell is the place of its value: ``bids.xlsx!Bids!C7``."""

    name = "xlsx"
    suffixes = (".xlsx",)

    def recognises(self, source: Source) -> bool:
        """Also the other workbook formats, to say how to mend them."""
        return source.suffix in (".xlsx", ".xlsm", ".xls", ".ods")

    def read(self, source: Source, problems: Problems) -> Table | None:
        from tender_eval.files.workbook.book import open_book  # most runs need no workbook

        book = open_book(source, problems)
        return _read(book, Location(source.name), problems) if book else None


def _read(book: OpenedBook, where: Location, problems: Problems) -> Table | None:
    from tender_eval.files.tables.xlsx_sheet import read_sheet

    sheet = _bids_sheet(book, where, problems)
    cells = read_sheet(book, sheet, where.source, problems) if sheet else None
    file = _bids(cells, where, problems) if cells is not None else None
    for tender in book.named("Tender"):
        if tender != sheet and (cells := read_sheet(book, tender, where.source, problems)) is not None:
            _add_tender(file if file is not None else Table(where), cells, where, problems)
    if file is not None:
        _join(file, book, sheet, where, problems)
    return file


_JOINED = {
    "Lots": LOTS, "Bids by lot": BY_LOT, "Marks": MARKS, "Consortium": MEMBERS, "Packages": PACKAGES,
    "Discounts": DISCOUNTS,
}  # fmt: skip
"""Sheets beside the bids that are read with them, by what their rows are."""


def _join(file: Table, book: OpenedBook, bids: Sheet | None, where: Location, problems: Problems) -> None:
    """Add what further sheets say of the bids."""
    from tender_eval.files.tables.xlsx_sheet import read_sheet

    joined = Joined(file, problems)
    add = {
        LOTS: joined.add_lots, BY_LOT: joined.add_by_lot, MARKS: joined.add_marks, MEMBERS: joined.add_members,
        PACKAGES: joined.add_packages, DISCOUNTS: joined.add_discounts,
    }  # fmt: skip
    for name, kind in _JOINED.items():
        for sheet in book.named(name):
            found = read_sheet(book, sheet, where.source, problems) if sheet != bids else None
            if found is None or not found.rows:
                continue
            grid = grid_of(found, problems, expected_of)
            if kind.fits(grid.headings):
                add[kind](grid)
            else:
                message = f'the sheet "{sheet.name}" is passed over: it lacks the headings {", ".join(kind.must)}'
                hint = "head its columns so if it belongs to the bids, else give it another name"
                problems.tell("TE061", Location(where.source, cell=sheet.name), message, hint)


def _bids_sheet(book: OpenedBook, where: Location, problems: Problems) -> Sheet | None:
    """The sheet named "Bids", or else the only one beside those that are read with it."""
    tender = [sheet for name in ("Tender", *_JOINED) for sheet in book.named(name)]
    found = book.named("Bids") or [sheet for sheet in book.sheets if sheet not in tender] or book.sheets
    if len(found) == 1:
        return found[0]
    names = ", ".join(f'"{sheet.name}"' for sheet in found)
    message = f"which sheet holds the bids? There are {names}" if found else "the workbook has no worksheet"
    problems.add("TE063", where, message, 'name the sheet with one row a bid "Bids"')
    return None


def _bids(sheet: SheetCells, where: Location, problems: Problems) -> Table | None:
    rows = sheet.rows
    if not rows:
        message = "the sheet holds no headings and no bids"
        problems.add("TE063", where, message, "begin it with a row of headings: id, price, ...")
        return None
    left = min(row.cells[0].column for row in rows)
    if refuse_shape((_said(row, left) for row in rows[:MOST]), lambda n: _at(sheet, rows[n]), problems):
        return None
    grid = grid_of(sheet, problems)
    if MARKS.fits(grid.headings) and "id" not in grid.headings:
        return marks_file(where, grid, problems)
    return restate(where, grid.headings, grid.rows, problems)


def grid_of(sheet: SheetCells, problems: Problems, kind_of: Callable[[str], Expected] = expected) -> Grid:
    """A sheet as texts in the order of its headings, which stand in its first row.

    Args:
        kind_of: what the column of a heading holds.
    """
    from tender_eval.files.tables.xlsx_cells import cell_text

    rows = sheet.rows
    first: dict[int, Location] = {}  # of each column, the place of its first value
    for row in rows:
        for cell in row.cells:
            if cell.column not in first:
                first[cell.column] = sheet.place(row, cell)
    columns = sorted(first)
    at = {column: n for n, column in enumerate(columns)}
    said_of = {cell.column: cell_text(cell, first[cell.column], "text", problems) for cell in rows[0].cells}
    headings = [said_of.get(column) or Text("", first[column]) for column in columns]
    holds = [kind_of(heading) for heading in headings]
    roles = [
        role_of(heading.partition(".")[2].partition(".")[2] if heading.startswith("lots.") else heading)
        for heading in headings
    ]
    figures = [holds[n] != "text" and heading not in ("id", "tender.id") for n, heading in enumerate(headings)]
    texts: list[Row] = []
    for row in rows[1:]:
        cells: list[Text | None] = [None] * len(columns)
        typed: list[Text | None] = []
        for cell in row.cells:
            n = at[cell.column]
            cells[n] = cell_text(cell, sheet.place(row, cell), holds[n], problems, roles[n])
            if figures[n] and isinstance(cell.value, str):
                typed.append(cells[n])
        refuse_points(typed, problems)
        texts.append(Row(sheet.place(row, row.cells[0]), cells))
    return Grid(headings, texts)


def _said(row: SheetRow, left: int) -> list[str]:
    """The texts of a row, from the leftmost column of the table on; empty where a cell holds none."""
    texts = {cell.column: cell.value if isinstance(cell.value, str) else "" for cell in row.cells}
    return [texts.get(column, "") for column in range(left, row.cells[-1].column + 1)]


def _at(sheet: SheetCells, row: SheetRow) -> tuple[Location, int]:
    return sheet.place(row, row.cells[0]), row.number


def _add_tender(file: Table, sheet: SheetCells, where: Location, problems: Problems) -> None:
    from tender_eval.files.tables.xlsx_cells import cell_text

    tender = file.get("tender")
    if not isinstance(tender, Table):
        tender = Table(where)
    for row in sheet.rows:
        by_column = {cell.column: cell for cell in row.cells}
        if extra := [cell for column, cell in by_column.items() if column > 2]:
            problems.add("TE061", sheet.place(row, extra[0]), "a value beside the keys and values", _TENDER)
        if 1 not in by_column:
            problems.add("TE061", sheet.place(row, row.cells[0]), "a value without a key", _TENDER)
            continue
        key = cell_text(by_column[1], sheet.place(row, by_column[1]), "text", problems)
        if key is None or 2 not in by_column or _is_heading(row):
            continue
        held = by_column[2]
        into = file if key in _OF_THE_FILE else tender
        outer, _, person = key.partition(".")
        if outer == "roles" and person:
            roles = file.setdefault(Text("roles", key.where), Table(key.where))
            into, key = roles if isinstance(roles, Table) else tender, Text(person, key.where)
        if key.partition(".")[0] == "lots":
            hint = "say it of a lot in columns of the bids, such as tender.lots.north.annual_value"
            problems.add("TE061", key.where, "lots have no place in this sheet", hint)
        elif key in into:
            problems.add("TE007", key.where, f'the key "{key}" stands twice', "keep one of the two")
        else:
            kind: Expected = "text" if outer in ("title", "title_cy", "roles", *_OF_THE_FILE) else "figure"
            value = cell_text(held, sheet.place(row, held), kind, problems, role_of(f"tender.{key}"))
            if value is not None:
                into[key] = value
                if key == "annual_value" and isinstance(held.value, str):
                    refuse_points([value], problems)
    if tender:
        file[Text("tender", tender.where)] = tender


def _is_heading(row: SheetRow) -> bool:
    return [str(cell.value).strip().lower() for cell in row.cells] == ["key", "value"]
