"""Bids in CSV: one row a bid, a heading a column, each field with its line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tender_eval.base.limits import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from tender_eval.files.reader import Reader
from tender_eval.files.source import Source
from tender_eval.files.tables.headings import holds_figures
from tender_eval.files.tables.long_form import MARKS, Grid, marks_file
from tender_eval.files.tables.signs import LOOKED_THROUGH
from tender_eval.files.tables.table import Row, refuse_points, refuse_shape, restate
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, Table, Text

SEPARATORS = (",", ";", "\t")

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_NEWLINE = re.compile(r"\r\n|\n|\r")
_FILLED = re.compile(r"\S")
_STATED = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\n|\r|$)', re.IGNORECASE)
MOST_LOOKED_AT = 20_000  # characters in which headings are looked for


class CsvReader(Reader):
    """Bids in CSV (RFC 4180): UTF-8, separated by comma, semicolon or tab, the headings in the first line."""

    name = "csv"
    suffixes = (".csv", ".tsv")

    def read(self, source: Source, problems: Problems) -> Table | None:
        where = Location(source.name)
        found = csv_rows(source, problems, holds_figures, shaped=True)
        if found is None:
            return None
        headings, rows, ragged = found
        if not headings:
            message = "the file holds no headings and no bids"
            problems.add("TE063", where, message, "begin it with a line of headings: id, price, ...")
            return None
        if MARKS.fits(headings) and "id" not in headings:
            return marks_file(where, Grid(headings, rows), problems)
        file = restate(where, headings, rows, problems)
        return file if rows or not ragged else None  # that rows are left out is told; not that none is left


class CsvRows(NamedTuple):
    """A CSV text taken apart: its headings, the rows that fit them, and how many do not."""

    headings: list[Text]
    rows: list[Row]
    ragged: int


def csv_rows(
    source: Source, problems: Problems, figures: Callable[[str], bool] = lambda _heading: True, shaped: bool = False
) -> CsvRows | None:
    """The headings and rows of a CSV file with their places, or None with the problems noted.

    Args:
        figures: whether the column of a heading can hold figures.
        shaped: it is a table of bids, whose headings are known wherever they stand.
    """
    text = source.text
    if (at := text.find("\0")) >= 0:
        before = text[:at]
        place = Location(source.name, before.count("\n") + 1, at - before.rfind("\n"))
        hint = "save the table again as CSV UTF-8"
        problems.add("TE003", place, "a NUL byte: this is not a text file", hint)
        return None
    start, sep = _stated_separator(source.name, text, problems)
    if not sep:
        return None
    if shaped and _of_another_shape(source.name, text, start, sep, problems):
        return None
    records = _Records(source.name, text, sep, problems, start)
    headings: list[Text] = []
    rows: list[Row] = []
    ragged = 0
    for record in records:
        if not any(record):
            continue
        if not headings:
            headings = record
        elif _fits(record, headings, problems):
            rows.append(Row(record[0].where, record))
        else:
            ragged += 1
        if len(rows) + ragged > MOST_ROWS:
            problems.add("TE004", record[0].where, f"more than {MOST_ROWS} rows", "split the file")
            return None
    if records.broken:
        return None
    if sep != ",":  # semicolons and tabs are what spreadsheets write where the comma is for decimals
        columns = [n for n, heading in enumerate(headings) if figures(heading)]
        for row in rows:
            refuse_points((row.cells[n] for n in columns), problems)
    return CsvRows(headings, rows, ragged)


def _stated_separator(name: str, text: str, problems: Problems) -> tuple[int, str]:
    """Where the table begins and what separates its fields: a first line `sep=;` says so, as Excel reads it."""
    stated = _STATED.match(text)
    if stated is None:
        return 0, separator(text)
    if stated[1] in SEPARATORS:
        return stated.end(), stated[1]
    message = f'fields are separated by "{stated[1]}" here, which is not read'
    problems.add("TE003", Location(name, 1, 1), message, "separate them by comma, semicolon or tab")
    return stated.end(), ""


def _of_another_shape(name: str, text: str, start: int, sep: str, problems: Problems) -> bool:
    """Whether the first lines seem to be no table with its headings in the first of them, which is noted."""
    lines = _NEWLINE.split(text[start : start + MOST_LOOKED_AT])[: LOOKED_THROUGH + 1]
    blank = next((n for n, line in enumerate(lines) if line.strip()), 0)
    first = 1 + blank + len(_NEWLINE.findall(text, 0, start))
    rows = ([cell.strip().strip('"') for cell in line.split(sep)] for line in lines[blank:])
    return refuse_shape(rows, lambda n: (Location(name, first + n, 1), first + n), problems)


def _fits(record: list[Text], headings: list[Text], problems: Problems) -> bool:
    """Whether a row has a field a heading; which heading each field belongs to is not known otherwise."""
    if len(record) == len(headings):
        return True
    message = f"this row has {len(record)} fields, the headings are {len(headings)}"
    hint = "put a value that holds the separator into quotes, and keep one field a heading"
    problems.add("TE012", record[0].where, message, hint)
    return False


def separator(text: str) -> str:
    r"""The separator: what stands most often in the first line that holds anything, outside quotes.

    No heading holds any of them, so a proper first line holds one kind only.

    >>> separator('id;price\na;10,5\n')
    ';'
    """
    filled = _FILLED.search(text)
    start = max(text.rfind(sign, 0, filled.start()) for sign in "\r\n") + 1 if filled else 0
    line = _NEWLINE.split(text[start : start + MOST_LOOKED_AT], maxsplit=1)[0]
    bare = re.sub(r'"[^"]*"', "", line)
    return max(SEPARATORS, key=bare.count)


class _Records:
    """The records of a CSV text, fields located; stops at broken syntax or beyond a limit, which it notes."""

    def __init__(self, name: str, text: str, sep: str, problems: Problems, start: int = 0) -> None:
        self.broken = False
        self._name = name
        self._text = text
        self._plain = re.compile(rf'[^"\r\n{re.escape(sep)}]*')
        self._sep = sep
        self._problems = problems
        self._at = self._line_start = start
        self._line = 1 + len(_NEWLINE.findall(text, 0, start))
        self._fields = 0

    def __iter__(self) -> Iterator[list[Text]]:
        record: list[Text] = []
        while not self.broken and self._at < len(self._text):
            record.append(self._field())
            self._fields += 1
            if len(record) > MOST_COLUMNS:
                message = f"more than {MOST_COLUMNS} columns"
                self._break(record[-1].where, message, "remove what is not read", "TE004")
            elif self._fields > MOST_CELLS:
                self._break(record[-1].where, f"more than {MOST_CELLS} fields", "split the file", "TE004")
            if self._at < len(self._text) and self._text[self._at] == self._sep:
                self._at += 1
                if self._at == len(self._text):
                    record.append(Text("", self._here()))
                else:
                    continue
            if not self.broken:
                yield record
                self._end_line()
            record = []

    def _here(self) -> Location:
        return Location(self._name, self._line, self._at - self._line_start + 1)

    def _field(self) -> Text:
        where = self._here()
        quoted = _QUOTED.match(self._text, self._at)
        if quoted:
            for newline in _NEWLINE.finditer(self._text, quoted.start(), quoted.end()):
                self._line += 1
                self._line_start = newline.end()
            self._at = quoted.end()
            value = quoted[1].replace('""', '"')
            self._refuse_rest("text follows the closing quote")
        elif self._text.startswith('"', self._at):
            hint = "close it with a quote before the next separator"
            self._break(where, "the quote that opens here is never closed", hint)
            value = ""
        else:
            plain = self._plain.match(self._text, self._at)
            value = plain[0] if plain else ""
            self._at += len(value)
            self._refuse_rest("a quote inside a field that is not in quotes")
        if len(value) > LONGEST_CELL:
            message = f"a field of {len(value)} characters; at most {LONGEST_CELL} are read"
            self._break(where, message, "shorten it, or close the quote where it ends", "TE004")
        return Text(value.strip(), where)

    def _refuse_rest(self, message: str) -> None:
        rest = self._text[self._at : self._at + 1]
        if rest and rest not in (self._sep, "\r", "\n"):
            hint = 'put the whole field into quotes and write each quote inside it twice: "5"" pipe"'
            self._break(self._here(), message, hint)

    def _break(self, where: Location, message: str, hint: str, code: str = "TE003") -> None:
        if not self.broken:
            self._problems.add(code, where, message, hint)
        self.broken = True

    def _end_line(self) -> None:
        if newline := _NEWLINE.match(self._text, self._at):
            self._at = newline.end()
            self._line += 1
            self._line_start = self._at
