"""How far the weight of one criterion must move, the others keeping their proportions, for another to win.

Weights from next to none to next to all of the points are looked at in float64 (`weight_search`), and the nearest
change on either side is then found exactly (`find_crossover`).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from tender_eval.fairness.findings.notes import Unseen
from tender_eval.fairness.findings.results import Tipping
from tender_eval.fairness.scenarios.reranking import Ranking, Reranking
from tender_eval.fairness.scenarios.rounding import rounded_stages
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.crossovers import Crossover, CrossoverSearch, find_crossover
from tender_eval.fairness.tipping.varied_weights import VariedWeight, varied_weights
from tender_eval.fairness.tipping.weight_search import Direction, WeightSearch

TOLERANCE = Fraction(
    1, 10**12
)  # of all points: how far beyond it a crossover is confirmed, and how near it is closed in on


class WeightTipping(NamedTuple):
    """The tipping points, and what could not be told for certain."""

    tipping: tuple[Tipping, ...]
    notes: tuple[Unseen, ...] = ()


def weight_tipping(scenario: Scenario) -> WeightTipping:
    """The tipping point of each criterion, in the order of the scheme.

    A criterion that has all the points cannot be moved against others, and is left out. Where several win, the
    winner has changed when others are among them, whatever their order.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    if not scenario.winner:
        return WeightTipping(())
    reranking = Reranking(scenario)
    weight_search = WeightSearch(scenario, reranking)
    found: dict[str, Tipping] = {}
    directions: list[tuple[Direction, Direction]] = []
    for varied in varied_weights(scenario):
        search = _search(scenario, varied, reranking, weight_search)
        if (at_once := _at_present_weight(search, varied)) is not None:
            found[varied.criterion] = at_once
        else:
            directions.append(weight_search.directions(varied, search))
    weight_search.narrow_all(directions)
    found |= {both[0].varied.criterion: _nearer(*both) for both in directions}
    ordered = tuple(found[varied.criterion] for varied in varied_weights(scenario))
    return WeightTipping(ordered, () if weight_search.certain else (Unseen(),))


def _search(
    scenario: Scenario, varied: VariedWeight, reranking: Reranking, weight_search: WeightSearch
) -> CrossoverSearch:
    at = cache(lambda weight: reranking.at(varied.points_at(weight)))
    steps = rounded_stages(
        scenario, lambda stage, weight: reranking.unrounded(stage, varied.points_at(weight)), except_stage="score"
    )
    base = at(varied.weight)
    return CrossoverSearch(
        at, lambda s: base is None or set(s.winner) == set(base.winner), varied.total * TOLERANCE,
        lambda weights: weight_search.changed(varied.points_draws(weights)), steps,
    )  # fmt: skip


def _nearer(*directions: Direction) -> Tipping:
    varied = directions[0].varied
    found: Crossover | None = None
    for direction, path in sorted(((s, s.found) for s in directions if s.found), key=lambda s: s[0].distance(s[1][1])):
        if found is None or direction.distance(path[0]) < direction.distance(found.at):
            other = find_crossover(direction.search, *path)
            if found is None or direction.distance(other.at) < direction.distance(found.at):
                found = other
    if found is None:
        return _level_at_an_end(directions[0].search, varied) or Tipping(varied.criterion, varied.weight, None, ())
    return Tipping(varied.criterion, varied.weight, found.at, found.winner, found.exact, found.within)


def _at_present_weight(search: CrossoverSearch, varied: VariedWeight) -> Tipping | None:
    """Where the least change of the weight as it is changes the winner: bids are level there, or a minimum just met."""
    base: Ranking | None = search.evaluate(varied.weight)
    for step in (search.tolerance, -search.tolerance):
        beyond = search.evaluate(varied.weight + step)
        if base is None or beyond is None or search.is_unchanged(beyond):
            continue
        involved = {*base.winner, *beyond.winner}
        level = len({base.figures.get(name) for name in involved}) < len(involved)
        within = Fraction(0) if level else search.tolerance
        return Tipping(varied.criterion, varied.weight, varied.weight, beyond.winner, level, within)
    return None


def _level_at_an_end(search: CrossoverSearch, varied: VariedWeight) -> Tipping | None:
    """The nearer end of what the weight can be at which others draw level with the winner; nobody is beyond it."""
    base: Ranking | None = search.evaluate(varied.weight)
    for end in sorted((Fraction(0), varied.total), key=lambda end: abs(end - varied.weight)):
        there = search.evaluate(end)
        if base is None or there is None or search.is_unchanged(there):
            continue
        new = {there.figures.get(bid) for bid in there.winner if bid not in base.winner}
        if new and new <= {there.figures[bid] for bid in base.winner if bid in there.figures}:
            return Tipping(varied.criterion, varied.weight, end, there.winner, only_level=True)
    return None
