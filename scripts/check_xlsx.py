"""Prove the XLSX report with another program: LibreOffice recalculates it, and every formula must agree.

Usage: python scripts/check_xlsx.py [--keep FOLDER] [--generated N]   (N schemes for each scorer)

For every scheme that ships with its bids, and for schemes generated from the test strategies, the workbook is
stripped of the values that tender-eval wrote beside its formulas, recalculated by LibreOffice headless (Debian:
apt-get install libreoffice-calc-nogui), and read back. Each formula must give the value that was stripped, each
check must say OK. As a control one mark or price is changed in a copy, and the checks must then differ.
Exit code 0: all agree; 1: some differ; 2: LibreOffice is not installed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter
from python_calamine import CalamineWorkbook

from tender_eval import Refused, compile_scheme
from tender_eval.case.case import Case
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bids
from tender_eval.model.numeric import ROUNDING_MODES
from tender_eval.model.scheme import Rounding
from tender_eval.report.workbook.report import xlsx_report

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from phases import case_after  # noqa: E402
from shipped import CATALOGUE, case_from, case_of, pairs, shipped  # noqa: E402

CLOSE = 1e-9  # relative; a spreadsheet counts in doubles
_CELL = re.compile(rb"<c ([^>]*?)>(<f>.*?</f>)<v>.*?</v></c>")
_FORMULA = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*><f>')
_NUMBER = re.compile(rb'(<c r="[A-Z]+\d+" s="\d+"><v>)([0-9.]+)(</v></c>)')
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>
"""


class Book(NamedTuple):
    """A workbook under test: as tender-eval wrote it, and what was made of it for the recalculation."""

    name: str
    written: bytes
    given: bytes
    formulas: Sequence[tuple[str, int, int]] = ()
    control: bool = False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="leave the recalculated workbooks here")
    parser.add_argument("--generated", type=int, default=3, help="how many generated schemes a scorer to check as well")
    asked = parser.parse_args()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not installed: apt-get install libreoffice-calc-nogui", file=sys.stderr)
        return 2
    cases = [*_shipped(), *_rounded(), *_written(), *_entered(), *_generated(asked.generated)]
    books = list(_books(cases))
    rules = {case.compiled.plan.rule.rule.name for _, case in cases}
    rounded = {r.mode for _, case in cases if (r := case.compiled.scheme.rounding)}
    print(f"award rules: {', '.join(sorted(rules))}; rounding: {', '.join(sorted(rounded))}")
    with tempfile.TemporaryDirectory() as folder:
        done = _recalculated(office, Path(folder), books)
        if asked.keep:
            shutil.copytree(done, asked.keep, dirs_exist_ok=True)
        faults = [fault for book in books for fault in _faults(book, done / f"{book.name}.xlsx")]
    print("\n".join(faults))
    formulas = sum(len(book.formulas) for book in books)
    controls = sum(book.control for book in books)
    verdict = f"{len(faults)} FAULTS" if faults else "all agree"
    print(f"{len(books) - controls} workbooks, {formulas} formulas recalculated, {controls} controls: {verdict}")
    return 1 if faults else 0


def _books(cases: list[tuple[str, Case]]) -> Iterator[Book]:
    for name, case in cases:
        data = xlsx_report(case)
        yield Book(name, data, _changed(data, stripped), _formulas(data))
        if not name.startswith("generated"):
            yield Book(f"control-{name}", data, _changed(_changed(data, _another_mark), stripped), control=True)


def _shipped() -> Iterator[tuple[str, Case]]:
    for scheme, bids in pairs():
        yield f"{scheme.partition('.')[0]}--{bids.partition('.')[0]}", shipped(scheme, bids)


def _rounded() -> Iterator[tuple[str, Case]]:
    """One case in every rounding mode, rounded at every stage; and its total to the digits of the best one."""
    stages = ("price", "score", "criterion", "group", "total")
    for mode in ROUNDING_MODES:
        case = shipped("price-heavy-70-30.yaml", "two-schemes.bids.yaml")
        for name, rounding in ((mode, Rounding(1, mode, stages)), (f"{mode}-digits", Rounding(0, mode, ("total",), 2))):
            scheme = replace(case.compiled.scheme, rounding=rounding)
            yield f"generated-rounded-{name}", case_of(compile_scheme(scheme, CATALOGUE), case.bids)


def _written() -> Iterator[tuple[str, Case]]:
    """Published formulas over all bids, each for an only bid, and for three of which one is rejected."""
    from drawn import OVER_BIDS

    criteria = [{"id": "care", "weight": 50, "minimum": "20%", "scorer": {"name": "mark", "out_of": 5}}]
    bids = [{"id": f"b{n}", "price": 100 * n, "marks": {"care": 0 if n == 3 else 4}} for n in (1, 2, 3)]
    for n, expression in enumerate(OVER_BIDS):
        scorer = {"name": "formula", "expression": expression, "single_bid": "60%", "above_one": "clamp"}
        scheme = {
            "format": "tender-eval/scheme/1", "id": "written", "title": "Written",
            "criteria": [*criteria, {"id": "share", "weight": 50, "scorer": scorer}],
            "award": {"rule": "highest_score", "on_rejection": "recompute"},
        }  # fmt: skip
        for some in (1, 3):
            yield (
                f"generated-written-{n}-{some}",
                case_from(scheme, {"format": "tender-eval/bids/1", "bids": bids[:some]}),
            )


def _entered() -> Iterator[tuple[str, Case]]:
    """Cases in which people took a bid out, put a price right and settled a tie."""
    for lots in (False, True):
        where = {"lot": "north"} if lots else {}
        out = {"bid": "a", "clause": "s.19(3)(c)", "reason": "The answer explained nothing.", **where}
        right = {"bid": "b", "field": "price", "old": "9003", "new": "8001", "reason": "VAT was in it.", **where}
        with tempfile.TemporaryDirectory() as folder:
            yield f"entered-out-{lots}", case_after(Path(folder), ("disregard", out), ("correct", right), lots=lots)
    drawn = {"order": ["b", "a"], "procedure": "Lots were drawn."}
    with tempfile.TemporaryDirectory() as folder:
        yield "entered-drawn", case_after(Path(folder), ("settle", drawn), tie=True)


def _generated(wanted: int) -> Iterator[tuple[str, Case]]:
    """Generated schemes for each scorer, with every rule among them, minimums, ties, rounding in each mode."""
    if not wanted:
        return
    from generated import SCORERS

    for scorer in SCORERS:
        yield from ((f"generated-{scorer}-{n}", case) for n, case in enumerate(_drawn(scorer, wanted)))


def _drawn(scorer: str, wanted: int) -> list[Case]:
    from generated import bids_for, compiled, schemes
    from hypothesis import HealthCheck, given, seed, settings
    from hypothesis import strategies as st

    found: list[tuple[CompiledScheme, Bids]] = []
    every = list(HealthCheck)

    @seed(f"{scorer} {wanted}")
    @settings(max_examples=10 * wanted, database=None, deadline=None, suppress_health_check=every)
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        scheme = compiled(data.draw(schemes(scorers=[scorer])))
        found.append((scheme, data.draw(bids_for(scheme))))

    collect()
    return [*islice(_evaluated(reversed(found)), wanted)][::-1]  # the first ones drawn are the simplest


def _evaluated(drawn: Iterable[tuple[CompiledScheme, Bids]]) -> Iterator[Case]:
    for scheme, bids in drawn:
        with contextlib.suppress(Refused):  # bids that cannot be scored together have no workbook
            yield case_of(scheme, bids)


def _changed(data: bytes, change: Any) -> bytes:
    """The workbook with its sheets changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in book.infolist():
            text = book.read(item)
            copy.writestr(item, change(item.filename, text) if "worksheets/sheet" in item.filename else text)
    return out.getvalue()


def stripped(name: str, text: bytes) -> bytes:
    """A sheet without the values beside its formulas."""
    return _CELL.sub(lambda m: b"<c " + m[1].replace(b' t="str"', b"") + b">" + m[2] + b"</c>", text)


def _another_mark(name: str, text: bytes) -> bytes:
    """A sheet of criteria with its first number, a weight or points available, made another one."""
    if not name.endswith("sheet2.xml"):
        return text
    return _NUMBER.sub(lambda m: m[1] + str(float(m[2]) * 1.5 + 1).encode() + m[3], text)


def _recalculated(office: str, folder: Path, books: list[Book]) -> Path:
    profile, given, done = folder / "profile", folder / "given", folder / "done"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")
    given.mkdir()
    for book in books:
        (given / f"{book.name}.xlsx").write_bytes(book.given)
    files = [str(path) for path in sorted(given.iterdir())]
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(done), *files], check=True, capture_output=True, timeout=900)  # noqa: S603
    return done


def _values(data: bytes) -> dict[tuple[str, int, int], Any]:
    """The values of a workbook by sheet, row and column, from 0."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        (name, n, k): value
        for name in book.sheet_names
        for n, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for k, value in enumerate(row)
    }


def _formulas(data: bytes) -> list[tuple[str, int, int]]:
    """Where the formulas of a workbook of ours are: its sheets are numbered in their order."""
    names = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return [
            (name, int(at[2]) - 1, column_index_from_string(at[1].decode()) - 1)
            for n, name in enumerate(names, 1)
            for at in _FORMULA.finditer(book.read(f"xl/worksheets/sheet{n}.xml"))
        ]


def _faults(book: Book, recalculated: Path) -> Iterator[str]:
    found = _values(recalculated.read_bytes())
    if book.control:
        if "differs" not in found.values():
            yield f"{book.name}: a changed workbook still agrees"
        return
    expected = _values(book.written)
    for key in book.formulas:
        if not _same(expected[key], found.get(key)):
            place = f"{key[0]}!{get_column_letter(key[2] + 1)}{key[1] + 1}"
            yield f"{book.name} {place}: LibreOffice {found.get(key)!r}, tender-eval {expected[key]!r}"


def _same(a: object, b: object) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= CLOSE * max(abs(a), abs(b), 1e-6)
    return (a or "") == (b or "")


if __name__ == "__main__":
    sys.exit(main())
