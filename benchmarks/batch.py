"""evaluate_batch beside the same arithmetic written by hand in numpy, in one run.

    python benchmarks/batch.py [DRAWS]

One scheme: ratio_to_lowest, two marks, piecewise and formula; one minimum; ties. The hand-written version is
chunked too and gives the same results (checked), so that only the engine's generality is measured.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from tender_eval import compile_scheme, load_catalogue, scheme_from_data

BIDS = 8
SHARES = np.array([0, 0.2, 0.5, 0.6, 0.8, 1.0])
CHUNK = 8192

SCHEME = {
    "format": "tender-eval/scheme/1",
    "id": "bench",
    "title": "Benchmark",
    "scales": {"s": [{"mark": m, "score": f"{s}%"} for m, s in enumerate((0, 20, 50, 60, 80, 100))]},
    "criteria": [
        {
            "id": "quality",
            "weight": 40,
            "minimum": "50%",
            "criteria": [
                {"id": "delivery", "weight": 25, "scorer": "mark", "scale": "s"},
                {"id": "local", "weight": 15, "scorer": "mark", "scale": "s"},
            ],
        },
        {"id": "price", "weight": 40, "scorer": "ratio_to_lowest"},
        {
            "id": "reach",
            "weight": 10,
            "scorer": {
                "name": "piecewise",
                "field": "values.reach",
                "points": [{"value": 0, "score": "0%"}, {"value": 50, "score": "60%"}, {"value": 100, "score": "100%"}],
            },
        },
        {
            "id": "saving",
            "weight": 10,
            "scorer": {"name": "formula", "expression": "min(1, values.accepted / values.total)"},
        },
    ],
    "award": {
        "rule": "highest_score",
        "ties": [{"highest": "quality"}, {"lowest": "price"}],
        "on_rejection": "recompute",
    },
}


def columns(draws: int) -> dict[str, np.ndarray]:
    """The inputs: marks as bytes, the rest as floats; quantised so that ties occur."""
    rng = np.random.default_rng(1)
    return {
        "price": rng.integers(16, 25, (BIDS, draws)).astype(np.float64) * 5000,
        "marks.delivery": rng.integers(0, 6, (BIDS, draws), dtype=np.int8),
        "marks.local": rng.integers(0, 6, (BIDS, draws), dtype=np.int8),
        "values.reach": rng.integers(0, 5, (BIDS, draws), dtype=np.int8) * np.int8(25),
        "values.accepted": rng.integers(0, 6, (BIDS, draws), dtype=np.int8) * np.int8(20),
        "values.total": np.full((BIDS, 1), 100.0),
    }


def by_hand(cols: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Figures, ranks and rejections of this one scheme, as one would write it in numpy."""
    draws = cols["price"].shape[1]
    figures = np.empty((BIDS, draws))
    ranks = np.empty((BIDS, draws), dtype=np.int16)
    rejected = np.empty((BIDS, draws), dtype=np.bool_)
    for start in range(0, draws, CHUNK):
        s = slice(start, start + CHUNK)
        price = cols["price"][:, s]
        quality = 25 * SHARES[cols["marks.delivery"][:, s]] + 15 * SHARES[cols["marks.local"][:, s]]
        out = quality < 20 - 1e-9
        low = np.where(out, np.inf, price).min(axis=0)
        total = quality + 40 * (low / price)
        total += 10 * np.interp(cols["values.reach"][:, s], (0, 50, 100), (0, 0.6, 1))
        total += 10 * np.minimum(1, cols["values.accepted"][:, s] / cols["values.total"])
        total[out] = np.nan
        figures[:, s] = total
        rejected[:, s] = out
        key = np.where(out, -np.inf, total)
        rank = np.ones(key.shape, dtype=np.int16)
        for i in range(BIDS):
            for j in range(BIDS):
                if i != j:
                    ahead = key[j] > key[i] + 1e-9
                    level = ~ahead & (key[j] >= key[i] - 1e-9)
                    if level.any():
                        better = (quality[j] > quality[i]) | ((quality[j] == quality[i]) & (price[j] < price[i]))
                        ahead |= level & better
                    rank[i] += ahead
        rank[out] = 0
        ranks[:, s] = rank
    return figures, ranks, rejected


def timed(call: Callable[[], object], runs: int = 5) -> list[float]:
    """Seconds of each run."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return found


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    compiled = compile_scheme(scheme_from_data(SCHEME), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    print(f"{platform.machine()} Python {platform.python_version()} numpy {np.__version__}, {BIDS} bids")
    small = columns(20_000)
    ours, theirs = compiled.evaluate_batch(small), by_hand(small)
    assert np.allclose(ours.figures, theirs[0], equal_nan=True)
    assert (ours.ranks == theirs[1]).all()
    assert (ours.rejected == theirs[2]).all()
    places = np.where(ours.ranks > 0, ours.ranks, -np.arange(BIDS)[:, None])
    tied = np.array([len(set(column)) < BIDS for column in places.T])
    print(f"same figures, ranks and rejections; draws with a tie: {tied.mean():.1%}")
    for n in (draws // 4, draws // 2, draws):
        cols = columns(n)
        pairs = [
            (timed(lambda c=cols: compiled.evaluate_batch(c), 1)[0], timed(lambda c=cols: by_hand(c), 1)[0])
            for _ in range(5)
        ]
        us, hand = (statistics.median(p) for p in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{n:>9} draws: evaluate_batch {us:.2f} s, by hand {hand:.2f} s, ratio {ratio:.2f}")
    tracemalloc.start()
    compiled.evaluate_batch(cols)
    _, peak = tracemalloc.get_traced_memory()
    given = sum(c.nbytes for c in cols.values())
    print(f"memory at {draws} draws: {peak / 1e6:.0f} MB for results and work, {given / 1e6:.0f} MB of columns given")


if __name__ == "__main__":
    main()
