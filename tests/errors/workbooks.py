"""Makes the workbooks of these cases again: ``python tests/errors/workbooks.py``.

They are committed; run this only to change one, and then write the golden messages anew (README.md).
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
HEADINGS = ("id", "supplier.name", "price", "marks.delivery")
ALDER = ("alder", "Alder House", 120000, 5)
BIRCH = ("birch", "Birch Trust", 104500, 3)


def binary_remainder(sheet: Worksheet) -> None:
    sheet["C3"] = 100000 / 3


def never_calculated(sheet: Worksheet) -> None:
    sheet["C3"] = "=C2*0.95"


def merged(sheet: Worksheet) -> None:
    sheet.merge_cells("D2:D3")


def date(sheet: Worksheet) -> None:
    sheet["D3"] = datetime.date(2026, 5, 3)


def percent(sheet: Worksheet) -> None:
    sheet["D3"] = 0.6
    sheet["D3"].number_format = "0%"


def shown_rounded(sheet: Worksheet) -> None:
    sheet["C3"] = 104500.49
    sheet["C3"].number_format = "#,##0"


def shows_nothing(sheet: Worksheet) -> None:
    sheet["C3"].number_format = ";;;"


def recalculated(sheet: Worksheet) -> None:
    """A formula with a result, which openpyxl cannot write: it is put in when the file is saved."""
    sheet["C3"] = "=C2-15500"


def hidden_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["D"].hidden = True


def value_without_heading(sheet: Worksheet) -> None:
    sheet["E3"] = "late by an hour"


def two_sheets(sheet: Worksheet) -> None:
    sheet.title = "North"
    if sheet.parent:
        sheet.parent.create_sheet("South").append(HEADINGS)


def several(sheet: Worksheet) -> None:
    never_calculated(sheet)
    percent(sheet)
    sheet["C2"] = "£120,000"
    sheet["E1"], sheet["E2"], sheet["E3"] = "supplier.years_in_area", datetime.date(2014, 4, 1), "#REF!"


def error_cell(sheet: Worksheet) -> None:
    sheet["C3"] = "#DIV/0!"


MADE: dict[str, Callable[[Worksheet], None]] = {
    "TE014/7-workbook/bids.xlsx": binary_remainder,
    "TE057/bids.xlsx": never_calculated,
    "TE058/bids.xlsx": merged,
    "TE059/bids.xlsx": date,
    "TE060/bids.xlsx": percent,
    "TE061/4-hidden-column/bids.xlsx": hidden_column,
    "TE061/5-no-heading/bids.xlsx": value_without_heading,
    "TE063/5-which-sheet/bids.xlsx": two_sheets,
    "TE065/bids.xlsx": error_cell,
    "TE068/bids.xlsx": shown_rounded,
    "TE069/1-shows-nothing/bids.xlsx": shows_nothing,
    "TE069/2-recalculated/bids.xlsx": recalculated,
    "many/04-bids.xlsx": several,
}


def main() -> None:
    """Write every workbook into its folder."""
    for name, change in MADE.items():
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        sheet.title = "Bids"
        for row in (HEADINGS, ALDER, BIRCH):
            sheet.append(row)
        change(sheet)
        book.save(HERE / name)
        if change is recalculated:
            _with_result(HERE / name)


def _with_result(path: Path) -> None:
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item, old.read(item).replace(b"<v></v>", b"<v>104500</v>").replace(b"<v />", b"<v>104500</v>"))


if __name__ == "__main__":
    main()
