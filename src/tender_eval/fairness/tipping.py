"""How far the weight of one criterion must move, the others keeping their proportions, for another to win.

Weights from next to none to next to all of the points are tried in float64, and the nearest change on either
side is then found exactly (`crossing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import numpy as np

from tender_eval.fairness.crossing import Crossing, Search, Way, bracket, crossing
from tender_eval.fairness.findings import Tipping
from tender_eval.fairness.standing import Standing, Standings, changes
from tender_eval.fairness.stepping import steps_of
from tender_eval.fairness.trial import Trial
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array, Mask

HAIR = Fraction(1, 10**12)  # of all points: how far beyond it a crossing is confirmed, and how near it is closed in on
EDGE = Fraction(1, 10**9)  # of all points: how near to none or to all of them weights are tried
STEPS = 64  # weights tried on either side where figures move in straight lines
FINE_STEPS = 500  # where they may jump
PASSED_OVER = 32  # weights, where one of them cannot be evaluated


class Axis(NamedTuple):
    """The points of every scored criterion as one criterion or group takes ``weight`` of ``total``."""

    criterion: str
    leaves: tuple[str, ...]
    weight: Fraction
    total: Fraction
    now: Mapping[str, Fraction]

    def at(self, weight: Fraction) -> dict[str, Fraction]:
        """The points at this weight; within the group, and among the others, proportions stay."""
        parts, rest = weight / self.weight, (self.total - weight) / (self.total - self.weight)
        return {name: points * (parts if name in self.leaves else rest) for name, points in self.now.items()}

    def draws(self, weights: Array) -> dict[str, Array]:
        """The same for many weights ``(draws,)`` in float64."""
        parts = weights / float(self.weight)
        rest = (float(self.total) - weights) / float(self.total - self.weight)
        return {name: float(p) * (parts if name in self.leaves else rest) for name, p in self.now.items()}


def axes(trial: Trial) -> tuple[Axis, ...]:
    """The criteria whose weight can be moved: every scored one, and every group at the top."""
    now = {leaf.id: leaf.points for leaf in trial.plan.leaves}
    total = sum(now.values(), Fraction(0))
    wanted = [n for n in trial.plan.nodes if n.id in now or n.id in trial.plan.roots]
    found = [Axis(n.id, n.leaves, sum((now[leaf] for leaf in n.leaves), Fraction(0)), total, now) for n in wanted]
    return tuple(axis for axis in found if 0 < axis.weight < total)


def tipping(trial: Trial) -> tuple[Tipping, ...]:
    """The tipping point of each criterion, in the order of the scheme.

    A criterion that has all the points cannot be moved against others, and is left out. Where several win, the
    winner has changed when others are among them, whatever their order.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    if not trial.winner:
        return ()
    standings = Standings(trial)
    return tuple(_of(trial, axis, seen, standings) for axis, seen in zip(axes(trial), _scan(trial), strict=True))


class _Seen(NamedTuple):
    """A way down and one up from the present weight, and at which of its values others may win, ``(steps,)``."""

    way: Way
    changed: Mask


def _scan(trial: Trial) -> list[tuple[_Seen, _Seen]]:
    """The ways of every axis, all tried at once."""
    steps = FINE_STEPS if jumps(trial) else STEPS
    found = axes(trial)
    if not found:
        return []
    ways = [way for axis in found for way in _ways(axis, steps)]
    draws = [axis.draws(np.concatenate([way.floats() for way in _ways(axis, steps)])) for axis in found]
    changed = _changed(trial, {name: np.concatenate([d[name] for d in draws]) for name in draws[0]})
    changed = changed.reshape(len(ways), steps)
    changed[:, -1] = True  # at either end exact arithmetic is asked in any case
    seen = [_Seen(way, row) for way, row in zip(ways, changed, strict=True)]
    return list(zip(seen[::2], seen[1::2], strict=True))


def _changed(trial: Trial, weights: Mapping[str, Array]) -> Mask:
    """Whether others win, ``(draws,)``; weights near those that cannot be evaluated are passed over."""
    draws = len(next(iter(weights.values())))
    try:
        return changes(trial, trial.batch(weights=weights))
    except Refused:
        if draws <= PASSED_OVER:
            return np.zeros(draws, dtype=np.bool_)
        halves = [
            {name: w[part] for name, w in weights.items()} for part in (slice(draws // 2), slice(draws // 2, None))
        ]
        return np.concatenate([_changed(trial, half) for half in halves])


def _ways(axis: Axis, steps: int) -> tuple[Way, Way]:
    edge = axis.total * EDGE
    low, high = min(edge, axis.weight / 2), max(axis.total - edge, (axis.total + axis.weight) / 2)
    return Way(axis.weight, low, steps), Way(axis.weight, high, steps)


def jumps(trial: Trial) -> bool:
    """Whether a weight can change a figure by leaps, or in other ways than along a simple curve."""
    plan = trial.plan
    groups = {node.id for node in plan.nodes if len(node.leaves) > 1}
    gates = any(gate.share is not None and gate.node in groups for gate in plan.gates)
    rounds = any(plan.rounds(stage) for stage in ("criterion", "group", "total"))
    return rounds or gates or plan.scheme.shortlist is not None or not plan.rule.rule.item.exact


def _of(trial: Trial, axis: Axis, seen: tuple[_Seen, _Seen], standings: Standings) -> Tipping:
    at = cache(lambda weight: standings.at(axis.at(weight)))
    base = at(axis.weight)

    def screen(weights: Array) -> Mask:
        return _changed(trial, axis.draws(weights))

    steps = steps_of(trial, lambda stage, weight: standings.before(stage, axis.at(weight)), but="score")
    search = Search(at, lambda s: base is None or set(s.winner) == set(base.winner), axis.total * HAIR, screen, steps)
    if (tipping := _at_once(search, axis, base)) is not None:
        return tipping
    down, up = (bracket(search, *way) for way in seen)
    found: Crossing | None = None
    for inside, outside in sorted((b for b in (down, up) if b), key=lambda b: abs(b[0] - axis.weight)):
        if found is None or abs(inside - axis.weight) < abs(found.at - axis.weight):
            other = crossing(search, inside, outside)
            if found is None or abs(other.at - axis.weight) < abs(found.at - axis.weight):
                found = other
    if found is None:
        return Tipping(axis.criterion, axis.weight, None, ())
    return Tipping(axis.criterion, axis.weight, found.at, found.winner, found.exact, found.within)


def _at_once(search: Search, axis: Axis, base: Standing | None) -> Tipping | None:
    """Where the least change of the weight as it is changes the winner: bids are level there, or a minimum just met."""
    for step in (search.hair, -search.hair):
        beyond = search.at(axis.weight + step)
        if base is None or beyond is None or search.stays(beyond):
            continue
        involved = {*base.winner, *beyond.winner}
        level = len({base.figures.get(name) for name in involved}) < len(involved)
        within = Fraction(0) if level else search.hair
        return Tipping(axis.criterion, axis.weight, axis.weight, beyond.winner, level, within)
    return None
