"""Whole processes: `tender-eval --help` beside importing click, `evaluate` beside importing its libraries.

Twice: by four of their names, and what `evaluate` takes from them. Since pydantic loads on demand, its name alone
loads little of it.

    python benchmarks/process.py

Each pair runs in turn, ten times; medians and the median of the pairwise ratios are printed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import yaml

CLI = [shutil.which("tender-eval", path=sysconfig.get_path("scripts")) or "tender-eval"]
IMPORTS = "import numpy, yaml, click, pluggy, tabulate, importlib.metadata; from pydantic import BaseModel"
BIDS, CRITERIA, RUNS = 10, 20, 10


def files(folder: Path, count: int = BIDS) -> tuple[str, str]:
    """A scheme of 20 criteria, and so many bids."""
    scale = [{"mark": m, "score": f"{20 * m}%"} for m in range(6)]
    marked = [{"id": f"q{n}", "weight": 3, "scorer": "mark", "scale": "s"} for n in range(CRITERIA - 1)]
    scheme = {
        "format": "tender-eval/scheme/1", "id": "bench", "title": "Benchmark", "scales": {"s": scale},
        "criteria": [{"id": "quality", "weight": 57, "minimum": "20%", "criteria": marked},
                     {"id": "price", "weight": 43, "scorer": "ratio_to_lowest"}],
        "award": {"rule": "highest_score", "on_rejection": "recompute"},
    }  # fmt: skip
    bids = [
        {"id": f"b{n}", "price": 10000 + 137 * n, "marks": {f"q{m}": (n + m) % 6 for m in range(CRITERIA - 1)}}
        for n in range(count)
    ]
    (folder / "scheme.yaml").write_text(yaml.safe_dump(scheme), encoding="utf-8")
    (folder / "bids.yaml").write_text(yaml.safe_dump({"format": "tender-eval/bids/1", "bids": bids}), encoding="utf-8")
    return str(folder / "scheme.yaml"), str(folder / "bids.yaml")


def seconds(command: list[str]) -> float:
    """Processor time: neither process waits for anything, and other work on the machine then counts little."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def compare(name: str, ours: list[str], code: str) -> None:
    theirs = [sys.executable, "-c", code]
    seconds(ours), seconds(theirs)  # once for the file cache
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(RUNS)]
    us, them = (statistics.median(p) for p in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f'{name}: {us:.3f} s; python -c "{code}": {them:.3f} s; ratio {ratio:.2f}')


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        scheme, bids = files(Path(folder))
        compare("tender-eval --help", [*CLI, "--help"], "import click")
        name = f"tender-eval evaluate, {BIDS} bids x {CRITERIA} criteria"
        for imports in ("import numpy, yaml, click, pydantic", IMPORTS):
            compare(name, [*CLI, "evaluate", scheme, bids], imports)


if __name__ == "__main__":
    main()
