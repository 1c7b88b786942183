"""Simulated tenders on the county preset, one lot and eight, beside a bare numpy pass: the limit.

    python benchmarks/simulation.py [TENDERS]

Both run in one process and in turns; medians are printed, in seconds of processor time, which other work on the machine
disturbs less than the clock; one process and two are then timed by the clock. The bare pass draws as many random
numbers of the same kinds from the same generator as the simulation does, in pieces that stay in the cache, and scores
them once: prices from costs, quality from marks, the lowest price over the price and the weighted marks, and the best
of all providers in each lot. It decides nothing about who may bid, who does, and at what price, and keeps no figures
but two. Beliefs are solved beforehand, once a design whatever the number of tenders; that time is printed apart.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.random import SFC64, Generator, SeedSequence

from tender_eval.lots.catalogue import load_catalogue
from tender_eval.simulation.loading.load import built_in_file, load_spec
from tender_eval.simulation.market.providers import DrawsNeeded
from tender_eval.simulation.prepared import PreparedDesign, prepare
from tender_eval.simulation.running.chunks import Job, chunk_size
from tender_eval.simulation.running.engines import run
from tender_eval.simulation.tender import simulate

TENDERS, RUNS, SEED = 1_000_000, 3, 1
CELLS = 1 << 15  # of an array (providers x lots, tenders) at once: a quarter of a megabyte


def bare(wanted: DrawsNeeded, lots: int, tenders: int) -> tuple[float, float]:
    """Mean price and share of wins of the first provider."""
    rng = Generator(SFC64(SeedSequence(SEED)))
    providers, places = wanted.providers, len(wanted.places)
    block = max(CELLS // (providers * lots), 32)
    price_sum, first = 0.0, 0
    for start in range(0, tenders, block):
        n = min(block, tenders - start)
        cost, quality, income, days = (rng.standard_normal((providers, n)) for _ in range(4))
        area_cost = rng.standard_normal((providers, wanted.areas, n))
        luck, home = rng.random((providers, n)), rng.integers(0, wanted.areas, (providers, n))
        noise = [rng.standard_normal((providers, places, n)) for _ in range(wanted.questions)]
        each = wanted.areas // lots
        price = area_cost.reshape(providers, lots, each, n).mean(axis=2) if each > 1 else area_cost
        price *= 0.07
        price += (0.85 + 0.07 * cost)[:, None]
        score = np.min(price, axis=0) / price
        score *= 40.0
        for marks in noise:
            np.multiply(marks, 0.6, out=marks)
            np.add(marks, (10.5 + 1.35 * quality)[:, None], out=marks)
            score += marks if places == lots else marks[:, :lots]
        winner = score.argmax(axis=0)
        price_sum += float(np.take_along_axis(price, winner[None], axis=0).sum())
        first += int((winner == 0).sum())
        del income, days, luck, home
    return price_sum / tenders / lots, first / tenders / lots


def job(prepared: PreparedDesign, tenders: int) -> Job[PreparedDesign]:
    model = prepared.model()
    cells = model.draws_needed.providers * len(model.lots.areas)
    return Job(simulate, (prepared,), SEED, tenders, chunk_size(cells), "benchmark")


def seconds(call: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    call()
    return clock() - start


def main() -> None:
    """Time both designs."""
    tenders = int(sys.argv[1]) if len(sys.argv) > 1 else TENDERS
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    spec = load_spec(built_in_file("county"), catalogue)
    worst = 0.0
    for design in (d for d in spec.designs if d.lots in (1, 8)):
        start = time.process_time()
        prepared = prepare(design, spec.types_in(design), spec.providers, spec.area_weights, catalogue, SEED)
        solving = time.process_time() - start
        wanted = prepared.model().draws_needed

        def ours(number: int = tenders, workers: int = 1, prepared: PreparedDesign = prepared) -> None:
            run(job(prepared, number), workers=workers)

        def limit(wanted: DrawsNeeded = wanted, lots: int = design.lots) -> None:
            bare(wanted, lots, tenders)

        ours(max(tenders // 50, 1))
        runs = [(seconds(ours), seconds(limit), seconds(lambda f=ours: f(tenders // 2))) for _ in range(RUNS)]
        us, them, half = (statistics.median(each) for each in zip(*runs, strict=True))
        ratio = statistics.median(a / b for a, b, _ in runs)
        one, two = (seconds(lambda f=ours, w=w: f(workers=w), time.perf_counter) for w in (1, 2))
        worst = max(worst, ratio)
        cells = wanted.providers * design.lots * tenders
        print(f"{tenders:,} tenders, {wanted.providers} providers, {design.label}: {us:.1f} s, ", end="")
        print(f"{cells / us / 1e6:.1f} million cells a second; bare {them:.1f} s; ratio {ratio:.2f}; ", end="")
        print(
            f"half the tenders {half / us:.2f} of the time; by the clock {one:.1f} s, two processes {two:.1f} s; ",
            end="",
        )
        print(f"beliefs solved in {solving:.1f} s", flush=True)
    assert worst <= 4, "the simulation takes more than four times as long as the bare pass"


if __name__ == "__main__":
    main()
