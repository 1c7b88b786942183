"""Panels that mark made-up bids: a scheme of so many criteria on one scale, and who gave what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.scenarios.scenario import Scenario

STEPS = [{"mark": m, "score": f"{20 * m}%"} for m in range(6)]


def marked(by_bid: Mapping[str, Sequence[Mapping[str, Any]]], **panel: Any) -> Scenario:
    """A scenario in which each bid has a mark at c0, c1 and so on, as a bids file states it."""
    count = max(map(len, by_bid.values()))
    weights = [100 // count] * (count - 1)
    weights.append(100 - sum(weights))
    criteria = [leaf(f"c{n}", weight, {"name": "mark", "scale": "five"}) for n, weight in enumerate(weights)]
    stated = scheme(*criteria, scales={"five": STEPS}, **({"panel": panel} if panel else {}))
    given = {bid: {"marks": {f"c{n}": mark for n, mark in enumerate(marks)}} for bid, marks in by_bid.items()}
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(given)))


def one_mark(agreed: int | None, *individual: int | None) -> dict[str, Any]:
    """A mark that p0, p1 and so on gave, None of them none; without an agreed one where the scheme computes it."""
    given = {"individual": {f"p{n}": mark for n, mark in enumerate(individual) if mark is not None}}
    return given if agreed is None else {"agreed": agreed, **given}


def drawn_panel(
    rng: np.random.Generator, deserved: np.ndarray, people: int = 3, error: float = 0.8, *, agreed: bool = True
) -> dict[str, list[dict[str, Any]]]:
    """Marks of such a panel: what each bid deserves ``(bids, criteria)``, off by who marks and by chance."""
    leanings, found = rng.normal(0, 0.4, people), {}
    for bid, row in enumerate(deserved):
        own = np.clip(np.round(row[:, None] + leanings + rng.normal(0, error, (len(row), people))), 0, 5).astype(int)
        found[f"b{bid}"] = [one_mark(int(m.mean() + 0.5) if agreed else None, *map(int, m)) for m in own]
    return found
