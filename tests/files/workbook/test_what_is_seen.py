"""Workbooks of a bidder that show another figure than they hold, or none: told, never counted unseen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
RED, WHITE, NAVY = "FFC00000", "FFFFFFFF", "FF002060"


def told(change: Callable[[Any], Any]) -> list[tuple[str, str]]:
    """What is refused of a workbook whose last cell, C3, holds the price 80."""
    book, made = Workbook(), io.BytesIO()
    sheet: Any = book.active
    sheet.title = "Bids"
    for row in (["id", "supplier.name", "price"], ["a", "Alder", 100], ["b", "Birch", 80]):
        sheet.append(row)
    change(sheet)
    book.save(made)
    problems = Problems()
    read_bids(Source("b.xlsx", made.getvalue()), CATALOGUE.readers, problems)
    return [(d.code, d.message) for d in problems]


def shows(number_format: str) -> Callable[[Any], None]:
    return lambda sheet: setattr(sheet["C3"], "number_format", number_format)


def drawn(cell: str = "C3", **style: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for name, value in style.items():
            setattr(sheet[cell], name, value)

    return change


def conditional(**style: Any) -> Callable[[Any], None]:
    rule = Rule(type="expression", formula=["TRUE"], dxf=DifferentialStyle(**style))
    return lambda sheet: sheet.conditional_formatting.add("C3", rule)


def solid(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


HIDING = {
    "a digit before": (shows('"9"0'), "shows it among digits of its format"),
    "zeros behind": (shows('0" 000"'), "shows it among digits of its format"),
    "an escaped digit": (shows("0\\0"), "shows it among digits of its format"),
    "a fill of digits": (shows("*90"), "shows it among digits of its format"),
    "a currency that is a digit": (shows("[$1]0"), "shows it among digits of its format"),
    "a white number": (shows("[White]0"), "shows nothing"),
    "white letters": (drawn(font=Font(color=WHITE)), "shows nothing"),
    "letters like their ground": (drawn(font=Font(color=RED), fill=solid(RED)), "shows nothing"),
    "a name in white": (drawn("B3", font=Font(color=WHITE)), "shows nothing"),
    "another figure by condition": (conditional(numFmt=NumberFormat(numFmtId=170, formatCode='"999"')), "otherwise"),
    "white letters by condition": (conditional(font=Font(color=WHITE)), "otherwise"),
}
HONEST = {
    "pounds": shows("[$£-809]#,##0.00"),
    "an account": shows('_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-'),
    "square metres": shows('0" m2"'),
    "black letters": drawn(font=Font(color="FF000000")),
    "white letters on blue": drawn(font=Font(color=WHITE), fill=solid(NAVY)),
    "a colour by condition": conditional(font=Font(color=WHITE), fill=PatternFill(bgColor=NAVY)),
}


@pytest.mark.parametrize("name", HIDING)
def test_what_is_seen_otherwise_is_refused(name: str) -> None:
    change, words = HIDING[name]
    ((code, message),) = told(change)
    assert code == "TE069"
    assert words in message


@pytest.mark.parametrize("name", HONEST)
def test_what_is_seen_as_it_is_held_is_taken(name: str) -> None:
    assert told(HONEST[name]) == []


EXTENSION = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{78C0D931}">'
    "<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule><x14:dxf>"
    '<numFmt numFmtId="170" formatCode="&quot;999&quot;"/>'
    "</x14:dxf></x14:cfRule></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
)


def test_a_condition_that_the_sheet_brings_itself_is_found_too() -> None:
    book, made, again = Workbook(), io.BytesIO(), io.BytesIO()
    sheet: Any = book.active
    for row in (["id", "price"], ["a", 100]):
        sheet.append(row)
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"</worksheet>", EXTENSION.encode()) if "sheet1" in name else data)
    problems = Problems()
    read_bids(Source("b.xlsx", again.getvalue()), CATALOGUE.readers, problems)
    assert [d.code for d in problems] == ["TE069"]
