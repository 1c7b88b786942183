"""Looking in float64 at many weights of one criterion at once, for the first on either side where others win.

Weights are tried at even steps; where figures can leap, at every weight between two of those that matter (`leaps`)
as well. What floats find is confirmed exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tender_eval.fairness.scenarios.reranking import Standings, changes
from tender_eval.fairness.scenarios.scenario import Trial
from tender_eval.fairness.tipping.crossovers import Places, Search, Way, bracket
from tender_eval.fairness.tipping.jumps import Comparison, Lines, comparisons, leaps, told
from tender_eval.fairness.tipping.linear_order import NotStraightError, order_of
from tender_eval.fairness.tipping.rescaling import Axis, jumps
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Unsupported

EDGE = Fraction(1, 10**9)  # of all points: how near to none or to all of them weights are tried
STEPS = 64  # weights tried on either side at even steps
FINE_STEPS = 500  # where leaps cannot all be told
FEW, MANY = 400, 5_000  # weights between leaps that are tried at once: on all sides, on one
MOST = 20_000  # of them on one side
ROUNDS = 3  # of finding leaps, as further bids are found to come in or to go
MOST_CASTS = 30  # sets of bids that are in, which leaps are told for
PASSED_OVER = 32  # weights, where one of them cannot be evaluated


@dataclass
class Side:
    """The way down or up from the present weight, and on what part of it the winner is first found to change.

    ``reach`` is how far it is looked at: to the nearest change found yet, on this side or on the other; ``casts``
    for how many sets of bids all leaps on it were tried.
    """

    axis: Axis
    search: Search
    way: Way
    found: tuple[Fraction, Fraction] | None = None
    casts: int = 0

    def __post_init__(self) -> None:
        self.reach = self.distance(self.way.end)

    def distance(self, weight: Fraction) -> Fraction:
        """How far a weight is from that of the scheme."""
        return abs(weight - self.axis.weight)

    def no_further_than(self, other: Side) -> None:
        """Look no further than the nearest change found on the other side."""
        if other.found is not None:
            self.reach = min(self.reach, other.distance(other.found[1]))

    def narrow(self, way: Way | Places, changed: Mask) -> bool:
        """Take note of where others may win among values tried on the way, ``(steps,)``; whether they do."""
        distances = np.abs(way.floats() - float(self.axis.weight))
        near = int(np.searchsorted(distances, float(self.reach))) + 1
        found = bracket(self.search, way, changed[:near])
        if found is not None:
            self.found = found
            self.reach = min(self.reach, self.distance(found[1]))
        return found is not None


class Looking:
    """Looks at the weights of a trial's criteria; ``certain`` until something may have gone unseen."""

    def __init__(self, trial: Trial, standings: Standings) -> None:
        self.trial, self._standings, self._batches = trial, standings, trial.batches
        self._leaps = jumps(trial)
        self.certain = told(trial.plan, self._leaps)
        self._steps = STEPS if self.certain else FINE_STEPS
        self._casts: dict[bytes, list[Comparison]] = {}

    def sides(self, axis: Axis, search: Search) -> tuple[Side, Side]:
        """Down and up from the present weight."""
        edge = axis.total * EDGE
        low, high = min(edge, axis.weight / 2), max(axis.total - edge, (axis.total + axis.weight) / 2)
        down, up = (Side(axis, search, Way(axis.weight, end, self._steps)) for end in (low, high))
        return down, up

    def look(self, both: Sequence[tuple[Side, Side]]) -> None:
        """Narrow every side to the first change on it, as far as that is nearer than on the other."""
        sides = [side for pair in both for side in pair]
        tried = self._tried(sides, [side.way for side in sides])
        for changed in tried:
            changed[-1] = True  # at either end exact arithmetic is asked in any case
        for pair, seen in zip(both, zip(tried[::2], tried[1::2], strict=True), strict=True):
            _in_turn(pair, seen)
        if not self._leaps or isinstance(order_of(self.trial.plan), Unsupported):
            return
        for _ in range(ROUNDS):
            known = len(self._casts)
            for down, up in both:
                down.no_further_than(up)
                up.no_further_than(down)
            self._between(sides)
            if len(self._casts) == known:
                return
        self.certain = False

    def changed(self, weights: Mapping[str, Array]) -> Mask:
        """Whether others win, ``(draws,)``."""
        return self._in_batch(weights)[0]

    def _between(self, sides: Sequence[Side]) -> None:
        """Try the weights between leaps, the nearest first."""
        cells = [self._cells(side) for side in sides]
        ways = [Places(side.axis.weight, own[:FEW]) for side, own in zip(sides, cells, strict=True)]
        for side, own, way, changed in zip(sides, cells, ways, self._tried(sides, ways), strict=True):
            found, start = side.narrow(way, changed), FEW
            while not found and start < min(len(own), MOST):
                further = Places(side.axis.weight, own[start - 1 : start + MANY])
                found = side.narrow(further, self._tried([side], [further])[0])
                start += MANY
            self.certain &= found or len(own) <= MOST

    def _cells(self, side: Side) -> Array:
        """Weights in the middle between every two neighbouring leaps, as they are come to; none without new leaps."""
        start, rise = side.axis.draws(np.zeros(1)), side.axis.draws(np.ones(1))
        leaves = [leaf.id for leaf in self.trial.plan.leaves]
        at = np.array([start[name][0] for name in leaves])
        lines = Lines(at, np.array([rise[name][0] for name in leaves]) - at)
        end = side.axis.weight + side.reach * (1 if side.way.end > side.axis.weight else -1)
        ends = float(side.axis.weight), float(end)
        told = [leaps(self.trial.plan, compared, lines, *ends, MOST + 1) for compared in self._casts.values()]
        tried = np.unique(np.concatenate([np.array(ends), *told[: side.casts]]))
        every = np.unique(np.concatenate([tried, *told[side.casts :]]))
        side.casts = len(told)
        if len(every) == len(tried):
            return np.zeros(0)
        middles: Array = (every[1:] + every[:-1]) / 2
        return middles if end > side.axis.weight else middles[::-1]

    def _tried(self, sides: Sequence[Side], ways: Sequence[Way | Places]) -> list[Mask]:
        """Where others may win among values on each side, ``(steps,)`` each, all tried in one batch."""
        if not any(len(way.floats()) for way in ways):
            return [np.zeros(0, dtype=np.bool_) for _ in sides]
        draws = [side.axis.draws(way.floats()) for side, way in zip(sides, ways, strict=True)]
        ends = np.cumsum([len(way.floats()) for way in ways])
        weights = {name: np.concatenate([d[name] for d in draws]) for name in draws[0]}
        changed, cast = self._in_batch(weights)
        if self._leaps:
            packed = np.packbits(cast, axis=0)
            for n in np.unique(packed, axis=1, return_index=True)[1].tolist():
                side = int(np.searchsorted(ends, n, side="right"))
                place = n - int(ends[side]) + len(ways[side].floats())
                self._note(packed[:, n].tobytes(), sides[side].axis, ways[side].at(place + 1))
        return np.split(changed, ends[:-1])

    def _note(self, cast: bytes, axis: Axis, weight: Fraction) -> None:
        """Bids that are in together at some weight: what they are compared by."""
        if cast in self._casts:
            return
        self._casts[cast] = []
        scores = self._standings.scores(axis.at(weight)) if len(self._casts) <= MOST_CASTS else None
        if scores is None:
            self.certain = False
            return
        try:
            self._casts[cast] = comparisons(self.trial, *scores)
        except NotStraightError:
            self.certain = False

    def _in_batch(self, weights: Mapping[str, Array]) -> tuple[Mask, Mask]:
        """Whether others win ``(draws,)``, and who is in ``(bids, draws)``.

        Weights near those that cannot be evaluated are passed over.
        """
        draws = len(next(iter(weights.values())))
        try:
            result = self._batches.evaluate(weights)
            return changes(self.trial, result), result.ranks > 0
        except Refused:
            if draws <= PASSED_OVER:
                self.certain &= not self._leaps
                return np.zeros(draws, dtype=np.bool_), np.repeat(self.trial.present[:, None], draws, axis=1)
            parts = slice(draws // 2), slice(draws // 2, None)
            halves = [self._in_batch({name: w[part] for name, w in weights.items()}) for part in parts]
            return np.concatenate([h[0] for h in halves]), np.concatenate([h[1] for h in halves], axis=1)


def _in_turn(pair: Sequence[Side], seen: Sequence[Mask]) -> None:
    """Narrow two sides by where others may win on each, ``(steps,)``: first that on which it may be nearer."""
    nearest = [side.distance(side.way.at(int(mask.argmax()) + 1)) for side, mask in zip(pair, seen, strict=True)]
    for n in sorted(range(len(pair)), key=lambda n: nearest[n]):
        pair[n].no_further_than(pair[1 - n])
        pair[n].narrow(pair[n].way, seen[n])
