"""Makes the records of these cases again: ``python tests/errors/records.py``.

They are committed; run this only after a change of what a record holds, and then make the messages anew.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tender_eval.audit.writing import record
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.source import Source

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
    changed = made("TE092")
    changed.write_bytes(changed.read_bytes().replace(b'"winner":["alder"]', b'"winner":["birch"]'))
    forged = made("TE081")
    forged.write_bytes(rechained(forged.read_bytes(), _other_winner))


def _other_winner(entries: list[dict[str, Any]]) -> None:
    next(e for e in entries if e["kind"] == "award")["body"].update(winner=["birch"])


if __name__ == "__main__":
    main()
