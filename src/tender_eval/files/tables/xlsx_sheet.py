"""The rows of a sheet of bids, and all that its program hides of them or may show otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tender_eval.base.limits import MOST_COLUMNS, MOST_ROWS
from tender_eval.files.workbook.book import Cell, OpenedBook, OpenedSheet, Sheet, SheetRow, Uncalculated
from tender_eval.files.workbook.part import PartFault
from tender_eval.files.workbook.sheet import column_letters
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location

_NAMED = 4  # places that a message names
_COPY = "copy the bids into a new workbook (.xlsx)"


class SheetCells(NamedTuple):
    """The rows of a sheet that hold anything."""

    source: str
    name: str
    rows: list[SheetRow]

    def place(self, row: SheetRow, cell: Cell) -> Location:
        """Where a cell stands."""
        return self._at(cell.column, row.number)

    def _at(self, column: int, row: int) -> Location:
        return Location(self.source, cell=f"{self.name}!{column_letters(column)}{row}")


def read_sheet(book: OpenedBook, sheet: Sheet, source: str, problems: Problems) -> SheetCells | None:
    """The rows of a sheet, or None with the reason noted; what hides a value, or leaves it open, is noted."""
    where = Location(source, cell=sheet.name)
    if sheet.hidden:
        problems.add("TE061", where, f'the sheet "{sheet.name}" is hidden', "show it, or remove it")
    opened = book.opened(sheet)
    found = SheetCells(source, sheet.name, [])
    try:
        for row in opened.rows():
            found.rows.append(row)
            if _too_large(found, row, problems):
                return None
    except PartFault as e:
        if told := book.package.undecodable(sheet.path):
            problems.extend([told])
        else:
            problems.add(e.code, where, f'the sheet "{sheet.name}" cannot be read: {e.message}', _COPY)
        return None
    _refuse_merged(opened, found, problems)
    _refuse_hidden(opened, found, problems)
    _tell_otherwise(book, opened, found, problems)
    return found


def _too_large(found: SheetCells, row: SheetRow, problems: Problems) -> bool:
    last = row.cells[-1]
    where = found.place(row, last)
    if last.column > MOST_COLUMNS:
        message = f"a value beyond the first {MOST_COLUMNS} columns"
        problems.add("TE004", where, message, "remove the columns that are not read")
        return True
    if len(found.rows) > MOST_ROWS + 1:
        problems.add("TE004", where, f"more than {MOST_ROWS} rows", "split the file")
        return True
    return False


def _refuse_merged(opened: OpenedSheet, found: SheetCells, problems: Problems) -> None:
    if merged := opened.part.merged:
        first = Location(found.source, cell=f"{found.name}!{merged[0].partition(':')[0]}")
        said = f"the cells {_listed(merged)} are merged"
        problems.add("TE058", first, said, "unmerge them and fill every cell")


def _refuse_hidden(opened: OpenedSheet, found: SheetCells, problems: Problems) -> None:
    """A value that nobody sees may decide nothing."""
    rows = [row for row in found.rows if row.hidden]
    if rows:
        what = f"rows {_listed(str(r.number) for r in rows)} are" if rows[1:] else f"row {rows[0].number} is"
        hold = "hold" if rows[1:] else "holds"
        hint = f"show the {'rows' if rows[1:] else 'row'}, or delete {'them' if rows[1:] else 'it'}"
        if opened.part.filtered:
            hint = "clear the filter of the sheet, or delete what it hides"
        problems.add("TE061", found.place(rows[0], rows[0].cells[0]), f"{what} hidden and {hold} values", hint)
    columns = {cell.column for row in found.rows for cell in row.cells}
    unseen = {column for column in columns if opened.part.hides_column(column)}
    hidden: dict[int, Location] = {}
    for row in found.rows if unseen else ():
        for cell in row.cells:
            if cell.column in unseen and cell.column not in hidden:
                hidden[cell.column] = found.place(row, cell)
    for column, where in hidden.items():
        message = f"column {column_letters(column)} is hidden and holds values"
        problems.add("TE061", where, message, "show the column, or delete it")


def _tell_otherwise(book: OpenedBook, opened: OpenedSheet, found: SheetCells, problems: Problems) -> None:
    """Tell what a program may show otherwise than the file holds it."""
    cells = [(row, cell) for row in found.rows for cell in row.cells]
    part = opened.part
    zeros = [found.place(row, cell) for row, cell in cells if cell.value in (0, 0.0) and cell.value is not False]
    if part.zeros_hidden and zeros:
        message = f"the sheet shows no zeros, and holds {len(zeros)}: its cell seems empty"
        problems.add("TE069", zeros[0], message, "let the sheet show zeros, or empty the cells")
    if part.reformatted or part.conditions & book.reformats:
        message = "a conditional format shows numbers otherwise than their cells hold them"
        hint = "remove it, or its number format, so that cells show what they hold"
        problems.add("TE069", Location(found.source, cell=found.name), message, hint)
    formulas = [(row, cell) for row, cell in cells if cell.formula and not isinstance(cell.value, Uncalculated)]
    if formulas and (book.recalculated or part.recalculated):
        whose = f"{len(formulas)} formulas, the first of them here," if formulas[1:] else "the formula here"
        message = f"the result of {whose} is as it was last saved, and may be another when a program opens the workbook"
        hint = "open it in a spreadsheet program, let it calculate, and save it; or write the figures themselves"
        problems.tell("TE069", found.place(*formulas[0]), message, hint)
    if part.filtered and not any(row.hidden for row in found.rows):
        message = "a filter is set, which may hide rows when a program opens the workbook: every row counts"
        problems.tell("TE069", Location(found.source, cell=found.name), message, "clear the filter")


def _listed(names: Iterable[str]) -> str:
    """Some names, and how many more there are."""
    every = list(names)
    more = len(every) - _NAMED
    listed = every if more <= 0 else [*every[:_NAMED], f"{more} more"]
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
