"""100,000 random weight vectors over 10 bids x 10 criteria (rank acceptability), beside numpy by hand.

python benchmarks/weights.py
"""

from __future__ import annotations

import statistics
import time

import numpy as np

from tender_eval import compile_scheme, load_catalogue, scheme_from_data

BIDS, CRITERIA, VECTORS = 10, 10, 100_000


def main() -> None:
    leaves = [{"id": f"c{n}", "weight": 10, "scorer": {"name": "mark", "out_of": 100}} for n in range(CRITERIA)]
    scheme = {
        "format": "tender-eval/scheme/1", "id": "smaa", "title": "SMAA", "criteria": leaves,
        "award": {"rule": "highest_score"},
    }  # fmt: skip
    compiled = compile_scheme(scheme_from_data(scheme), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    rng = np.random.default_rng(1)
    marks = rng.integers(0, 101, (CRITERIA, BIDS)).astype(np.float64)
    weights = 100 * rng.dirichlet(np.ones(CRITERIA), VECTORS).T  # uniform on the simplex
    columns = {f"marks.c{n}": marks[n] for n in range(CRITERIA)}
    by_leaf = {f"c{n}": weights[n] for n in range(CRITERIA)}

    def ours() -> np.ndarray:
        ranks = compiled.evaluate_batch(columns, weights=by_leaf).ranks
        return np.stack([(ranks == place).mean(axis=1) for place in range(1, BIDS + 1)], axis=1)

    def by_hand() -> np.ndarray:
        totals = (marks.T / 100) @ weights
        order = np.argsort(-totals, axis=0, kind="stable")
        ranks = np.empty_like(order)
        np.put_along_axis(ranks, order, np.arange(1, BIDS + 1)[:, None], axis=0)
        return np.stack([(ranks == place).mean(axis=1) for place in range(1, BIDS + 1)], axis=1)

    assert np.allclose(ours(), by_hand())
    pairs = []
    for _ in range(7):
        start = time.perf_counter()
        ours()
        middle = time.perf_counter()
        by_hand()
        pairs.append((middle - start, time.perf_counter() - middle))
    us, hand = (statistics.median(p) for p in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{VECTORS} weight vectors, {BIDS} x {CRITERIA}: evaluate_batch {us:.3f} s, ", end="")
    print(f"by hand {hand:.3f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
