"""The HTML report of 50 bids x 60 criteria x 5 evaluators as a whole process, beside importing its like.

    python benchmarks/report.py

The pair runs in turn, five times; medians are printed. matplotlib is imported only if it is installed here.
"""

from __future__ import annotations

import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from record import AT, bids, scheme

from tender_eval import load_catalogue
from tender_eval.audit.writing import record

RUNS = 5


def seconds(command: list[str]) -> float:
    """The time of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Make the record, then time the report of it."""
    libraries = "jinja2, matplotlib" if importlib.util.find_spec("matplotlib") else "jinja2"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.jsonl"
        record(path, scheme(), bids(), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}), AT)
        page = str(Path(folder) / "report.html")
        ours = [sys.executable, "-m", "tender_eval", "report", str(path), "--format", "html", "--output", page]
        theirs = [sys.executable, "-c", f"import {libraries}"]
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(RUNS)]
    us, them = (statistics.median(p) for p in zip(*pairs, strict=True))
    print(f'report --format html, 50 bids x 60 criteria x 5 evaluators: {us:.2f} s; "import {libraries}": {them:.2f} s')


if __name__ == "__main__":
    main()
