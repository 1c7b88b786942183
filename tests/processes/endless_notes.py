"""Writes notes into a record without an end, and says what is acknowledged of each. Its argument: the record."""

from __future__ import annotations

import sys
from pathlib import Path

from tender_eval.audit import store
from tender_eval.audit.chain import Draft

NOTE = Draft("decision", {"text": "x" * 9000})

if __name__ == "__main__":
    while True:
        written = store.append(Path(sys.argv[1]), "2026-05-02T09:30:00Z", lambda _: [NOTE])
        print(written.entries, written.head, flush=True)
