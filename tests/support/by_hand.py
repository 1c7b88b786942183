"""A scheme of marks and a price, scored anew in a few lines that share nothing with the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import NamedTuple

from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.fairness.scenarios.scenario import Scenario


class Tender(NamedTuple):
    """Weights by criterion, the last of them of the price, and of each bid its marks out of 100 and its price."""

    weights: tuple[int, ...]
    bids: Mapping[str, tuple[tuple[int, ...], int]]


def drawn(seed: int, criteria: int = 2, count: int = 4) -> Tender:
    """A tender made up of whole numbers."""
    random = Random(seed)
    cuts = sorted(random.sample(range(1, 20), criteria))
    weights = [5 * (b - a) for a, b in zip([0, *cuts], [*cuts, 20], strict=True)]
    offered = {
        name: (tuple(random.randrange(30, 101, 5) for _ in range(criteria)), random.randrange(80, 160, 4))
        for name in "abcdef"[:count]
    }
    return Tender(tuple(weights), offered)


def scenario(of: Tender) -> Scenario:
    """The same tender for the engine: marks out of 100, and the lowest price over each."""
    names = [*(f"q{n}" for n in range(len(of.weights) - 1)), "price"]
    scorers = [*[{"name": "mark", "out_of": 100}] * (len(names) - 1), "ratio_to_lowest"]
    parts = [leaf(n, w, s) for n, w, s in zip(names, of.weights, scorers, strict=True)]
    offered = {
        name: {"price": price, "marks": {f"q{n}": mark for n, mark in enumerate(marks)}}
        for name, (marks, price) in of.bids.items()
    }
    compiled = compile_scheme(scheme_from_data(scheme(*parts, award={"on_rejection": "recompute"})), CATALOGUE)
    return Scenario(compiled, bids_from_data(bids(offered)))


def shares(of: Tender) -> dict[str, list[Fraction]]:
    """The share of full marks of each bid at each criterion."""
    lowest = min(price for _, price in of.bids.values())
    return {
        name: [*(Fraction(mark, 100) for mark in marks), Fraction(lowest, price)]
        for name, (marks, price) in of.bids.items()
    }


def totals(of: Tender, weights: Sequence[Fraction] | None = None) -> dict[str, Fraction]:
    """The points of each bid."""
    chosen = of.weights if weights is None else weights
    return {
        name: sum((w * s for w, s in zip(chosen, own, strict=True)), Fraction(0)) for name, own in shares(of).items()
    }


def best(points: Mapping[str, Fraction]) -> set[str]:
    """Who has most, several where they tie."""
    return {name for name, own in points.items() if own == max(points.values())}
