"""evaluate_batch with 40 rates, an adjustment and criteria by lot, beside the same written by hand in numpy.

    python benchmarks/prices.py [DRAWS]

The north has a criterion and weights of its own; each of the two lots takes half of the draws. The hand-written version
is chunked too, and gives the same points and ranks (checked).
"""

from __future__ import annotations

import platform
import statistics
import sys

import numpy as np
from batch import BIDS, CHUNK, timed

from tender_eval import compile_scheme, load_catalogue, scheme_from_data

LINES = 40
QUANTITIES = np.arange(1, LINES + 1, dtype=np.float64) * 25
SCHEME = {
    "format": "tender-eval/scheme/1",
    "id": "bench",
    "title": "Benchmark",
    "lots": ["north", "south"],
    "weights_by_lot": {"north": {"quality": 50}},
    "criteria": [
        {"id": "quality", "weight": 60, "scorer": {"name": "mark", "out_of": 10}},
        {"id": "rural", "weight": 10, "scorer": {"name": "mark", "out_of": 10}, "lots": ["north"]},
        {"id": "price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "price": {
        "schedule": [{"id": f"l{n}", "quantity": (n + 1) * 25} for n in range(LINES)],
        "prevails": "unit",
        "adjust": [{"id": "small", "when": "values.small is true", "by": "-5%", "of": "lowest", "cap": 20000}],
    },
    "award": {"rule": "highest_score", "ties": [{"lowest": "price"}]},
}


WEIGHTS = {"north": {"quality": 50, "rural": 10}, "south": {"quality": 60}}


def columns(draws: int) -> dict[str, np.ndarray]:
    """The inputs: rates and marks."""
    rng = np.random.default_rng(1)
    found = {f"rates.l{n}": rng.integers(80, 121, (BIDS, draws)).astype(np.float64) for n in range(LINES)}
    for name in ("quality", "rural"):
        found[f"marks.{name}"] = rng.integers(0, 11, (BIDS, draws)).astype(np.float64)
    found["adjust.small"] = (np.arange(BIDS) % 2 == 0).astype(np.float64)[:, None]
    return found


def by_hand(cols: dict[str, np.ndarray], lot: str) -> tuple[np.ndarray, np.ndarray]:
    """Points and ranks in a lot, as one would write it in numpy."""
    draws = cols["marks.quality"].shape[1]
    points, ranks = np.empty((BIDS, draws)), np.empty((BIDS, draws), dtype=np.int16)
    small = cols["adjust.small"] != 0
    for start in range(0, draws, CHUNK):
        s = slice(start, start + CHUNK)
        price = cols["rates.l0"][:, s] * QUANTITIES[0]
        for n in range(1, LINES):
            price = price + cols[f"rates.l{n}"][:, s] * QUANTITIES[n]
        price = price - np.where(small, np.minimum(price.min(axis=0) * 0.05, 20000), 0.0)
        total = 40 * (price.min(axis=0) / price)
        for name, weight in WEIGHTS[lot].items():
            total += cols[f"marks.{name}"][:, s] / 10 * weight
        points[:, s] = total
        rank = np.ones(total.shape, dtype=np.int16)
        for i in range(BIDS):
            for j in range(BIDS):
                if i != j:
                    ahead = total[j] > total[i] + 1e-9
                    rank[i] += ahead | (~ahead & (total[j] >= total[i] - 1e-9) & (price[j] < price[i]))
        ranks[:, s] = rank
    return points, ranks


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    compiled = compile_scheme(scheme_from_data(SCHEME), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    print(f"{platform.machine()} Python {platform.python_version()} numpy {np.__version__}, {BIDS} bids, {LINES} rates")
    small, lots = columns(20_000), {lot: compiled.for_lot(lot) for lot in WEIGHTS}
    for lot, part in lots.items():
        ours, theirs = part.evaluate_batch(small), by_hand(small, lot)
        assert np.allclose(ours.figures, theirs[0])
        assert (ours.ranks == theirs[1]).all()
    cols = columns(draws // len(lots))
    pairs = [
        (
            timed(lambda: [part.evaluate_batch(cols) for part in lots.values()], 1)[0],
            timed(lambda: [by_hand(cols, lot) for lot in lots], 1)[0],
        )
        for _ in range(5)
    ]
    us, hand = (statistics.median(p) for p in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{draws:>9} draws: evaluate_batch {us:.2f} s, by hand {hand:.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
