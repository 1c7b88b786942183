"""Reading a workbook of 5,000 bids, beside openpyxl reading it bare in its read-only mode.

    python benchmarks/workbook.py

All are whole processes, by the processor's clock, in turn. The reader alone makes text of every cell and holds it
against what the sheet shows of it; `load_bids` makes bids of them, holds every figure against the format and every
supplier against the others. Memory is the peak of the process, its libraries included.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

BIDS, ROUNDS = 5000, 5
HEADINGS = (
    "id", "supplier.name", "supplier.legal_form", "supplier.annual_income", "supplier.size", "supplier.by_and_for",
    "declarations.safeguarding_policy", "price", "marks.delivery", "marks.social.agreed", "marks.social.reason",
    "marks.social.individual.e1", "marks.social.individual.e2", "values.accepted",
)  # fmt: skip
MEASURED = """
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
READ = """
import sys
from pathlib import Path
from tender_eval.base.collector import collection_paused
from tender_eval.files.source import Source
from tender_eval.files.tables.xlsx_reader import XlsxReader
from tender_eval.model.diagnostics import Problems
with collection_paused():
    table = XlsxReader().read(Source("bids.xlsx", Path(sys.argv[1]).read_bytes()), Problems())
assert len(table["bids"]) == int(sys.argv[2])
"""
LOADED = "import sys; from tender_eval import load_bids; assert len(load_bids(sys.argv[1]).bids) == int(sys.argv[2])"
BARE = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
assert sum(1 for row in book.worksheets[0].iter_rows(values_only=True)) == int(sys.argv[2]) + 1
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = made(Path(folder) / "bids.xlsx")
        runs = [[run(program, file) for program in (READ, LOADED, BARE)] for _ in range(ROUNDS + 1)][1:]
        size = file.stat().st_size
    print(f"{BIDS:,} rows of {len(HEADINGS)} cells, {size / 1e6:.1f} MB, processor time and peak of memory")
    for n, name in enumerate(("the reader alone", "load_bids", "openpyxl, read only")):
        time, peak = (statistics.median(one[n][m] for one in runs) for m in (0, 1))
        ratio = statistics.median(one[n][0] / one[-1][0] for one in runs)
        print(f"{name:20} {time:8.2f} s {peak / 1024:6.0f} MB   {ratio:.2f}")


def made(file: Path) -> Path:
    """A workbook of bids as a spreadsheet program writes it: with texts that its cells share."""
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Bids")
    sheet.write_row(0, 0, HEADINGS)
    for n in range(1, BIDS + 1):
        marks = (n % 6, n * 7 % 6, f"A plan for part {n}, with people named", n % 6, (n + 1) % 6)
        facts = (f"b{n}", f"Supplier {n}", "charity", n * 1000, "small", True, True, 10_000 + n + 0.5)
        sheet.write_row(n, 0, (*facts, *marks, 100 + n % 50))
    book.close()
    return file


def run(program: str, file: Path) -> tuple[float, int]:
    """The processor time of a process in seconds, and its peak of memory in kilobytes."""
    command = [sys.executable, "-c", program + "\n" + MEASURED, str(file), str(BIDS)]
    time, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(time), int(peak)


if __name__ == "__main__":
    main()
