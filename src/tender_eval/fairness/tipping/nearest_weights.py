"""Over all weights together: the weights nearest to the scheme's at which another bid draws level with the winner.

Under most rules whether one bid is ahead of another is a straight line in the weights: the points of the
one less those of the other; for price over quality, after multiplying out (see `linear_order`). The nearest weights are
then the answer of a linear programme, solved exactly, and confirmed by an exact evaluation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import shares_out_money
from tender_eval.fairness.findings.notes import NoNearest
from tender_eval.fairness.findings.notes import NoNearestBecause as Because
from tender_eval.fairness.findings.results import NearestWeights
from tender_eval.fairness.linear_programme import minimise
from tender_eval.fairness.scenarios.reranking import Reranking
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.linear_order import (
    Line,
    LinearDifference,
    LinearFigures,
    NotLinearError,
    linear_figures,
    order_of,
)
from tender_eval.model.enclosure import STATED_DIGITS, Enclosed

ZERO = Fraction(0)
LITTLE = Fraction(1, 10**9)  # of its weight: what a criterion keeps that must not lose all of it


def nearest_weights(scenario: Scenario) -> NearestWeights | NoNearest:
    """The nearest weights at which another bid is level with the winner and nobody is above both.

    ``winner`` of the finding is who draws level, ``moved`` the points taken from some criteria and given to
    others (half the sum of all changes). ``exact`` is false where scores are enclosed between bounds, and where a
    minimum or a shortlist turns on the weights too, so that nearer weights might do it by turning a bid away or
    letting one in.

    Returns:
        The finding, or why there is none.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    plan = scenario.plan
    if missing := why_no_lines(scenario):
        return missing
    winner, turns_away = scenario.winner[0], weights_turn_away(plan)
    try:
        found = _nearest(scenario, winner)
    except NotLinearError:
        return NoNearest(Because.NOT_STRAIGHT_HERE, plan.rule.rule.name)
    if found is None:
        return NoNearest(Because.NO_POINTS if turns_away else Because.NO_WEIGHTS)
    level, nearest = _level(scenario, winner, found), found.moved
    if level is None:
        # at no weight at all nobody misses the minimum of a criterion, so those with one keep a little
        found = _nearest(scenario, winner, {gate.node for gate in plan.gates if gate.share is not None})
        level = None if found is None else _level(scenario, winner, found)
    if found is None or level is None:
        return NoNearest(Because.TURNED_AWAY)
    points = {leaf.id: w for leaf, w in zip(plan.leaves, found.weights, strict=True)}
    exact = found.moved == nearest and not turns_away and all(type(s) is Fraction for s in scores_of(scenario))
    return NearestWeights(level, points, found.moved, exact)


def _level(scenario: Scenario, winner: str, found: _Candidate) -> tuple[str, ...] | None:
    """Who is level with the winner at the weights found, as an exact evaluation has it; None where it is not so."""
    points = {leaf.id: w for leaf, w in zip(scenario.plan.leaves, found.weights, strict=True)}
    there = Reranking(scenario).at(points)
    if there is None or not {winner, found.rival} & set(there.winner):
        return None
    own, rival = there.figures.get(winner), there.figures.get(found.rival)
    if own is None or rival is None or not _near(own, rival):
        return None
    return tuple(bid for bid, figure in there.figures.items() if _near(figure, own) and bid != winner)


def _near(a: Fraction, b: Fraction) -> bool:
    """Whether figures are level; enclosed ones as far as weights that come of their stated digits can bring them."""
    return a == b or (isinstance(a - b, Enclosed) and abs(a - b) <= abs(b) / 10 ** (STATED_DIGITS - 10))


def why_no_lines(scenario: Scenario) -> NoNearest | None:
    """Why the order of these bids turns on no straight lines of the weights, where it does not."""
    plan = scenario.plan
    order = order_of(plan)
    if isinstance(order, NoNearest):
        return order
    if order.weights_do_not_matter or shares_out_money(plan):
        return NoNearest(Because.NOT_STRAIGHT, plan.rule.rule.name)
    if any(plan.rounds(stage) for stage in ("criterion", "group", "total")):
        return NoNearest(Because.ROUNDED)
    if plan.scheme.award.suppliers > 1:
        return NoNearest(Because.SEVERAL_SUPPLIERS)
    if len(scenario.order) < 2:
        return NoNearest(Because.TOO_FEW)
    return None


def weights_turn_away(plan: Plan) -> bool:
    """Whether a minimum, or a shortlist, can turn a bid away by the weights alone."""
    groups = {node.id for node in plan.nodes if len(node.leaves) > 1}
    return plan.scheme.shortlist is not None or any(g.share is not None and g.node in groups for g in plan.gates)


class _Candidate(NamedTuple):
    """Who can be first with the fewest points moved, at which weights, and how many points."""

    rival: str
    weights: Line
    moved: Fraction


def _nearest(scenario: Scenario, winner: str, kept: Collection[str] = ()) -> _Candidate | None:
    """The nearest weights at which another is first; the criteria that are ``kept`` do not lose all of theirs."""
    lines = ranked_lines(scenario)
    now = tuple(leaf.points for leaf in scenario.plan.leaves)
    spare = tuple(leaf.points * (1 - LITTLE if leaf.id in kept else 1) for leaf in scenario.plan.leaves)
    best: _Candidate | None = None
    rivals = [bid for bid in scenario.order if bid != winner]
    at_least = {rival: _at_least(lines.difference(rival, winner), now) for rival in rivals}
    for rival in sorted((r for r in rivals if at_least[r] is not None), key=lambda r: at_least[r] or ZERO):
        if best is not None and (at_least[rival] or ZERO) >= best.moved:
            break
        found = _first([lines.difference(rival, other) for other in lines.scores if other != rival], now, spare)
        if found is not None and (best is None or found[1] < best.moved):
            best = _Candidate(rival, *found)
    return best


def ranked_lines(scenario: Scenario) -> LinearFigures:
    """What is compared of the ranked bids."""
    scores = {}
    for bid in scenario.order:
        result = scenario.evaluation.bid(bid)
        # a linear programme is of fractions: an enclosed score counts by its stated digits
        scores[bid] = {c.id: Fraction(c.score) for c in result.criteria if c.score is not None}
    return linear_figures(scenario, scores)


def scores_of(scenario: Scenario) -> Iterator[Fraction]:
    """Every score of every bid."""
    return (c.score for bid in scenario.evaluation.bids for c in bid.criteria if c.score is not None)


def _at_least(line: LinearDifference, now: Line) -> Fraction | None:
    """The points that must move for one line to reach zero: from where they count least to where they count most."""
    short = -sum((a * w for a, w in zip(line.coefficients, now, strict=True)), line.constant)
    top, moved = max(line.coefficients), ZERO
    for gain, points in sorted((top - a, w) for a, w in zip(line.coefficients, now, strict=True))[::-1]:
        if short <= 0:
            break
        part = min(points, short / gain) if gain else ZERO
        moved, short = moved + part, short - part * gain
    return moved if short <= 0 else None


def _first(lines: list[LinearDifference], now: Line, spare: Line) -> tuple[Line, Fraction] | None:
    """The nearest weights at which nobody is ahead of a bid, and the points moved; None where there are none.

    Variables are the points given to each criterion, then those taken from each; none gives more than it can spare.
    """
    n, one = len(now), Fraction(1)
    rows: list[list[Fraction]] = [[one] * n + [-one] * n, [-one] * n + [one] * n]
    bounds = [ZERO, ZERO]
    for line, constant, _ in lines:
        rows.append([-a for a in line] + list(line))
        bounds.append(constant + sum((a * w for a, w in zip(line, now, strict=True)), ZERO))
    for leaf, weight in enumerate(spare):
        rows.append([ZERO] * n + [one if other == leaf else ZERO for other in range(n)])
        bounds.append(weight)
    found = minimise([one / 2] * (2 * n), rows, bounds)
    if found is None:
        return None
    return tuple(w + given - taken for w, given, taken in zip(now, found.x, found.x[n:], strict=False)), found.cost
