"""Looking in float64 at many weights of one criterion at once, for the first on either side where others win.

Weights are tried at even steps; where figures can jump, at a weight between every two `discontinuities`
as well. What floats find is confirmed exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tender_eval.fairness.findings.notes import NoNearest
from tender_eval.fairness.scenarios.reranking import Reranking, award_changes
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.crossovers import CrossoverSearch, EvenPath, ListedPath, bracket
from tender_eval.fairness.tipping.discontinuities import (
    Comparison,
    Lines,
    all_changes_found,
    comparisons,
    discontinuities,
)
from tender_eval.fairness.tipping.linear_order import NotLinearError, order_of
from tender_eval.fairness.tipping.varied_weights import VariedWeight, is_discontinuous
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array, Mask

EDGE = Fraction(1, 10**9)  # of all points: how near to none or to all of them weights are tried
STEPS = 64  # weights tried on either side at even steps
FINE_STEPS = 500  # where jumps cannot all be located
FEW, MANY = 400, 5_000  # weights between jumps that are tried at once: in all directions, in one
MOST = 20_000  # of them in one direction
ROUNDS = 3  # of finding jumps, as further bids are found to come in or to go
MOST_RANKED_SETS = 30  # sets of ranked bids that jumps are located for
PASSED_OVER = 32  # weights, where one of them cannot be evaluated


@dataclass
class Direction:
    """The path down or up from the present weight, and on what part of it the winner is first found to change.

    ``reach`` is how far it is looked at: to the nearest change found yet, in this direction or in the other;
    ``ranked_sets`` for how many sets of ranked bids all jumps on it were tried.
    """

    varied: VariedWeight
    search: CrossoverSearch
    path: EvenPath
    found: tuple[Fraction, Fraction] | None = None
    ranked_sets: int = 0

    def __post_init__(self) -> None:
        self.reach = self.distance(self.path.end)

    def distance(self, weight: Fraction) -> Fraction:
        """How far a weight is from that of the scheme."""
        return abs(weight - self.varied.weight)

    def no_further_than(self, other: Direction) -> None:
        """Look no further than the nearest change found in the other direction."""
        if other.found is not None:
            self.reach = min(self.reach, other.distance(other.found[1]))

    def narrow(self, path: EvenPath | ListedPath, changed: Mask) -> bool:
        """Take note of where others may win among values tried on the path, ``(steps,)``; whether they do."""
        distances = np.abs(path.floats() - float(self.varied.weight))
        near = int(np.searchsorted(distances, float(self.reach))) + 1
        found = bracket(self.search, path, changed[:near])
        if found is not None:
            self.found = found
            self.reach = min(self.reach, self.distance(found[1]))
        return found is not None


class WeightSearch:
    """Looks at the weights of a scenario's criteria; ``certain`` until something may have gone unseen."""

    def __init__(self, scenario: Scenario, reranking: Reranking) -> None:
        self.scenario, self._reranking, self._batches = scenario, reranking, scenario.batches
        self._discontinuous = is_discontinuous(scenario)
        self.certain = all_changes_found(scenario.plan, self._discontinuous)
        self._steps = STEPS if self.certain else FINE_STEPS
        self._comparisons_by_ranked: dict[bytes, list[Comparison]] = {}

    def directions(self, varied: VariedWeight, search: CrossoverSearch) -> tuple[Direction, Direction]:
        """Down and up from the present weight."""
        edge = varied.total * EDGE
        low, high = min(edge, varied.weight / 2), max(varied.total - edge, (varied.total + varied.weight) / 2)
        down, up = (Direction(varied, search, EvenPath(varied.weight, end, self._steps)) for end in (low, high))
        return down, up

    def narrow_all(self, both: Sequence[tuple[Direction, Direction]]) -> None:
        """Narrow every direction to the first change in it, as far as that is nearer than in the other."""
        directions = [direction for pair in both for direction in pair]
        tried = self._changes_along(directions, [direction.path for direction in directions])
        for changed in tried:
            changed[-1] = True  # at either end exact arithmetic is asked in any case
        for pair, seen in zip(both, zip(tried[::2], tried[1::2], strict=True), strict=True):
            _narrow_both(pair, seen)
        if not self._discontinuous or isinstance(order_of(self.scenario.plan), NoNearest):
            return
        for _ in range(ROUNDS):
            known = len(self._comparisons_by_ranked)
            for down, up in both:
                down.no_further_than(up)
                up.no_further_than(down)
            self._try_between_discontinuities(directions)
            if len(self._comparisons_by_ranked) == known:
                return
        self.certain = False

    def changed(self, weights: Mapping[str, Array]) -> Mask:
        """Whether others win, ``(draws,)``."""
        return self._in_batch(weights)[0]

    def _try_between_discontinuities(self, directions: Sequence[Direction]) -> None:
        """Try the weights between jumps, the nearest first."""
        cells = [self._midpoints(direction) for direction in directions]
        paths = [
            ListedPath(direction.varied.weight, own[:FEW]) for direction, own in zip(directions, cells, strict=True)
        ]
        for direction, own, path, changed in zip(
            directions, cells, paths, self._changes_along(directions, paths), strict=True
        ):
            found, start = direction.narrow(path, changed), FEW
            while not found and start < min(len(own), MOST):
                further = ListedPath(direction.varied.weight, own[start - 1 : start + MANY])
                found = direction.narrow(further, self._changes_along([direction], [further])[0])
                start += MANY
            self.certain &= found or len(own) <= MOST

    def _midpoints(self, direction: Direction) -> Array:
        """Weights in the middle between every two neighbouring jumps, as they are come to; none without new jumps."""
        start, rise = direction.varied.points_draws(np.zeros(1)), direction.varied.points_draws(np.ones(1))
        leaves = [leaf.id for leaf in self.scenario.plan.leaves]
        at = np.array([start[name][0] for name in leaves])
        lines = Lines(at, np.array([rise[name][0] for name in leaves]) - at)
        end = direction.varied.weight + direction.reach * (1 if direction.path.end > direction.varied.weight else -1)
        ends = float(direction.varied.weight), float(end)
        known = [
            discontinuities(self.scenario.plan, compared, lines, *ends, MOST + 1)
            for compared in self._comparisons_by_ranked.values()
        ]
        tried = np.unique(np.concatenate([np.array(ends), *known[: direction.ranked_sets]]))
        every = np.unique(np.concatenate([tried, *known[direction.ranked_sets :]]))
        direction.ranked_sets = len(known)
        if len(every) == len(tried):
            return np.zeros(0)
        middles: Array = (every[1:] + every[:-1]) / 2
        return middles if end > direction.varied.weight else middles[::-1]

    def _changes_along(self, directions: Sequence[Direction], paths: Sequence[EvenPath | ListedPath]) -> list[Mask]:
        """Where others may win among values in each direction, ``(steps,)`` each, all tried in one batch."""
        if not any(len(path.floats()) for path in paths):
            return [np.zeros(0, dtype=np.bool_) for _ in directions]
        draws = [
            direction.varied.points_draws(path.floats()) for direction, path in zip(directions, paths, strict=True)
        ]
        ends = np.cumsum([len(path.floats()) for path in paths])
        weights = {name: np.concatenate([d[name] for d in draws]) for name in draws[0]}
        changed, ranked_set = self._in_batch(weights)
        if self._discontinuous:
            packed = np.packbits(ranked_set, axis=0)
            for n in np.unique(packed, axis=1, return_index=True)[1].tolist():
                direction = int(np.searchsorted(ends, n, side="right"))
                place = n - int(ends[direction]) + len(paths[direction].floats())
                self._note_ranked_set(
                    packed[:, n].tobytes(), directions[direction].varied, paths[direction].at(place + 1)
                )
        return np.split(changed, ends[:-1])

    def _note_ranked_set(self, ranked_set: bytes, varied: VariedWeight, weight: Fraction) -> None:
        """Bids that are in together at some weight: what they are compared by."""
        if ranked_set in self._comparisons_by_ranked:
            return
        self._comparisons_by_ranked[ranked_set] = []
        scores = (
            self._reranking.scores(varied.points_at(weight))
            if len(self._comparisons_by_ranked) <= MOST_RANKED_SETS
            else None
        )
        if scores is None:
            self.certain = False
            return
        try:
            self._comparisons_by_ranked[ranked_set] = comparisons(self.scenario, *scores)
        except NotLinearError:
            self.certain = False

    def _in_batch(self, weights: Mapping[str, Array]) -> tuple[Mask, Mask]:
        """Whether others win ``(draws,)``, and who is in ``(bids, draws)``.

        Weights near those that cannot be evaluated are passed over.
        """
        draws = len(next(iter(weights.values())))
        try:
            result = self._batches.evaluate(weights)
            return award_changes(self.scenario, result), result.ranks > 0
        except Refused:
            if draws <= PASSED_OVER:
                self.certain &= not self._discontinuous
                return np.zeros(draws, dtype=np.bool_), np.repeat(self.scenario.present[:, None], draws, axis=1)
            parts = slice(draws // 2), slice(draws // 2, None)
            halves = [self._in_batch({name: w[part] for name, w in weights.items()}) for part in parts]
            return np.concatenate([h[0] for h in halves]), np.concatenate([h[1] for h in halves], axis=1)


def _narrow_both(pair: Sequence[Direction], seen: Sequence[Mask]) -> None:
    """Narrow both directions by where others may win in each, ``(steps,)``: first that in which it may be nearer."""
    nearest = [
        direction.distance(direction.path.at(int(mask.argmax()) + 1))
        for direction, mask in zip(pair, seen, strict=True)
    ]
    for n in sorted(range(len(pair)), key=lambda n: nearest[n]):
        pair[n].no_further_than(pair[1 - n])
        pair[n].narrow(pair[n].path, seen[n])
