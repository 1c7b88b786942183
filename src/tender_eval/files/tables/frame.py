"""Bids in a frame of pandas: the table that another library read, restated as one that stands in a file is."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from tender_eval.base.limits import LONGEST_NUMBER
from tender_eval.files.tables.headings import Expected, expected, short
from tender_eval.files.tables.long_form import MARKS, Grid, expected_of, marks_file
from tender_eval.files.tables.table import Row, restate
from tender_eval.files.tables.xlsx_cells import SIGNIFICANT_DIGITS, plain
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Given, Location, Table, Text

if TYPE_CHECKING:
    from pandas import DataFrame

_AS_TEXT = "read the table with dtype=str, or give text, Decimal or Fraction"


def read_frame(frame: DataFrame, where: Location, problems: Problems) -> Table | None:
    """The frame in the shape of a bids file; None where its headings are in words of their own, which is noted."""
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    headings = [Text(str(name).strip(), Location(where.source, cell=short(str(name)))) for name in frame.columns]
    marks = MARKS.fits(headings) and "id" not in headings
    columns = []
    for n, heading in enumerate(headings):
        cells = zip(frame.index, frame.iloc[:, n].tolist(), frame.iloc[:, n].isna().tolist(), strict=True)
        kind = expected_of(heading) if marks else expected(heading)
        columns.append(
            [None if gone else _cell(c, _place(where, row, heading), kind, problems) for row, c, gone in cells]
        )
    rows = [Row(_place(where, label, ""), cells) for label, *cells in zip(frame.index, *columns, strict=True)]
    if marks:
        return marks_file(where, Grid(headings, rows), problems)
    return restate(where, headings, rows, problems)


def _place(where: Location, label: object, heading: str) -> Location:
    """A cell by the label of its row and the heading of its column, as ``frame.loc[label, heading]`` has it."""
    row = f"row {short(str(label))}"
    return Location(where.source, cell=f"{row}, {short(heading)}" if heading else row)


def _cell(value: object, where: Location, kind: Expected, problems: Problems) -> Text | None:
    """The text that a cell stands for; None where it cannot be used, which is noted."""
    match value:
        case str():
            return Text(value.strip(), where)
        case bool():
            return Text(str(value).lower(), where)
        case int() if abs(value) >= 10**LONGEST_NUMBER:
            problems.add("TE013", where, f"a whole number of more than {LONGEST_NUMBER} digits", "check it")
        case int() | Fraction():
            return (Given if isinstance(value, Fraction) else Text)(str(value), where)
        case float() | Decimal() if not math.isfinite(value):
            problems.add("TE013", where, f"{value} is not a number", "write plain digits")
        case float() | Decimal():
            return _decimal(value, where, kind, problems)
        case datetime.date() | datetime.time() if kind != "figure":
            return Text(value.isoformat(), where)
        case _:
            said = (
                f"{type(value).__name__} stands where {'a figure or an id' if kind == 'figure' else 'text'} is expected"
            )
            problems.add("TE012", where, said, _AS_TEXT)
    return None


def _decimal(value: float | Decimal, where: Location, kind: Expected, problems: Problems) -> Text | None:
    text = plain(value)
    digits = len(text.lstrip("-").replace(".", "").strip("0"))
    if isinstance(value, float) and digits > SIGNIFICANT_DIGITS and kind != "text":
        message = f"{text} is a float of {digits} digits, the last of which may be of binary arithmetic alone"
        problems.add("TE014", where, message, f"round it to the digits that are meant; or {_AS_TEXT}")
        return None
    return Text(text, where)
