"""Read many altered and damaged files: none may hang, take much memory, or raise anything but a refusal.

Usage: python scripts/mutated_files.py [--count N] [--from SEED]

Prints how many were read and refused, the slowest one and the peak of memory. Exit code 1 where a file took longer than
10 s, where the process came to hold more than 500 MB, or where something else than a refusal came out.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tender_eval import Refused
from tender_eval.files.load import load_bids

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from altered import altered_file  # noqa: E402

MOST_SECONDS = 10.0
MOST_MEMORY = 500  # MB
BUGS = {"TE045", "TE046"}  # what a reader raised, or gave that it may not


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    outcomes: Counter[str] = Counter()
    slowest, faults = (0.0, 0), []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(asked.first, asked.first + asked.count):
            name, data = altered_file(seed)
            file = Path(folder) / name
            file.write_bytes(data)
            began = time.perf_counter()
            try:
                load_bids(file)
                outcomes["read"] += 1
            except Refused as e:
                outcomes["refused"] += 1
                faults += [f"seed {seed}: {d.message}" for d in e.diagnostics if d.code in BUGS]
            except Exception as e:
                faults.append(f"seed {seed}: {type(e).__name__}: {e}")
            slowest = max(slowest, (time.perf_counter() - began, seed))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print("\n".join(faults[:20]))
    print(
        f"{asked.count} files: {outcomes['read']} read, {outcomes['refused']} refused, {len(faults)} faults; "
        f"slowest {slowest[0]:.2f} s (seed {slowest[1]}); peak {peak} MB"
    )
    return 1 if faults or slowest[0] > MOST_SECONDS or peak > MOST_MEMORY else 0


if __name__ == "__main__":
    sys.exit(main())
