"""Read altered workbooks with our reader, LibreOffice and calamine: all must give the same bids, or we refuse.

Usage: python scripts/check_readers.py [--count N] [--from SEED]

What LibreOffice or calamine cannot open, or what calamine takes where the format has none, is counted and no fault, as
long as we refuse it or agree with LibreOffice: people see what a spreadsheet program shows. Needs LibreOffice (Debian:
apt-get install libreoffice-calc-nogui). Exit code 0: no disagreement; 1: some; 2: LibreOffice is not installed.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from tender_eval.files.source import Source
from tender_eval.files.tables.xlsx_reader import XlsxReader
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Items, Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from altered import altered_workbook  # noqa: E402

Bids = list[dict[str, str]]
_AS_HELD = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false"
_TOGETHER = 200  # files that LibreOffice converts at once


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not installed: apt-get install libreoffice-calc-nogui", file=sys.stderr)
        return 2
    found: Counter[str] = Counter()
    faults: list[str] = []
    seeds = range(asked.first, asked.first + asked.count)
    with tempfile.TemporaryDirectory() as name:
        profile = Path(name).as_uri()
        for start in range(0, len(seeds), _TOGETHER):
            some = {seed: altered_workbook(seed) for seed in seeds[start : start + _TOGETHER]}
            shown = by_office(office, profile, some)
            compare(some, shown, found, faults)
    print("\n".join(faults[:20]))
    said = ", ".join(f"{count} {name}" for name, count in sorted(found.items()))
    print(f"{asked.count} workbooks: {said}; {len(faults)} disagreements")
    return 1 if faults else 0


def compare(some: dict[int, bytes], shown: dict[int, Bids], found: Counter[str], faults: list[str]) -> None:
    """Read these workbooks, count how they fared, and tell where readers disagree."""
    for seed, data in some.items():
        ours, theirs, third = by_us(data), shown.get(seed), by_calamine(data)
        found["refused by us" if ours is None else "read by us"] += 1
        found["not opened by LibreOffice"] += theirs is None
        found["not opened by calamine"] += third is None
        if ours is None:
            continue
        if theirs is not None and ours != theirs:
            faults.append(f"seed {seed}: ours {ours}, LibreOffice {theirs}")
        elif third is not None and ours != third:
            found["calamine otherwise"] += 1
            if theirs is None:
                faults.append(f"seed {seed}: ours {ours}, calamine {third}")


def by_us(data: bytes) -> Bids | None:
    """The bids as our reader restates them, or None where it refuses the file."""
    problems = Problems()
    file = XlsxReader().read(Source("bids.xlsx", data), problems)
    if file is None or problems:
        return None
    bids = file["bids"]
    assert isinstance(bids, Items)
    return [{name: _same(value) for name, value in _flat(bid)} for bid in bids]


def _flat(value: object, before: str = "") -> list[tuple[str, str]]:
    if not isinstance(value, Table):
        return [(before, str(value))]
    return [pair for key, inner in value.items() for pair in _flat(inner, f"{before}.{key}" if before else str(key))]


def by_calamine(data: bytes) -> Bids | None:
    """The bids as calamine reads them, or None where it cannot."""
    import io

    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, ValueError, IndexError, OverflowError):
        return None
    return _bids([[_text(cell) for cell in row] for row in rows])


def _text(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def by_office(office: str, profile: str, files: dict[int, bytes]) -> dict[int, Bids]:
    """The bids as LibreOffice holds them, of those files that it opens."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed, data in files.items():
            (folder / f"{seed}.xlsx").write_bytes(data)
        command = [office, f"-env:UserInstallation={profile}", "--headless"]
        given = sorted(str(path) for path in folder.glob("*.xlsx"))
        command += ["--convert-to", _AS_HELD, "--outdir", str(folder / "done"), *given]
        subprocess.run(command, check=True, capture_output=True, timeout=900)  # noqa: S603
        read = {}
        for path in (folder / "done").glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                read[int(path.stem)] = _bids(list(csv.reader(file)))
        return read


def _bids(rows: list[list[str]]) -> Bids:
    """One mapping a row below the first that holds anything."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return []
    heads = [head.strip() for head in filled[0]]
    return [{head: _same(cell) for head, cell in zip(heads, row, strict=False) if cell.strip()} for row in filled[1:]]


def _same(text: object) -> str:
    """A value in one way of writing: numbers by their shortest digits, truths in small letters."""
    text = str(text).strip().replace("\r\n", "\n")
    if text.lower() in ("true", "false"):
        return text.lower()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number.normalize():f}" if number.is_finite() else text


if __name__ == "__main__":
    sys.exit(main())
