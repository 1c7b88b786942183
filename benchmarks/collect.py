"""`panel collect` of 12 sheets x 30 bids x 40 criteria, beside openpyxl reading them bare in its read-only mode.

    python benchmarks/collect.py

Both are whole processes, by the processor's clock, in turn; ours reads the record, holds every mark against the panel,
the scheme and what was given before, and enters twelve acts. The sheets are those of `panel sheets`, filled in.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tender_eval.audit.verify import read_state
from tender_eval.audit.writing import enter, open_case
from tender_eval.case.acts import Act
from tender_eval.case.fold import take
from tender_eval.case.panel.sheets import reference, to_mark
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.source import Source
from tender_eval.model.location import Location
from tender_eval.report.panel.sheet import sheet_of

PEOPLE, BIDS, CRITERIA, ROUNDS = 12, 30, 40, 3
AT = "2026-05-02T09:30:00Z"
OURS = "import sys; from tender_eval.cli import main; sys.argv[1:1] = ['panel', 'collect']; main()"
BARE = """
import sys, openpyxl
for name in sys.argv[1:]:
    book = openpyxl.load_workbook(name, read_only=True)
    cells = sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    book.close()
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        record, sheets = made(Path(folder))
        before = record.read_bytes()
        pairs = []
        for _ in range(ROUNDS + 1):
            record.write_bytes(before)
            pairs.append((seconds(OURS, [str(record), *sheets]), seconds(BARE, sheets)))
        pairs = pairs[1:]  # the first is for the file cache
        size = sum(Path(name).stat().st_size for name in sheets)
    us, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"collect of {PEOPLE} sheets x {BIDS} bids x {CRITERIA} criteria, {size / 1e6:.1f} MB, processor time")
    print(f"panel collect         {us:8.2f} s")
    print(f"openpyxl, read only   {bare:8.2f} s   ours takes {ratio:.2f} times as long")


def made(folder: Path) -> tuple[Path, list[str]]:
    """A record whose panel has declared, and the sheets of everybody with every mark in them."""
    catalogue, record = load_catalogue(), folder / "case.jsonl"
    scheme, bids, panel = (Source(f"{name}.yaml", text.encode()) for name, text in stated().items())
    open_case(record, scheme, bids, catalogue, AT, panel)
    for n in range(PEOPLE):
        enter(record, "declare_interest", {"person": f"p{n}", "none": "true"}, catalogue, AT)
    case = read_state(record)
    state, files = case.state, []
    for number, person in enumerate(state.panel or (), len(case.entries)):
        marks = [
            {**key._asdict(), "mark": str(n * number % 6), "note": "",
             "reason": f"Part {n} names who does this, by when, and how it is known to have worked"}
            for n, key in enumerate(to_mark(state, person))
        ]  # fmt: skip
        act = Act(number, "submit_marks", {"person": person.id, "marks": marks}, AT)
        filled, _ = take(state, act, catalogue, Location(record.as_posix()))
        file = folder / f"{person.id}.xlsx"
        file.write_bytes(sheet_of(filled, reference(case.entries[0].hash), person, "xlsx"))
        files.append(str(file))
    return record, files


def stated() -> dict[str, str]:
    """The scheme, the bids and the panel."""
    scale = [
        {
            "mark": m,
            "score": f"{20 * m}%",
            "title": f"Mark {m}",
            "descriptor": "What earns it, in words of its own",
        }
        for m in range(6)
    ]
    marked = [
        {"id": f"q{n}", "title": f"Question {n} of forty", "weight": 2, "scorer": "mark", "scale": "s"}
        for n in range(CRITERIA)
    ]
    scheme = {
        "format": "tender-eval/scheme/1", "id": "bench", "title": "Benchmark", "scales": {"s": scale},
        "criteria": [*marked, {"id": "price", "weight": 20, "scorer": "ratio_to_lowest"}],
        "award": {"rule": "highest_score", "on_rejection": "recompute"},
    }  # fmt: skip
    bids = [{"id": f"b{n}", "supplier": {"name": f"Supplier {n}"}} for n in range(BIDS)]
    people = [{"id": f"p{n}", "name": f"Person {n}"} for n in range(PEOPLE)]
    return {
        "scheme": yaml.safe_dump(scheme),
        "bids": yaml.safe_dump({"format": "tender-eval/bids/1", "bids": bids}),
        "panel": yaml.safe_dump({"format": "tender-eval/panel/1", "members": people}),
    }


def seconds(code: str, files: list[str]) -> float:
    """Processor time of a process that is given files."""
    before = os.times()
    subprocess.run([sys.executable, "-c", code, *files], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
