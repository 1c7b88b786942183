"""A worksheet, row by row as its part is read: the cells that hold anything, and what of them is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tender_eval.base.limits import LAST_COLUMN, LAST_ROW, LONGEST_CELL, LONGEST_NUMBER, MOST_CELLS
from tender_eval.files.workbook.part import PASSED, Attributes, Closed, Grammar, Part, PartFault, main
from tender_eval.files.workbook.strings import RICH, TEXT, decoded

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_TRUE = ("1", "true")
_TRUTHS = ("0", "1", "true", "false")
_KINDS = ("n", "s", "str", "b", "e", "inlineStr", "d")
NARROWEST = 1.0  # of a column, in digits: in one that is narrower nothing can be seen
LOWEST = 2.0  # of a row, in points

_ROW, _CELL, _VALUE, _FORMULA, _INLINE, _TEXT = (main(name) for name in ("row", "c", "v", "f", "is", "t"))
_COLUMN, _MERGE, _FILTERED, _SHEET = (main(name) for name in ("col", "mergeCell", "filterColumn", "sheetData"))
_DEFAULTS, _VIEW, _RECALCULATED = (main(name) for name in ("sheetFormatPr", "sheetView", "sheetCalcPr"))


_RULE = main("cfRule")
_2010 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_CONDITIONS_OF_2010: Grammar = Grammar()
for _name in ("dxf", "cfRule", "conditionalFormatting", "conditionalFormattings"):
    _CONDITIONS_OF_2010 = Grammar({f"{_2010} {_name}": _CONDITIONS_OF_2010 or Grammar({main("numFmt"): Grammar()})})


class RawCell(NamedTuple):
    """A cell that holds something, as the part says it.

    Attributes:
        kind: ``n`` a number, ``s`` the index of a shared string, ``str`` text, ``b`` a truth, ``e`` an error, ``d`` a
            date in ISO 8601.
        style: the index of its style.
        formula: it holds a formula; its value is what that last came to.
    """

    column: int
    kind: str
    text: str
    style: int
    formula: bool


class RawRow(NamedTuple):
    """A row that the part holds: its number from 1, whether it is hidden, and its cells in their order."""

    number: int
    hidden: bool
    cells: list[RawCell]


class SheetPart(Part):
    """Reads a worksheet part; `rows` gives its rows, and the rest is known when they are at their end.

    Attributes:
        merged: ranges such as A1:B2.
        filtered: a filter is set that may hide rows.
        zeros_hidden: cells that hold 0 are shown empty.
        recalculated: programs work its formulas out anew when they open it.
        conditions: the conditional formats of the workbook that it uses, by their numbers.
        reformatted: a conditional format that it brings itself has a number format.
    """

    grammar = Grammar(
        {
            main("worksheet"): Grammar(
                {
                    _SHEET: Closed(
                        {
                            _ROW: Closed(
                                {
                                    _CELL: Closed(
                                        {_VALUE: TEXT, _FORMULA: Closed(), _INLINE: RICH, main("extLst"): PASSED}
                                    )
                                }
                            )
                        }
                    ),
                    main("cols"): Closed({_COLUMN: Grammar()}),
                    main("mergeCells"): Closed({_MERGE: Grammar()}),
                    main("autoFilter"): Grammar({_FILTERED: Grammar()}),
                    main("sheetViews"): Grammar({_VIEW: Grammar()}),
                    _DEFAULTS: Grammar(),
                    _RECALCULATED: Grammar(),
                    main("conditionalFormatting"): Grammar({_RULE: Grammar()}),
                    main("extLst"): Grammar({main("ext"): _CONDITIONS_OF_2010}),
                }
            )
        }
    )
    held = ("sheetData", "row", "c")

    def __init__(self) -> None:
        super().__init__(
            {
                _SHEET: self._begun,
                _ROW: self._row_begun,
                _CELL: self._cell_begun,
                _VALUE: self._value_begun,
                _FORMULA: self._formula_begun,
                _INLINE: self._inline_begun,
                _TEXT: self._text_begun,
                _COLUMN: self._column,
                _MERGE: self._merge,
                _FILTERED: self._filter,
                _DEFAULTS: self._default_sizes,
                _VIEW: self._view,
                _RECALCULATED: self._recalculation,
                _RULE: self._rule,
                main("numFmt"): self._reformatted,
            },
            {_CELL: self._cell_ended, _VALUE: self._value_ended, _TEXT: self._text_ended, _ROW: self._row_ended},
        )
        self.merged: list[str] = []
        self.conditions: set[int] = set()
        self.reformatted = False
        self.filtered = self.zeros_hidden = self.recalculated = False
        self._hidden_columns: list[tuple[int, int]] = []
        self._shown_columns: list[tuple[int, int]] = []
        self._narrow = self._low = self._started = False
        self._done: list[RawRow] = []
        self._number = self._cells = 0
        self._hidden = False
        self._stated = ""
        self._row: list[RawCell] = []
        self._column_number = 0
        self._kind = "n"
        self._style = 0
        self._value: str | None = None
        self._formula = False

    def drained(self) -> Iterator[RawRow]:
        """The rows that were read since this was last asked."""
        done, self._done = self._done, []
        yield from done

    def hides_column(self, column: int) -> bool:
        """Whether a column is hidden, or too narrow for anything to be seen."""
        if any(first <= column <= last for first, last in self._hidden_columns):
            return True
        return self._narrow and not any(first <= column <= last for first, last in self._shown_columns)

    def _begun(self, _attributes: Attributes) -> None:
        if self._started:
            raise PartFault("a <sheetData> stands twice, and programs disagree on which counts")
        self._started = True

    def _row_begun(self, attributes: Attributes) -> None:
        stated = attributes.get("r")
        number = self._number + 1 if stated is None else _whole(stated, LAST_ROW, "a row")
        if number <= self._number:
            raise PartFault("its rows are out of order")
        self._number, self._stated = number, str(number)
        height = attributes.get("ht")
        low = self._low if height is None else _size(height) < LOWEST
        self._hidden = low or attributes.get("hidden") in _TRUE
        self._row = []
        self._column_number = 0
        self._count()  # an empty row takes its time as well

    def _row_ended(self) -> None:
        if self._row:
            self._done.append(RawRow(self._number, self._hidden, self._row))

    def _cell_begun(self, attributes: Attributes) -> None:
        self._count()
        reference = attributes.get("r")
        column = self._column_number + 1
        if reference is not None:
            found = _REFERENCE.fullmatch(reference)
            if found is None or found[2] != self._stated:
                raise PartFault("its cells are out of order")
            column = column_number(found[1])
        if not self._column_number < column <= LAST_COLUMN:
            raise PartFault("its cells are out of order")
        self._column_number = column
        self._kind = attributes.get("t", "n")
        if self._kind not in _KINDS:
            raise PartFault(f'a cell is of the kind "{self._kind[:20]}", which the format does not have')
        style = attributes.get("s")
        self._style = 0 if style is None else _style(style)
        self._value = None
        self._formula = False

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise PartFault(f"it has more than {MOST_CELLS} cells", "TE004")

    def _value_begun(self, _attributes: Attributes) -> None:
        self._one_value(self._kind != "inlineStr")
        self.collect(LONGEST_CELL)

    def _value_ended(self) -> None:
        self._value = self.collected()

    def _formula_begun(self, _attributes: Attributes) -> None:
        self._formula = True

    def _inline_begun(self, _attributes: Attributes) -> None:
        self._one_value(self._kind == "inlineStr")
        self._value = ""

    def _one_value(self, of_its_kind: bool) -> None:
        if self._value is not None or not of_its_kind:
            raise PartFault("a cell holds two values, or one that is not of its kind")

    def _text_begun(self, _attributes: Attributes) -> None:
        self.collect(LONGEST_CELL)

    def _text_ended(self) -> None:
        self._value = (self._value or "") + self.collected()

    def _cell_ended(self) -> None:
        value, kind = self._value, self._kind
        if kind in ("inlineStr", "str"):
            kind, value = "str", None if value is None else decoded(value)
        elif kind == "b" and value is not None and value.strip() not in _TRUTHS:
            raise PartFault(f'a cell holds "{value[:40]}" as true or false, which it is not')
        elif kind == "n" and value:
            value = value.strip()
            if value and (len(value) > LONGEST_NUMBER or not _NUMBER.fullmatch(value)):
                raise PartFault(f'a cell holds "{value[:40]}" as a number, which it is not')
        if self._formula and self._kind in ("s", "inlineStr"):
            raise PartFault("a cell holds a formula and a text of its own, and programs disagree on which counts")
        if value and len(value) > LONGEST_CELL:
            raise PartFault("a text that is longer than a cell may hold", "TE004")
        if value or self._formula:
            cell = RawCell(self._column_number, kind, value or "", self._style, self._formula)
            self._row.append(cell)

    def _column(self, attributes: Attributes) -> None:
        self._count()
        first = _whole(attributes.get("min", ""), LAST_COLUMN, "a column")
        last = _whole(attributes.get("max", ""), LAST_COLUMN, "a column")
        width = attributes.get("width")
        narrow = self._narrow if width is None else _size(width) < NARROWEST
        hidden = narrow or attributes.get("hidden") in _TRUE
        (self._hidden_columns if hidden else self._shown_columns).append((first, last))

    def _merge(self, attributes: Attributes) -> None:
        self._count()
        self.merged.append(attributes.get("ref", "")[:30])

    def _filter(self, _attributes: Attributes) -> None:
        self.filtered = True

    def _default_sizes(self, attributes: Attributes) -> None:
        self._low = _size(attributes.get("defaultRowHeight", "15")) < LOWEST
        self._narrow = _size(attributes.get("defaultColWidth", "9")) < NARROWEST

    def _view(self, attributes: Attributes) -> None:
        self.zeros_hidden = self.zeros_hidden or attributes.get("showZeros") in ("0", "false")

    def _rule(self, attributes: Attributes) -> None:
        self._count()
        if "dxfId" in attributes:
            self.conditions.add(_whole(attributes["dxfId"], 1_000_000, "a conditional format", least=0))

    def _reformatted(self, _attributes: Attributes) -> None:
        self.reformatted = True

    def _recalculation(self, attributes: Attributes) -> None:
        self.recalculated = attributes.get("fullCalcOnLoad") in _TRUE


@lru_cache(maxsize=1024)
def _style(text: str) -> int:
    return _whole(text, 1_000_000, "a style", least=0)


def _whole(text: str, most: int, what: str, least: int = 1) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    if not least <= number <= most:
        raise PartFault(f'{what} has the number "{text[:20]}", which no sheet has')
    return number


def _size(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise PartFault(f'a width or height is "{text[:20]}"')
    return float(text)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a column, from 1.

    >>> column_number("A"), column_number("AA"), column_letters(27), column_letters(200)
    (1, 27, 'AA', 'GR')
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """The letters of a column, by its number from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
