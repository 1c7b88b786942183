"""The same bids at every weighting of a finite grid, each ranked in exact arithmetic: what a page looks up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import comb
from typing import NamedTuple

from tender_eval.engine.plan import Plan
from tender_eval.fairness.scenarios.reranking import Ranking, Reranking
from tender_eval.fairness.scenarios.scenario import Scenario

MOST = 2_000  # weightings on a grid
PARTS = (100, 50, 20, 10, 5, 4, 2)  # equal parts that all points may be cut into, the finest first

Setting = tuple[int, ...]
"""How many parts each criterion has."""


class WeightGrid(NamedTuple):
    """Every weighting of the criteria at the top in whole parts; parts of a group keep their proportions.

    Attributes:
        criteria: those at the top, by id.
        part: points that a part is.
        parts: that all points are cut into.
        settings: the ranking at each; none where the rule refuses such weights.
        published: the ranking at the scheme's own weights, which need not lie on the grid.
        weights: the published points of each criterion.
    """

    criteria: tuple[str, ...]
    part: Fraction
    parts: int
    settings: Mapping[Setting, Ranking | None]
    published: Ranking | None
    weights: tuple[Fraction, ...]


def weight_grid(scenario: Scenario) -> WeightGrid | None:
    """The grid with the most weightings that has no more than 2,000; None where there is nothing to move.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    plan = scenario.plan
    below = {node.id: node.leaves for node in plan.nodes}
    points = {leaf.id: leaf.points for leaf in plan.leaves}
    own = {name: sum((points[leaf] for leaf in leaves), Fraction(0)) for name, leaves in below.items()}
    roots = _movable(plan)
    total = sum((own[root] for root in roots), Fraction(0))
    parts = next((n for n in PARTS if comb(n + len(roots) - 1, len(roots) - 1) <= MOST), None) if roots else None
    if parts is None or len(roots) < 2 or not scenario.order:
        return None
    reranking, part = Reranking(scenario), total / parts

    def at(setting: Setting) -> Ranking | None:
        weights = {
            leaf: points[leaf] * (setting[n] * part / own[root]) for n, root in enumerate(roots) for leaf in below[root]
        }
        return reranking.at({**points, **weights})

    settings = {setting: at(setting) for setting in _shared_out(parts, len(roots))}
    weights = tuple(own[root] for root in roots)
    return WeightGrid(roots, part, parts, settings, reranking.at(points), weights)


def _movable(plan: Plan) -> tuple[str, ...]:
    """The criteria at the top that have points; where there is but one, its parts."""
    names, points = plan.roots, {leaf.id: leaf.points for leaf in plan.leaves}
    while True:
        found = tuple(name for name in names if any(points[leaf] for leaf in plan.node(name).leaves))
        if len(found) != 1 or not plan.node(found[0]).parts:
            return found
        names = plan.node(found[0]).parts


def _shared_out(parts: int, among: int) -> Iterator[Setting]:
    """Every way to share out so many equal parts."""
    if among == 1:
        yield (parts,)
        return
    for first in range(parts + 1):
        for rest in _shared_out(parts - first, among - 1):
            yield (first, *rest)
