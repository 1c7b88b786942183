"""Bootstrap of Krippendorff's alpha at 12 people x 30 bids x 40 criteria, 10,000 draws: ours and numpy by hand.

python benchmarks/alpha.py

Alpha by all three metrics, at each criterion and over all of them, as whole bids are drawn with replacement. By hand
each draw's coincidences are summed from those of its bids, and alpha is worked out of them as its definition has it;
both are given the same draws and must come to the same figures. One mark in ten is missing.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from tender_eval.fairness.statistics.alpha import METRICS, bootstrap, coincidences
from tender_eval.fairness.statistics.ratings import Ratings, drawn_clusters

PEOPLE, BIDS, CRITERIA, DRAWS, ROUNDS, MARKS = 12, 30, 40, 10_000, 5, 6


def main() -> None:
    marks = _marks(np.random.default_rng(1))
    weights = drawn_clusters(np.random.default_rng(2), BIDS, DRAWS)
    for own, hand in zip(ours(marks, weights), by_hand(marks, weights), strict=True):
        assert np.allclose(own, hand)
    pairs = [(_timed(lambda: ours(marks, weights)), _timed(lambda: by_hand(marks, weights))) for _ in range(ROUNDS)]
    us, hand = (statistics.median(p) for p in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"bootstrap of alpha, {DRAWS} draws, {PEOPLE} people x {BIDS} bids x {CRITERIA} criteria, each and all")
    print(f"tender-eval           {us:8.3f} s")
    print(f"numpy by hand         {hand:8.3f} s   ours takes {ratio:.2f} times as long")


def _marks(rng: np.random.Generator) -> np.ndarray:
    """Marks ``(criteria, bids, people)``, NaN where one is missing."""
    worth = rng.normal(2.5, 1, (CRITERIA, BIDS, 1)) + rng.normal(0, 1, (CRITERIA, BIDS, PEOPLE))
    marks = np.clip(np.round(worth), 0, MARKS - 1)
    marks[rng.random(marks.shape) < 0.1] = np.nan
    return marks


def ours(marks: np.ndarray, weights: np.ndarray) -> list[np.ndarray]:
    bids = np.arange(BIDS)
    whole = Ratings(marks.reshape(-1, PEOPLE), np.tile(bids, CRITERIA))
    found = [bootstrap(coincidences(each, BIDS), weights) for each in (*(Ratings(m, bids) for m in marks), whole)]
    return [np.stack([one[metric] for metric in METRICS]) for one in found]


def by_hand(marks: np.ndarray, weights: np.ndarray) -> list[np.ndarray]:
    """The same with numpy alone."""
    levels = np.arange(MARKS)
    counts = (marks[..., None] == levels).sum(axis=2).astype(float)  # (criteria, bids, values)
    met = counts[..., :, None] * counts[..., None, :] - counts[..., None] * np.eye(MARKS)
    met /= (counts.sum(axis=-1) - 1)[..., None, None]
    met = np.concatenate([met, met.sum(axis=0, keepdims=True)])
    interval = (levels[:, None] - levels) ** 2.0
    nominal = 1 - np.eye(MARKS)
    found = []
    for tables in met:
        drawn = np.einsum("bd,bij->dij", weights, tables, optimize=True)
        given = drawn.sum(axis=2)
        total = given.sum(axis=1)
        places = np.cumsum(given, axis=1) - given / 2
        ordinal = (places[:, :, None] - places[:, None, :]) ** 2
        expected = given[:, :, None] * given[:, None, :]
        both = [
            1 - (total - 1) * (drawn * d).sum(axis=(1, 2)) / (expected * d).sum(axis=(1, 2))
            for d in (nominal, ordinal, interval)
        ]
        found.append(np.stack(both))
    return found


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
