"""Simulated tenders on the county preset, one lot and eight, beside a bare numpy pass: the limit.

    python benchmarks/simulation.py [TENDERS]

Both run in one process and in turns, a quarter of the tenders at a time, each quarter from a seed of its own; times are
seconds of processor time, which other work on the machine disturbs less than the clock, and the ratio is the median of
the quarters. A quarter is then timed by the clock in one process and in two. The bare pass draws as many random
numbers of the same kinds from the same generator as the simulation does, in pieces that stay in the cache, and scores
them once: prices from costs, quality from marks, the lowest price over the price and the weighted marks, and the best
of all providers in each lot. It decides nothing about who may bid, who does, and at what price, and keeps no figures
but two. Beliefs are solved beforehand, once a design whatever the number of tenders; that time is printed apart.
"""

from __future__ import annotations

import os
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

TENDERS, PARTS, SEED = 1_000_000, 4, 1
CELLS = 1 << 15  # of an array (providers x lots, tenders) at once: a quarter of a megabyte


def bare(wanted: DrawsNeeded, lots: int, tenders: int, seed: int) -> tuple[float, float]:
    """Mean price and share of wins of the first provider."""
    rng = Generator(SFC64(SeedSequence(seed)))
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


def job(prepared: PreparedDesign, tenders: int, seed: int = SEED) -> Job[PreparedDesign]:
    model = prepared.model()
    cells = model.draws_needed.providers * len(model.lots.areas)
    return Job(simulate, (prepared,), seed, tenders, chunk_size(cells), "benchmark")


def seconds(call: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    call()
    return clock() - start


def compared(prepared: PreparedDesign, part: int, seed: int) -> tuple[float, float]:
    """Seconds of simulating so many tenders, and of the bare pass."""
    wanted, lots = prepared.model().draws_needed, len(prepared.model().lots.areas)
    return simulated(prepared, part, seed), seconds(lambda: bare(wanted, lots, part, seed))


def simulated(
    prepared: PreparedDesign, tenders: int, seed: int = SEED, workers: int = 1, clock: Callable[[], float] | None = None
) -> float:
    """Seconds of simulating so many tenders."""
    return seconds(lambda: run(job(prepared, tenders, seed), workers=workers), clock or time.process_time)


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
        part = tenders // PARTS
        simulated(prepared, max(tenders // 50, 1))  # warm
        times = [compared(prepared, part, SEED + n) for n in range(PARTS)]
        us, them = (sum(each) for each in zip(*times, strict=True))
        ratio = statistics.median(a / b for a, b in times)
        half = simulated(prepared, part // 2) / statistics.median(a for a, _ in times)
        one, two = (simulated(prepared, part, workers=n, clock=time.perf_counter) for n in (1, 2))
        worst = max(worst, ratio)
        providers = prepared.model().draws_needed.providers
        cells = providers * design.lots * tenders
        print(f"{tenders:,} tenders, {providers} providers, {design.label}: {us:.1f} s, ", end="")
        print(f"{cells / us / 1e6:.1f} million cells a second; bare {them:.1f} s; ratio {ratio:.2f}; ", end="")
        print(f"half of {part:,} tenders {half:.2f} of the time; these by the clock {one:.1f} s, ", end="")
        print(f"two processes {two:.1f} s; load {os.getloadavg()[0]:.1f}; ", end="")
        print(f"beliefs solved in {solving:.1f} s", flush=True)
    assert worst <= 4, "the simulation takes more than four times as long as the bare pass"


if __name__ == "__main__":
    main()
