"""How far the weight of one criterion must move, the others keeping their proportions, for another to win.

Weights from next to none to next to all of the points are looked at in float64 (`sides`), and the nearest change on
either side is then found exactly (`crossing`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from tender_eval.fairness.findings.analyses import Tipping
from tender_eval.fairness.findings.notes import Unseen
from tender_eval.fairness.scenarios.reranking import Standing, Standings
from tender_eval.fairness.scenarios.rounding import steps_of
from tender_eval.fairness.scenarios.scenario import Trial
from tender_eval.fairness.tipping.crossovers import Crossing, Search, crossing
from tender_eval.fairness.tipping.rescaling import Axis, axes
from tender_eval.fairness.tipping.search import Looking, Side

HAIR = Fraction(1, 10**12)  # of all points: how far beyond it a crossing is confirmed, and how near it is closed in on


class Tipped(NamedTuple):
    """The tipping points, and what could not be told for certain."""

    tipping: tuple[Tipping, ...]
    notes: tuple[Unseen, ...] = ()


def tipping(trial: Trial) -> Tipped:
    """The tipping point of each criterion, in the order of the scheme.

    A criterion that has all the points cannot be moved against others, and is left out. Where several win, the
    winner has changed when others are among them, whatever their order.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    if not trial.winner:
        return Tipped(())
    standings = Standings(trial)
    looking = Looking(trial, standings)
    found: dict[str, Tipping] = {}
    sides: list[tuple[Side, Side]] = []
    for axis in axes(trial):
        search = _search(trial, axis, standings, looking)
        if (at_once := _at_once(search, axis)) is not None:
            found[axis.criterion] = at_once
        else:
            sides.append(looking.sides(axis, search))
    looking.look(sides)
    found |= {both[0].axis.criterion: _nearest(*both) for both in sides}
    ordered = tuple(found[axis.criterion] for axis in axes(trial))
    return Tipped(ordered, () if looking.certain else (Unseen(),))


def _search(trial: Trial, axis: Axis, standings: Standings, looking: Looking) -> Search:
    at = cache(lambda weight: standings.at(axis.at(weight)))
    steps = steps_of(trial, lambda stage, weight: standings.before(stage, axis.at(weight)), but="score")
    base = at(axis.weight)
    return Search(
        at, lambda s: base is None or set(s.winner) == set(base.winner), axis.total * HAIR,
        lambda weights: looking.changed(axis.draws(weights)), steps,
    )  # fmt: skip


def _nearest(*sides: Side) -> Tipping:
    axis = sides[0].axis
    found: Crossing | None = None
    for side, way in sorted(((s, s.found) for s in sides if s.found), key=lambda s: s[0].distance(s[1][1])):
        if found is None or side.distance(way[0]) < side.distance(found.at):
            other = crossing(side.search, *way)
            if found is None or side.distance(other.at) < side.distance(found.at):
                found = other
    if found is None:
        return Tipping(axis.criterion, axis.weight, None, ())
    return Tipping(axis.criterion, axis.weight, found.at, found.winner, found.exact, found.within)


def _at_once(search: Search, axis: Axis) -> Tipping | None:
    """Where the least change of the weight as it is changes the winner: bids are level there, or a minimum just met."""
    base: Standing | None = search.at(axis.weight)
    for step in (search.hair, -search.hair):
        beyond = search.at(axis.weight + step)
        if base is None or beyond is None or search.stays(beyond):
            continue
        involved = {*base.winner, *beyond.winner}
        level = len({base.figures.get(name) for name in involved}) < len(involved)
        within = Fraction(0) if level else search.hair
        return Tipping(axis.criterion, axis.weight, axis.weight, beyond.winner, level, within)
    return None
