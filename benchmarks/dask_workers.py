"""A cluster on loopback: two workers beside one, and twice the draws beside once.

    python benchmarks/dask_workers.py [TENDERS]

The county preset in 8 lots. Scheduler and workers are processes of one thread each, started here and warm; one worker
and two run in turn, five times, and the median of the ratios counts; the load of the machine is printed, for beside
other work two workers are no faster than the cores that are free. Every run must give the bits of one process.
Scheduler and client work beside the workers, so on two cores two workers cannot be twice as fast as one.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from distributed import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from dask_cluster import Cluster, cluster

from simulation import SEED, built_in_file, job, load_catalogue, load_spec, prepare
from tender_eval.simulation.running.chunks import Job
from tender_eval.simulation.running.engines import run

LOTS, RUNS, WARM = 8, 5, 16 * 4096


def main() -> None:
    tenders = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    spec = load_spec(built_in_file("county"), catalogue)
    design = next(d for d in spec.designs if d.lots == LOTS)
    prepared = prepare(design, spec.types_in(design), spec.providers, spec.area_weights, catalogue, SEED)
    work, twice = job(prepared, tenders), job(prepared, 2 * tenders)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clusters = []
        for workers in (1, 2):
            (folder / str(workers)).mkdir()
            found = stack.enter_context(cluster(folder / str(workers), workers, Path(__file__).parent))
            with Client(found.address, set_as_default=False) as client:
                client.wait_for_workers(workers)
            run(job(prepared, WARM), "dask", scheduler=found.address)
            clusters.append(found)
        expected = run(work, workers=1)
        times = [[timed(work, each, expected) for each in clusters] for _ in range(RUNS)]
        one, two = (statistics.median(column) for column in zip(*times, strict=True))
        ratio = statistics.median(a / b for a, b in times)
        double = statistics.median(timed(twice, clusters[1], None) for _ in range(3))
    load, *_ = os.getloadavg()
    print(f"{tenders} tenders: one worker {one:.2f} s, two {two:.2f} s, ratio {ratio:.2f}; load {load:.1f}")
    print(f"{2 * tenders} tenders: two workers {double:.2f} s, ratio {double / two:.2f}")


def timed(work: Job, on: Cluster, expected: object) -> float:
    start = time.perf_counter()
    found = run(work, "dask", scheduler=on.address)
    seconds = time.perf_counter() - start
    if expected is not None and found != expected:
        raise SystemExit("the cluster gave other bits than one process")
    return seconds


if __name__ == "__main__":
    main()
