"""A workbook: its sheets, and their cells with values, each as its workbook shows it where that is another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tender_eval.base.limits import MOST_PARTS
from tender_eval.files.source import Source
from tender_eval.files.workbook.dates import Moment, moment
from tender_eval.files.workbook.number_formats import is_date, is_duration
from tender_eval.files.workbook.package import AGAIN, Package, open_package
from tender_eval.files.workbook.part import Attributes, Closed, Grammar, Part, PartFault, main
from tender_eval.files.workbook.sheet import RawCell, RawRow, SheetPart
from tender_eval.files.workbook.strings import SharedStrings
from tender_eval.files.workbook.styles import Styles
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location

_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_TRUE = ("1", "true")
_INTEGER = re.compile(r"-?[0-9]+")


class ErrorValue(str):
    """An error that a cell holds, such as #REF!."""

    __slots__ = ()


class Uncalculated(NamedTuple):
    """A formula without a result."""


Value = str | bool | int | float | Moment | ErrorValue | Uncalculated


class Cell(NamedTuple):
    """A cell that holds something: its column from 1, its value, its number format, and whether it has a formula."""

    column: int
    value: Value
    shows: str
    formula: bool


class SheetRow(NamedTuple):
    """A row that holds something: its number from 1, whether it is hidden, and its filled cells in their order."""

    number: int
    hidden: bool
    cells: list[Cell]


class Sheet(NamedTuple):
    """A worksheet as the workbook lists it."""

    name: str
    path: str
    hidden: bool


class _WorkbookPart(Part):
    grammar = Grammar(
        {
            main("workbook"): Grammar(
                {
                    main("sheets"): Closed({main("sheet"): Grammar()}),
                    main("calcPr"): Grammar(),
                    main("workbookPr"): Grammar(),
                }
            )
        }
    )
    held = ("sheets", "sheet")

    def __init__(self) -> None:
        found = {main("sheet"): self._sheet, main("calcPr"): self._calculation, main("workbookPr"): self._properties}
        super().__init__(found, {})
        self.sheets: list[tuple[str, str, bool]] = []
        self.recalculated = self.from_1904 = False

    def _sheet(self, attributes: Attributes) -> None:
        hidden = attributes.get("state", "visible") != "visible"
        if len(self.sheets) >= MOST_PARTS:
            raise PartFault(f"it has more than {MOST_PARTS} sheets", "TE004")
        self.sheets.append((attributes.get("name", ""), attributes.get(_ID, ""), hidden))

    def _calculation(self, attributes: Attributes) -> None:
        self.recalculated = attributes.get("fullCalcOnLoad") in _TRUE or attributes.get("calcMode") == "manual"

    def _properties(self, attributes: Attributes) -> None:
        self.from_1904 = attributes.get("date1904") in _TRUE


class OpenedSheet:
    """A worksheet that is read row by row."""

    def __init__(self, book: OpenedBook, path: str) -> None:
        self._book = book
        self._path = path
        self.part = SheetPart()

    def rows(self) -> Iterator[SheetRow]:
        """The rows that hold anything.

        Raises:
            PartFault: where the sheet cannot be read.
        """
        with self._book.package.opened(self._path) as stream:
            for _ in self.part.chunks(stream):
                for raw in self.part.drained():
                    row = self._row(raw)
                    if row.cells:
                        yield row

    def _row(self, raw: RawRow) -> SheetRow:
        cells = []
        for cell in raw.cells:
            value, shows = self._book.value(cell)
            if not isinstance(value, str) or value.strip():
                cells.append(Cell(cell.column, value, shows, cell.formula))
        return SheetRow(raw.number, raw.hidden, cells)


class OpenedBook:
    """An open workbook.

    Attributes:
        reformats: the numbers of conditional formats that show numbers in another number format.
        recalculated: programs work all formulas out anew when they open it, or only when asked: what its cells hold
            need not be what they show.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        package.check_contents()
        top = [t for t in package.targets("").values() if t.kind == "officeDocument"]
        if len(top) != 1:
            raise PartFault("it does not say which of its parts is the workbook")
        read = _WorkbookPart()
        with package.opened(top[0].path) as stream:
            read.read(stream)
        targets = package.targets(top[0].path)
        self._strings, self._formats = SharedStrings(), Styles()
        for part, kind in ((self._strings, "sharedStrings"), (self._formats, "styles")):
            named = [target.path for target in targets.values() if target.kind == kind]
            if len(named) > 1:
                raise PartFault(f"two parts are its {kind}")
            for path in named:
                with package.opened(path) as stream:
                    part.read(stream)
        self._shows = self._formats.formats()
        self.reformats = self._formats.conditional
        self.recalculated = read.recalculated
        self._from_1904 = read.from_1904
        listed = ((name, targets.get(of), hidden) for name, of, hidden in read.sheets)
        self.sheets = tuple(Sheet(n, t.path, hidden) for n, t, hidden in listed if t and t.kind == "worksheet")
        if len({sheet.path for sheet in self.sheets}) < len(self.sheets):
            raise PartFault("two sheets are one part")

    def named(self, title: str) -> list[Sheet]:
        """The sheets of this name, in any case."""
        return [sheet for sheet in self.sheets if sheet.name.strip().casefold() == title.casefold()]

    def opened(self, sheet: Sheet) -> OpenedSheet:
        """A sheet to be read."""
        return OpenedSheet(self, sheet.path)

    def value(self, cell: RawCell) -> tuple[Value, str]:
        """The value of a cell, and its number format."""
        if cell.style and cell.style >= len(self._shows):
            raise PartFault("a cell has a style that the workbook does not")
        shows = self._shows[cell.style] if self._shows else "General"
        if not cell.text:  # a formula: nothing else is without text
            return ("" if cell.kind == "str" else Uncalculated()), shows
        match cell.kind:
            case "s":
                index = int(cell.text) if cell.text.isascii() and cell.text.isdigit() and len(cell.text) < 9 else -1
                if not 0 <= index < len(self._strings.texts):
                    raise PartFault("a cell names a text that the workbook does not have")
                return self._strings.texts[index], shows
            case "b":
                return cell.text.strip() in _TRUE, shows
            case "e":
                return ErrorValue(cell.text[:20]), shows
            case "n":
                return self._number(cell.text, shows), shows
            case _:
                return cell.text, shows

    def _number(self, text: str, shows: str) -> Value:
        if shows != "General" and is_date(shows):
            found = moment(text, self._from_1904, is_duration(shows))
            return ErrorValue("#####") if found is None else found
        return int(text) if _INTEGER.fullmatch(text) else float(text)


def open_book(source: Source, problems: Problems) -> OpenedBook | None:
    """The workbook of a file, or None with the reason noted."""
    package = open_package(source, problems)
    if package is None:
        return None
    try:
        return OpenedBook(package)
    except PartFault as e:
        where = Location(source.name)
        for path in ("[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
            if told := package.undecodable(path):
                problems.extend([told])
                return None
        problems.add(e.code, where, f"the workbook cannot be read: {e.message}", AGAIN)
        return None
