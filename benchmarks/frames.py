"""`BatchResult.to_frame` beside numpy's own copy of the same arrays, in one run: time and memory.

    python benchmarks/frames.py [DRAWS]

Real bids of a shipped scheme, their prices drawn; each pair in turn, medians, CPU time.
"""

from __future__ import annotations

import platform
import resource
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from tender_eval import compile_scheme, load_bids, load_catalogue, load_scheme

ROOT = Path(__file__).resolve().parents[1]
RUNS = 9


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def megabytes(work: Callable[[], object]) -> float:
    """The peak of what is allocated meanwhile, beside what was there before."""
    tracemalloc.start()
    made = work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del made
    return peak / 2**20


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    scheme = compile_scheme(
        load_scheme(ROOT / "schemes/victim-services-cpqp.yaml"), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    )
    columns = load_bids(ROOT / "fixtures/victim-services-cpqp.bids.yaml").columns(scheme, draws=draws)
    prices = columns["price"] * np.random.default_rng(1).lognormal(0, 0.05, columns["price"].shape)
    result = scheme.evaluate_batch(columns | {"price": prices})
    arrays = [result.points, result.figures, result.ranks, result.rejected]

    def copied() -> list[object]:
        return [array.copy() for array in arrays]

    seconds(result.to_frame), seconds(copied)
    pairs = [(seconds(result.to_frame), seconds(copied)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    shape = f"{draws:,} draws x {len(columns.ids)} bids"
    print(f"Python {platform.python_version()}, numpy {np.__version__}, pandas {pd.__version__}")
    print(f"to_frame, {shape}: {ours:.3f} s; numpy copies its arrays in {theirs:.3f} s; ratio {ratio:.2f}")
    us, them = megabytes(result.to_frame), megabytes(copied)
    print(f"memory: {us:.0f} MB beside {them:.0f} MB; ratio {us / them:.2f}")
    print(f"peak of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MB")


if __name__ == "__main__":
    main()
