"""Rank acceptability (SMAA) of 10 bids x 10 criteria over 100,000 weight vectors: ours, numpy by hand, and libraries.

python benchmarks/smaa.py

The same marks and the same three outcomes of SMAA-2 for all: how often each bid takes each rank under uniform
weights, the mean of the weights at which it comes first, and how often it does so at these as marks move by a step.
pyrepo-mcda and pymcdm evaluate one weight vector at a time, so a few hundred are timed in a loop that counts ranks
and weights, and scaled up, each draw of marks as one evaluation more; pyrepo-mcda's own SMAA (by VIKOR, the only
method it has one for, so with other ranks, and without the draws of marks) is timed the same way. Some bid has full
marks at each criterion, so that their own scaling by the best comes to the same shares. Without these libraries only
ours and numpy are timed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.fairness.robustness.acceptability import MARK_DRAWS, acceptability
from tender_eval.fairness.scenarios.scenario import Scenario

BIDS, CRITERIA, VECTORS, SAMPLE, ROUNDS = 10, 10, 100_000, 500, 7


def main() -> None:
    marks = np.random.default_rng(1).integers(1, 101, (BIDS, CRITERIA))
    marks[np.arange(CRITERIA) % BIDS, np.arange(CRITERIA)] = 100
    scenario = _trial(marks)
    weights = np.random.default_rng(2).dirichlet(np.ones(CRITERIA), SAMPLE)
    ours = acceptability(scenario, VECTORS)
    ranks, confidence = by_hand(marks, VECTORS)
    for bid in range(BIDS):
        assert np.abs(np.array(ours.ranks[f"b{bid}"]) - ranks[bid]).max() < 0.01
        assert abs(ours.confidence.get(f"b{bid}", 0.0) - confidence[bid]) < 0.15
    pairs = []
    for _ in range(ROUNDS):
        us = _timed(lambda: acceptability(scenario, VECTORS))
        pairs.append((us, _timed(lambda: by_hand(marks, VECTORS))))
    us, hand = (statistics.median(p) for p in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{VECTORS} weight vectors, {BIDS} bids x {CRITERIA} criteria, ranks, central weights, confidence")
    print(f"tender-eval           {us:8.3f} s")
    print(f"numpy by hand         {hand:8.3f} s   ours takes {ratio:.2f} times as long")
    for name, smaa_of in libraries(marks.astype(np.float64)).items():
        each = statistics.median(_timed(lambda run=smaa_of: run(weights)) for _ in range(3)) / SAMPLE
        whole = each * (VECTORS if "VIKOR" in name else VECTORS + BIDS * MARK_DRAWS)
        print(f"{name:<21} {whole:8.1f} s   {whole / us:.0f} times as long as ours (scaled from {SAMPLE} vectors)")
    for name, smaa_of in libraries(marks.astype(np.float64)).items():
        if "VIKOR" not in name:
            assert np.allclose(smaa_of(weights), _shares(marks / 100, weights)), name


def _trial(marks: np.ndarray) -> Scenario:
    leaves = [{"id": f"c{n}", "weight": 10, "scorer": {"name": "mark", "out_of": 100}} for n in range(CRITERIA)]
    scheme = {
        "format": "tender-eval/scheme/1", "id": "smaa", "title": "SMAA", "criteria": leaves,
        "award": {"rule": "highest_score"},
    }  # fmt: skip
    bids = [
        {"id": f"b{n}", "supplier": {"name": f"Bidder {n}"}, "marks": {f"c{k}": int(m) for k, m in enumerate(row)}}
        for n, row in enumerate(marks)
    ]
    compiled = compile_scheme(scheme_from_data(scheme), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    return Scenario(compiled, bids_from_data({"format": "tender-eval/bids/1", "bids": bids}))


def by_hand(marks: np.ndarray, vectors: int) -> tuple[np.ndarray, np.ndarray]:
    """The same with numpy alone: rank acceptability ``(bids, ranks)`` and confidence ``(bids,)``."""
    rng = np.random.default_rng(1)
    weights = rng.dirichlet(np.ones(CRITERIA), vectors).T
    totals = marks / 100 @ weights
    order = np.argsort(-totals, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, BIDS + 1)[:, None], axis=0)
    first = (ranks == 1).astype(np.float64)
    central = (first @ weights.T) / np.maximum(first.sum(axis=1), 1)[:, None]
    moved = np.clip(marks + rng.choice([-1, 0, 0, 1], (MARK_DRAWS, BIDS, CRITERIA)), 0, 100) / 100
    leads = (moved @ central.T).argmax(axis=1)  # by draw, at the central weights of each bid
    confidence = (leads == np.arange(BIDS)).mean(axis=0) * first.any(axis=1)
    return np.stack([(ranks == place).mean(axis=1) for place in range(1, BIDS + 1)], axis=1), confidence


def libraries(marks: np.ndarray) -> dict[str, Callable[[np.ndarray], np.ndarray]]:
    """What gives the rank acceptability under weight vectors ``(vectors, criteria)``, by library and method."""
    found: dict[str, Callable[[np.ndarray], np.ndarray]] = {}
    types = np.ones(CRITERIA)
    if find_spec("pyrepo_mcda"):
        from pyrepo_mcda.additions import rank_preferences
        from pyrepo_mcda.mcda_methods import SAW, VIKOR_SMAA

        saw, vikor = SAW(), VIKOR_SMAA()
        found["pyrepo-mcda SAW"] = _looped(lambda w: rank_preferences(saw(marks, w, types), reverse=True))
        found["pyrepo-mcda VIKOR SMAA"] = lambda weights: vikor(marks, weights, types)[0]
    if find_spec("pymcdm"):
        from pymcdm.methods import WSM
        from pymcdm.normalizations import linear_normalization

        wsm = WSM(linear_normalization)
        found["pymcdm WSM"] = _looped(lambda w: wsm.rank(wsm(marks, w, types)).astype(np.intp))
    return found


def _looped(ranks_of: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray], np.ndarray]:
    def run(weights: np.ndarray) -> np.ndarray:
        counts, central = np.zeros((BIDS, BIDS)), np.zeros((BIDS, CRITERIA))
        for w in weights:
            ranks = ranks_of(w)
            counts[np.arange(BIDS), ranks - 1] += 1
            central[ranks == 1] += w
        return counts / len(weights)

    return run


def _shares(shares: np.ndarray, weights: np.ndarray) -> np.ndarray:
    ranks = np.array([_order(shares @ w) for w in weights])
    return np.stack([(ranks == place).mean(axis=0) for place in range(1, BIDS + 1)], axis=1)


def _order(totals: np.ndarray) -> np.ndarray:
    return 1 + (totals[:, None] < totals[None, :]).sum(axis=1)


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
