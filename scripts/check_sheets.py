"""Sheets of a panel and of its meeting, filled in and saved again by LibreOffice: they must say the same marks.

Usage: python scripts/check_sheets.py

Each is saved as XLSX, and as an OpenDocument spreadsheet that is then saved as XLSX; its file is renamed, its rows are
sorted otherwise and a column is added. Needs LibreOffice (Debian: apt-get install libreoffice-calc-nogui). Exit code 0:
all say the same; 1: some do not; 2: LibreOffice is not installed.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl

from tender_eval.case.panel.sheets import reference
from tender_eval.files.marks.read import read_marks
from tender_eval.files.source import Source
from tender_eval.report.panel.meeting import meeting_sheet
from tender_eval.report.panel.sheet import sheet_of

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from desks import GENESIS, given, opened, saved  # noqa: E402

MARKS: tuple[float | str, ...] = (4, 2.5, 0, "abstain", 3.25, 5)
REASONS = (
    "Named leads",
    'Says "how", in part',
    "Two lines:\nthe second",
    "- a rota; 24/7",
    "Überprüft, 2026-05-02",
    "5",
)


def main() -> int:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not installed: apt-get install libreoffice-calc-nogui", file=sys.stderr)
        return 2
    given = dict(filled())
    wanted = {name: said(name, data) for name, data in given.items()}
    assert all(marks for _, marks, _ in wanted.values()), "nothing is written in a sheet"
    faults, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for shape in (("xlsx",), ("ods", "xlsx")):
            again, where = given, "xlsx"
            for n, to in enumerate(shape):
                again, where = resaved(office, Path(folder) / f"{' '.join(shape)} {n}", again, where, to), to
            for name, data in again.items():
                count += 1
                if (found := said(f"{name} (2).xlsx", data)) != wanted[name]:
                    faults.append(f"{name} by {', '.join(shape)}: {found}, not {wanted[name]}")
    print("\n".join(faults))
    print(f"{count} sheets saved again by LibreOffice; {len(faults)} say something else")
    return 1 if faults else 0


def filled() -> Iterator[tuple[str, bytes]]:
    """Sheets as `panel` writes them, with marks and reasons in them."""
    case = opened()
    assert case.state.panel is not None
    case("submit_marks", person="bob", marks=[given("birch", "care", "3", "Only a plan")])
    ann, called = case.state.panel.people[0], reference(GENESIS)
    written = {
        "sheet": sheet_of(case.state, called, ann, "xlsx"),
        "tabs": sheet_of(case.state, called, ann, "xlsx", tabs=True),
        "meeting": meeting_sheet(case.state, called),
    }
    for name, data in written.items():
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = zip(MARKS, REASONS, strict=True)
        for page in book.worksheets:
            at = {cell.value: n for n, cell in enumerate(page[1], 1)}
            if "present" in at:
                page.cell(2, at["present"]).value = "yes"
            if "mark" not in at:
                continue
            for row in range(2, page.max_row + 1):
                page.cell(row, at["mark"]).value, page.cell(row, at["reason"]).value = next(cells)
            page.cell(1, page.max_column + 1).value = "my own notes"
            rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
            for row, values in enumerate(reversed(rows), 2):
                for column, value in enumerate(values, 1):
                    page.cell(row, column).value = value
        yield name, saved(book)


def said(name: str, data: bytes) -> tuple[str, list[tuple[str, ...]], tuple[str, ...]]:
    """Whose a sheet is, its marks and who was present."""
    found = read_marks(Source(f"{name}.xlsx", data))
    rows = [(*map(str, row.key), str(row.mark), str(row.reason)) for row in found.rows]
    return found.person, sorted(rows), tuple(map(str, found.present))


def resaved(office: str, folder: Path, sheets: Mapping[str, bytes], shape: str, to: str) -> dict[str, bytes]:
    """Spreadsheets as LibreOffice saves them, all at once: to start it takes longer than to save one."""
    folder.mkdir()
    for name, data in sheets.items():
        (folder / f"{name}.{shape}").write_bytes(data)
    home = f"-env:UserInstallation=file://{folder.parent.as_posix()}/home"
    given = [f"{name}.{shape}" for name in sheets]
    command = [office, home, "--headless", "--convert-to", to, "--outdir", str(folder / "out"), *given]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)  # noqa: S603
    return {name: (folder / "out" / f"{name}.{to}").read_bytes() for name in sheets}


if __name__ == "__main__":
    sys.exit(main())
