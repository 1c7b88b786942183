"""A cluster on loopback: two workers beside one, and twice the draws beside once.

    python benchmarks/dask_workers.py [DRAWS]

Scheduler and workers are processes of one thread each, started here and warm; one worker and two run in turn, and
the shortest time of each counts, for other work on the machine only adds to it. The tenders are synthetic, numpy's
own drawing and sorting, so that what is measured is the engine. Every run must give the bits of one process.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from distributed import Client
from numpy.random import SeedSequence, default_rng

from tender_eval.simulation.chunks import Job
from tender_eval.simulation.engines import run
from tender_eval.simulation.tally import Tallies

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from dask_cluster import Cluster, cluster

PROVIDERS, LOTS, CHUNK, RUNS = 22, 8, 4096, 4


def tenders(prepared: Sequence[int], seed: SeedSequence, draws: int) -> tuple[dict[str, np.ndarray], ...]:
    """Costs of 22 providers in 8 lots, drawn and sorted; the figures of the lowest."""
    rng = default_rng(seed)
    costs = np.sort(rng.lognormal(0, 0.3, (PROVIDERS, LOTS, draws)), axis=0)
    return tuple({"price": costs[rank].mean(axis=0), "spread": np.ptp(costs, axis=0).max(axis=0)} for rank in prepared)


def job(draws: int) -> Job[int]:
    from dask_workers import tenders as importable  # not of __main__, which the workers do not have

    return Job(importable, (0, 1), 1, draws, CHUNK, "benchmark")


def seconds(work: Job[int], cluster: Cluster, expected: Tallies) -> float:
    start = time.perf_counter()
    result = run(work, "dask", scheduler=cluster.address)
    took = time.perf_counter() - start
    assert result == expected
    return took


def warm(cluster: Cluster, workers: int) -> Cluster:
    with Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(workers)
    run(job(8 * CHUNK), "dask", scheduler=cluster.address)
    return cluster


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 100 * CHUNK
    work, twice = job(draws), job(2 * draws)
    here = Path(__file__).parent
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        one, two = (warm(stack.enter_context(cluster(folder / str(n), n, here)), n) for n in (1, 2))
        start = time.perf_counter()
        expected, more = run(work, workers=1), run(twice, workers=1)
        alone = (time.perf_counter() - start) / 3
        took = [
            (seconds(work, one, expected), seconds(work, two, expected), seconds(twice, two, more)) for _ in range(RUNS)
        ]
    by_one, by_two, doubled = (min(times) for times in zip(*took, strict=True))
    print(f"{draws} tenders: without a cluster {alone:.2f} s")
    print(f"{draws} tenders: one worker {by_one:.2f} s, two {by_two:.2f} s, ratio {by_one / by_two:.2f}")
    print(f"{2 * draws} tenders: two workers {doubled:.2f} s, ratio {doubled / by_two:.2f}")


if __name__ == "__main__":
    main()
