"""Sheets that came back, entered in a record."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from acting import AT, CATALOGUE
from desks import BIDS, PANEL, SCHEME

from tender_eval.audit.collecting import Sheet, collect, marks_of_sheet
from tender_eval.audit.verify import read_state
from tender_eval.audit.writing import enter, open_case
from tender_eval.case.panel.sheets import check_of, reference
from tender_eval.files.source import Source
from tender_eval.model.location import Location
from tender_eval.model.panel import OneMark, Returned, Row

FILES = [Source(name, text.encode()) for name, text in (("s.yaml", SCHEME), ("b.csv", BIDS), ("p.yaml", PANEL))]
MARKERS = ("ann", "bob", "cat")


@pytest.mark.slow
def test_whoever_collects_at_the_same_time_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    open_case(path, FILES[0], FILES[1], CATALOGUE, AT, FILES[2])
    for person in MARKERS:
        enter(path, "declare_interest", {"person": person, "none": "true"}, CATALOGUE, AT)
    case = read_state(path, CATALOGUE)
    ref = reference(case.entries[0].hash)
    where = Location("sheet.csv")
    people = [one for one in case.state.panel or () if one.id in MARKERS]
    row = Row("alder", "", "voice", "7", "A forum", "", where)
    sheets = [Sheet(FILES[0], Returned(ref, one.id, check_of(ref, one), (row,), where)) for one in people]

    def collecting(sheet: Sheet) -> None:
        collect(path, [sheet], "submit_marks", marks_of_sheet(""), (), CATALOGUE, AT)

    threads = [Thread(target=collecting, args=(sheet,)) for sheet in sheets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    given = read_state(path, CATALOGUE).state.given
    assert {who: set(marks) for who, marks in given.items()} == {
        who: {OneMark("alder", "", "voice")} for who in MARKERS
    }
