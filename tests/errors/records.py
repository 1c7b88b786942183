"""Makes the records of these cases again: ``python tests/errors/records.py``.

They are committed; run this only after a change of what a record holds, and then make the messages anew.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from tender_eval.audit.verify import read_state
from tender_eval.audit.writing import enter, open_case, record
from tender_eval.case.panel.sheets import reference
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.source import Source
from tender_eval.report.panel.sheet import sheet_of

HERE = Path(__file__).parent
AT = "2026-05-02T09:30:00Z"
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def made(case: str, stage: str = "complete", bids: str = "bids.yaml") -> Path:
    """The record of a case's own files."""
    folder = HERE / case
    path = folder / "record.jsonl"
    path.unlink(missing_ok=True)
    sources = [Source(name, (folder / name).read_bytes()) for name in ("scheme.yaml", bids)]
    record(path, sources[0], sources[1], CATALOGUE, AT, stage)
    return path


def of_panel(case: str, given: str, then: str) -> None:
    """A case with a panel, in which somebody gave a mark with this reason, if any; and a sheet of theirs with another.

    Without a reason the sheet is one of another case.
    """
    folder = HERE / case
    path = folder / "record.jsonl"
    path.unlink(missing_ok=True)
    scheme, bids, panel = (Source(n, (folder / n).read_bytes()) for n in ("scheme.yaml", "bids.yaml", "panel.yaml"))
    open_case(path, scheme, bids, CATALOGUE, AT, panel)
    enter(path, "declare_interest", {"person": "archer", "none": "true"}, CATALOGUE, AT)
    mark = {"bid": "alder", "lot": "", "criterion": "care", "mark": "4", "reason": given, "note": ""}
    if given:
        enter(path, "submit_marks", {"person": "archer", "marks": [mark]}, CATALOGUE, AT)
    state = read_state(path, CATALOGUE)
    assert state.state.panel is not None
    ref = reference(state.entries[0].hash) if given else "0" * 16
    sheet = sheet_of(replace(state.state, given={}), ref, state.state.panel.people[0], "csv").decode()
    (folder / "archer.csv").write_text(sheet.replace(",,\n", f"{then},It says who leads,\n"), encoding="utf-8")


def main() -> None:
    sys.path.insert(0, str(HERE.parent / "support"))
    from forging import rechained

    for case in (
        "TE091/1-record",
        "TE091/2-result",
        "TE093",
        "TE095",
        "TE096",
        "TE097",
        "TE083",
        "TE085",
        "TE086",
        "TE087",
        "TE088",
        "TE089",
    ):
        made(case)
    made("TE084", "quality")
    of_panel("TE532", "Named leads for each part of the service", "3")
    of_panel("TE533", "", "4")
    changed = made("TE092")
    changed.write_bytes(changed.read_bytes().replace(b'"winner":["alder"]', b'"winner":["birch"]'))
    forged = made("TE081")
    forged.write_bytes(rechained(forged.read_bytes(), _other_winner))


def _other_winner(entries: list[dict[str, Any]]) -> None:
    next(e for e in entries if e["kind"] == "award")["body"].update(winner=["birch"])


if __name__ == "__main__":
    main()
