"""Bids in XLSX: a sheet "Bids" with one row a bid, and optionally a sheet "Tender" with keys and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tender_eval.files.fields import role_of
from tender_eval.files.reader import Reader
from tender_eval.files.source import Source
from tender_eval.files.tables.signs import LOOKED_THROUGH as MOST
from tender_eval.files.tables.signs import headings_below
from tender_eval.files.tables.table import (
    HEADING,
    Expected,
    Row,
    expected,
    holds_figures,
    refuse_points,
    refuse_rows_above,
    restate,
)
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Table, Text

if TYPE_CHECKING:
    from tender_eval.files.tables.xlsx_book import OpenedWorkbook, Sheet, SheetRow

_OF_THE_FILE = ("currency", "notes")  # keys of the sheet "Tender" that stand beside the tender
_TENDER = "column A is for keys (id, title, annual_value, areas, currency, notes), column B for values"


class XlsxReader(Reader):
    """Bids in a workbook. A cell is the place of its value: ``bids.xlsx!Bids!C7``."""

    name = "xlsx"
    suffixes = (".xlsx",)

    def recognises(self, source: Source) -> bool:
        """Also the other workbook formats, to say how to mend them."""
        return source.suffix in (".xlsx", ".xlsm", ".xls")

    def read(self, source: Source, problems: Problems) -> Table | None:
        # openpyxl takes long to load, and most runs do not need it.
        from tender_eval.files.tables.xlsx_book import open_book
        from tender_eval.files.tables.xlsx_package import check_package

        book = open_book(source, problems) if check_package(source, problems) else None
        if book is None:
            return None
        try:
            return _read(book, Location(source.name), problems)
        finally:
            book.close()


def _read(book: OpenedWorkbook, where: Location, problems: Problems) -> Table | None:
    sheet = _bids_sheet(book, where, problems)
    rows = book.rows(sheet, problems) if sheet else None
    file = _bids(rows, where, problems) if rows is not None else None
    for tender in book.named("Tender"):
        if tender != sheet and (rows := book.rows(tender, problems)) is not None:
            _add_tender(file if file is not None else Table(where), rows, where, problems)
    return file


def _bids_sheet(book: OpenedWorkbook, where: Location, problems: Problems) -> Sheet | None:
    """The sheet named "Bids", or else the only one beside the sheet "Tender"."""
    tender = book.named("Tender")
    found = book.named("Bids") or [sheet for sheet in book.sheets if sheet not in tender] or book.sheets
    if len(found) == 1:
        return found[0]
    names = ", ".join(f'"{sheet.name}"' for sheet in found)
    message = f"which sheet holds the bids? There are {names}" if found else "the workbook has no worksheet"
    problems.add("TE063", where, message, 'name the sheet with one row a bid "Bids"')
    return None


def _bids(rows: list[SheetRow], where: Location, problems: Problems) -> Table | None:
    from tender_eval.files.tables.xlsx_cells import cell_text

    if not rows:
        message = "the sheet holds no headings and no bids"
        problems.add("TE063", where, message, "begin it with a row of headings: id, price, ...")
        return None
    said = [[cell.value if isinstance(cell.value, str) else "" for cell in row.cells.values()] for row in rows[:MOST]]
    if below := headings_below(said, HEADING):
        refuse_rows_above(next(iter(rows[below].cells.values())).where, rows[below].number, problems)
        return None
    columns = sorted({column for row in rows for column in row.cells})
    headings: list[Text] = []
    for column in columns:
        if cell := rows[0].cells.get(column):
            headings.append(cell_text(cell, "text", problems) or Text("", cell.where))
        else:  # the column's first value shows which it is
            first = next(row.cells[column] for row in rows if column in row.cells)
            headings.append(Text("", first.where))
    holds = [expected(heading) for heading in headings]
    roles = [
        role_of(heading.partition(".")[2].partition(".")[2] if heading.startswith("lots.") else heading)
        for heading in headings
    ]
    figures = [n for n, heading in enumerate(headings) if holds_figures(heading)]
    texts: list[Row] = []
    for row in rows[1:]:
        cells = [
            cell_text(row.cells[column], kind, problems, role) if column in row.cells else None
            for column, kind, role in zip(columns, holds, roles, strict=True)
        ]
        typed = [n for n in figures if columns[n] in row.cells and isinstance(row.cells[columns[n]].value, str)]
        refuse_points((cells[n] for n in typed), problems)
        texts.append(Row(next(iter(row.cells.values())).where, cells))
    return restate(where, headings, texts, problems)


def _add_tender(file: Table, rows: list[SheetRow], where: Location, problems: Problems) -> None:
    from tender_eval.files.tables.xlsx_cells import cell_text

    tender = file.get("tender")
    if not isinstance(tender, Table):
        tender = Table(where)
    for row in rows:
        if extra := [cell for column, cell in row.cells.items() if column > 2]:
            problems.add("TE061", extra[0].where, "a value beside the keys and values", _TENDER)
        if 1 not in row.cells:
            first = next(iter(row.cells.values()))
            problems.add("TE061", first.where, "a value without a key", _TENDER)
            continue
        key = cell_text(row.cells[1], "text", problems)
        if key is None or 2 not in row.cells or _is_heading(row):
            continue
        into = file if key in _OF_THE_FILE else tender
        if key.partition(".")[0] == "lots":
            hint = "say it of a lot in columns of the bids, such as tender.lots.north.annual_value"
            problems.add("TE061", key.where, "lots have no place in this sheet", hint)
        elif key in into:
            problems.add("TE007", key.where, f'the key "{key}" stands twice', "keep one of the two")
        else:
            kind: Expected = "text" if key in ("title", *_OF_THE_FILE) else "figure"
            value = cell_text(row.cells[2], kind, problems, role_of(f"tender.{key}"))
            if value is not None:
                into[key] = value
                if key == "annual_value" and isinstance(row.cells[2].value, str):
                    refuse_points([value], problems)
    if tender:
        file[Text("tender", tender.where)] = tender


def _is_heading(row: SheetRow) -> bool:
    return [str(cell.value).strip().lower() for cell in row.cells.values()] == ["key", "value"]
