"""How time and memory grow with the bids: evaluating 1,250, 5,000 and 20,000, and `fairness` on 10 and 100.

    python benchmarks/growth.py

Each evaluation is a process of its own that reads and checks its files, evaluates, and prints the ranking, once; what
is printed is CPU time, so that what else the machine does matters less, and the peak of memory where the system tells
it. The exponent is that of the power of the bids that fits best.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from process import files

import fairness

COUNTS = (1_250, 5_000, 20_000)
STUDIED = (10, 100)
MOST_TIME, MOST_MEMORY, MOST_FAIRNESS = 5.0, 4.4, 12.0

HEAD = """format: tender-eval/scheme/1
id: growth
title: Growth
scales: {s: [{mark: 0, score: 0%}, {mark: 1, score: 40%}, {mark: 2, score: 100%}]}
"""
MARKS = "".join(f"  - {{id: q{n}, weight: 20, scorer: mark, scale: s}}\n" for n in range(3))
SCHEMES = {
    "highest_score": f"criteria:\n{MARKS}  - {{id: price, weight: 40, scorer: ratio_to_lowest}}\n"
    "award: {rule: highest_score, on_rejection: recompute, ties: [{highest: q0}, {lowest: price}]}\n",
    "grants_within_pot": f"criteria:\n{MARKS.replace('weight: 20', 'weight: 60', 1)}"
    "award: {rule: {name: grants_within_pot, pot: 9000000, cap: 5000, when_short: skip}, ties: [{lowest: price}]}\n",
}
MEASURE = """
import sys, time
from tender_eval.cli import main
main(sys.argv[1:], standalone_mode=False)
try:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
except ImportError:
    peak = 0
print(time.process_time(), peak, file=sys.stderr)
"""


def bids(count: int) -> str:
    """So many bids, of which many have the same marks."""
    return "format: tender-eval/bids/1\nbids:\n" + "".join(
        f"  - {{id: b{n}, price: {2000 + n * 7919 % 1000003}, "
        f"marks: {{q0: {n % 3}, q1: {n // 3 % 3}, q2: {n // 9 % 3}}}}}\n"
        for n in range(count)
    )


def measured(*args: str) -> tuple[float, float]:
    """CPU seconds and megabytes at the peak of one run of the command line."""
    command = [sys.executable, "-c", MEASURE, *args]
    run = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=os.environ)
    seconds, peak = run.stderr.split()[-2:]
    return float(seconds), float(peak) / 1e6


def exponent(counts: tuple[int, ...], figures: list[float]) -> float:
    """The slope of a straight line through the logarithms."""
    x, y = [math.log(c) for c in counts], [math.log(f) for f in figures]
    middle = sum(x) / len(x)
    return sum((a - middle) * b for a, b in zip(x, y, strict=True)) / sum((a - middle) ** 2 for a in x)


def evaluations(folder: Path) -> None:
    """Evaluate ever more bids."""
    for name, text in SCHEMES.items():
        scheme, found = folder / f"{name}.yaml", []
        scheme.write_text(HEAD + text, encoding="utf-8")
        for count in COUNTS:
            path = folder / f"{count}.bids.yaml"
            path.write_text(bids(count), encoding="utf-8")
            found.append(measured("evaluate", str(scheme), str(path), "--format", "csv"))
            print(f"evaluate, {name}, {count:,} bids: {found[-1][0]:.2f} s, {found[-1][1]:,.0f} MB", flush=True)
        times, peaks = ([*column] for column in zip(*found, strict=True))
        print(f"  time grows as the bids to the power of {exponent(COUNTS, times):.2f}; ", end="")
        print(f"20,000 bids take {times[-1] / times[-2]:.2f} times as long as 5,000", end="")
        print(f" and {peaks[-1] / peaks[-2]:.2f} times the memory" if peaks[-2] else "")
        assert times[-1] <= MOST_TIME * times[-2], "evaluating grows faster than the bids"
        assert not peaks[-2] or peaks[-1] <= MOST_MEMORY * peaks[-2], "memory grows faster than the bids"


def studies(folder: Path) -> None:
    """Stress a scheme of 20 criteria under ever more bids."""
    for name, more in (("fairness", ""), ("fairness, points rounded", fairness.ROUNDING)):
        found = []
        for count in STUDIED:
            scheme, offered = files(folder, count)
            Path(scheme).write_text(Path(scheme).read_text(encoding="utf-8") + more, encoding="utf-8")
            found.append(measured("fairness", scheme, offered)[0])
        print(f"{name}: {found[0]:.2f} s for 10 bids, {found[1]:.2f} s for 100, ", end="")
        print(f"{found[1] / found[0]:.1f} times as long", flush=True)
        assert found[1] <= MOST_FAIRNESS * found[0], "fairness grows too fast"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        evaluations(Path(folder))
        studies(Path(folder))


if __name__ == "__main__":
    main()
