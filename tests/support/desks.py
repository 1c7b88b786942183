"""A case with a panel of three who mark, one of whom may not mark one bid; and its sheets, filled in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import openpyxl
from acting import AT, Acting, source

from tender_eval.base.canonical import Data

SCHEME = """\
format: tender-eval/scheme/1
id: refuge
title: Refuge services
source: {document: ITT, date: 2026-01-01, section: "4"}
currency: GBP
scales:
  five:
    - {mark: 0, score: 0%, title: Unacceptable, descriptor: Not answered}
    - {mark: 3, score: 60%, title: Acceptable, descriptor: Says how for the whole requirement}
    - {mark: 4, score: 80%, title: Good, descriptor: "As 3, with evidence that it has worked"}
    - {mark: 5, score: 100%, title: Excellent, descriptor: "As 4, measured"}
criteria:
  - {id: care, title: How care is given, weight: 30, scorer: mark, scale: five}
  - {id: voice, title: How survivors shape it, weight: 30, scorer: {name: mark, out_of: 10}}
  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, ties: [{highest: care}], on_rejection: recompute}
panel: {divergence: 2}
"""
PANEL = """\
format: tender-eval/panel/1
members:
  - {id: ann, name: Ann Archer, role: commissioner, contact: ann@example.org}
  - {id: bob, name: Bob Baker, role: practitioner}
  - {id: cat, name: Cat Cole, role: survivor, criteria: [voice]}
chair: {id: dee, name: Dee Dunn}
"""
BIDS = """\
id,supplier.name,price
alder,Alder House,98765
birch,Birch Trust,120
cedar,Cedar,130
"""
PEOPLE = ("ann", "bob", "cat", "dee")
GENESIS = "f" * 64


def opened(scheme: str = SCHEME, panel: str = PANEL) -> Acting:
    """The case with its bids in and everybody's interests declared: Bob Baker is on the board of Cedar."""
    case = Acting.opened(scheme, panel)
    case("receive", file=source("bids.csv", BIDS))
    for person in ("ann", "cat", "dee"):
        case("declare_interest", person=person, none="true")
    case("declare_interest", person="bob", supplier="Cedar", nature="on its board", outcome="excluding")
    return case


def given(bid: str, criterion: str, mark: str, reason: str = "Named leads", **more: str) -> dict[str, Data]:
    """A mark as an act states it."""
    return {"bid": bid, "lot": "", "criterion": criterion, "mark": mark, "reason": reason, "note": "", **more}


def refused(case: Acting, kind: str, **said: Data) -> list[tuple[str, str]]:
    """The code and message of everything that is wrong with an act."""
    return [(d.code, d.message) for d in case.refused(kind, AT, **said)]


def filled(workbook: bytes, marks: Mapping[tuple[str, str], tuple[object, str]]) -> bytes:
    """A sheet with marks and reasons written into it by another program, by bid and criterion."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet in book.worksheets:
        at = {cell.value: n for n, cell in enumerate(sheet[1], 1)}
        for row in range(2, sheet.max_row + 1) if "mark" in at else ():
            key = (sheet.cell(row, at["bid"]).value, sheet.cell(row, at["criterion"]).value)
            for name, value in zip(("mark", "reason"), marks.get(key, (None, None)), strict=True):  # type: ignore[arg-type]
                sheet.cell(row, at[name]).value = value  # type: ignore[assignment]
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook as its file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(workbook: bytes) -> Iterable[str]:
    """Every text and number in every sheet of a workbook, hidden ones too."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
