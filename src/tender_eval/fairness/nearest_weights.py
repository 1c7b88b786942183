"""Over all weights together: the weights nearest to the scheme's at which another bid draws level with the winner.

Under the rules below, whether one bid is ahead of another is a straight line in the weights: the points of the
one less those of the other; for price over quality, after multiplying out. The nearest weights are then the
answer of a linear programme, solved exactly, and confirmed by an exact evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.plan import Plan
from tender_eval.fairness.exact_lp import cheapest
from tender_eval.fairness.findings import NearestWeights
from tender_eval.fairness.standing import Standings
from tender_eval.fairness.trial import Trial
from tender_eval.model.enclosure import STATED_DIGITS, Enclosed

ZERO = Fraction(0)
LITTLE = Fraction(1, 10**9)  # of its weight: what a criterion keeps that must not lose all of it
NO_POINTS = (
    "by points no weights let another bid win; those at which a minimum or the shortlist turns bids away or lets them "
    "in were not looked for"
)
Line = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class BidLines:
    """The ranked bids: the scores at every scored criterion, ``(leaves,)`` each, and the prices."""

    plan: Plan
    scores: Mapping[str, Line]
    prices: Mapping[str, Fraction]

    def points(self, bid: str, criteria: Sequence[str]) -> Line:
        """The points at these criteria, by the weight of each leaf."""
        times = self._counted(criteria)
        return tuple(s * n for s, n in zip(self.scores[bid], times, strict=True))

    def available(self, criteria: Sequence[str]) -> Line:
        """The points available at these criteria, by the weight of each leaf."""
        return tuple(Fraction(n) for n in self._counted(criteria))

    def _counted(self, criteria: Sequence[str]) -> list[int]:
        below = [leaf for name in criteria for leaf in self.plan.node(name).leaves]
        return [below.count(leaf.id) for leaf in self.plan.leaves]


Ahead = Callable[[BidLines, str, str], tuple[Line, Fraction]]
"""By how much one bid is ahead of another: coefficients by leaf, and a constant. Below zero it is behind."""


def _by_points(bids: BidLines, one: str, other: str) -> tuple[Line, Fraction]:
    params = bids.plan.rule.params
    criteria = getattr(params, "count", ()) or getattr(params, "quality", ()) or bids.plan.roots
    return _less(bids.points(one, criteria), bids.points(other, criteria)), ZERO


def _by_price_over_points(bids: BidLines, one: str, other: str) -> tuple[Line, Fraction]:
    """price / points < other's price / points, multiplied by both points."""
    quality = bids.plan.rule.params.quality
    ours, theirs = bids.points(one, quality), bids.points(other, quality)
    return _less(_times(ours, bids.prices[other]), _times(theirs, bids.prices[one])), ZERO


def _by_premium(bids: BidLines, one: str, other: str) -> tuple[Line, Fraction]:
    """price - estimate x points / weight of the price, multiplied by that weight."""
    params, cheaper = bids.plan.rule.params, bids.prices[other] - bids.prices[one]
    better = _less(bids.points(one, params.quality), bids.points(other, params.quality))
    worth = _times(better, params.estimate)
    if params.price_weight is not None:
        return worth, cheaper * params.price_weight
    rest = _less(bids.available(bids.plan.roots), bids.available(params.quality))
    return tuple(w + cheaper * r for w, r in zip(worth, rest, strict=True)), ZERO


LINES: dict[str, Ahead] = {
    "highest_score": _by_points,
    "highest_quality_within_budget": _by_points,
    "lowest_cost_per_quality_point": _by_price_over_points,
    "highest_quality_per_price": _by_price_over_points,
    "lowest_price_less_quality_premium": _by_premium,
}


def nearest_weights(trial: Trial) -> tuple[NearestWeights | None, str]:
    """The nearest weights at which another bid is level with the winner and nobody is above both.

    ``winner`` of the finding is who draws level, ``moved`` the points taken from some criteria and given to
    others (half the sum of all changes). ``exact`` is false where scores are enclosed between bounds, and where a
    minimum or a shortlist turns on the weights too, so that nearer weights might do it by turning a bid away or
    letting one in.

    Returns:
        The finding, or None and why there is none.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    plan = trial.plan
    if why := _unavailable(trial):
        return None, why
    winner, turns_away = trial.winner[0], _weights_turn_away(plan)
    found = _nearest(trial, winner)
    if found is None:
        return None, NO_POINTS if turns_away else "no weights let another bid win"
    level, nearest = _level(trial, winner, found), found.moved
    if level is None:
        # at no weight at all nobody misses the minimum of a criterion, so those with one keep a little
        found = _nearest(trial, winner, {gate.node for gate in plan.gates if gate.share is not None})
        level = None if found is None else _level(trial, winner, found)
    if found is None or level is None:
        return None, "where another bid draws level by points, minimums or the shortlist turn bids away or let them in"
    points = {leaf.id: w for leaf, w in zip(plan.leaves, found.weights, strict=True)}
    exact = found.moved == nearest and not turns_away and all(type(s) is Fraction for s in _scores_of(trial))
    return NearestWeights(level, points, found.moved, exact), ""


def _level(trial: Trial, winner: str, found: _Found) -> tuple[str, ...] | None:
    """Who is level with the winner at the weights found, as an exact evaluation has it; None where it is not so."""
    points = {leaf.id: w for leaf, w in zip(trial.plan.leaves, found.weights, strict=True)}
    there = Standings(trial).at(points)
    if there is None or not {winner, found.rival} & set(there.winner):
        return None
    own, rival = there.figures.get(winner), there.figures.get(found.rival)
    if own is None or rival is None or not _near(own, rival):
        return None
    return tuple(bid for bid, figure in there.figures.items() if _near(figure, own) and bid != winner)


def _near(a: Fraction, b: Fraction) -> bool:
    """Whether figures are level; enclosed ones as far as weights that come of their stated digits can bring them."""
    return a == b or (isinstance(a - b, Enclosed) and abs(a - b) <= abs(b) / 10 ** (STATED_DIGITS - 10))


def _unavailable(trial: Trial) -> str:
    plan = trial.plan
    rule = plan.rule.rule.item.name
    if rule not in LINES:
        return f"the rule {rule} does not compare bids in a straight line of the weights"
    if any(plan.rounds(stage) for stage in ("criterion", "group", "total")):
        return "the scheme rounds points, so figures leap as weights move"
    if plan.scheme.award.suppliers > 1:
        return "the scheme awards more than one supplier"
    if len(trial.order) < 2:
        return "there are not two bids to compare"
    return ""


def _weights_turn_away(plan: Plan) -> bool:
    """Whether a minimum, or a shortlist, can turn a bid away by the weights alone."""
    groups = {node.id for node in plan.nodes if len(node.leaves) > 1}
    return plan.scheme.shortlist is not None or any(g.share is not None and g.node in groups for g in plan.gates)


class _Found(NamedTuple):
    """Who can be first with the fewest points moved, at which weights, and how many points."""

    rival: str
    weights: Line
    moved: Fraction


def _nearest(trial: Trial, winner: str, kept: Collection[str] = ()) -> _Found | None:
    """The nearest weights at which another is first; the criteria that are ``kept`` do not lose all of theirs."""
    bids, ahead = _ranked(trial), LINES[trial.plan.rule.rule.item.name]
    now = tuple(leaf.points for leaf in trial.plan.leaves)
    spare = tuple(leaf.points * (1 - LITTLE if leaf.id in kept else 1) for leaf in trial.plan.leaves)
    best: _Found | None = None
    rivals = [bid for bid in trial.order if bid != winner]
    at_least = {rival: _at_least(ahead(bids, rival, winner), now) for rival in rivals}
    for rival in sorted((r for r in rivals if at_least[r] is not None), key=lambda r: at_least[r] or ZERO):
        if best is not None and (at_least[rival] or ZERO) >= best.moved:
            break
        found = _first([ahead(bids, rival, other) for other in bids.scores if other != rival], now, spare)
        if found is not None and (best is None or found[1] < best.moved):
            best = _Found(rival, *found)
    return best


def lines_of(trial: Trial, scores: Mapping[str, Mapping[str, Fraction]]) -> BidLines:
    """What is compared of these bids, whose scores are given by bid and scored criterion."""
    column = getattr(trial.plan.rule.params, "price", "price")
    prices = {bid: trial.price_of(bid, column) or ZERO for bid in scores}
    leaves = [leaf.id for leaf in trial.plan.leaves]
    return BidLines(trial.plan, {bid: tuple(own[leaf] for leaf in leaves) for bid, own in scores.items()}, prices)


def _ranked(trial: Trial) -> BidLines:
    scores = {}
    for bid in trial.order:
        result = trial.evaluation.bid(bid)
        # a linear programme is of fractions: an enclosed score counts by its stated digits
        scores[bid] = {c.id: Fraction(c.score) for c in result.criteria if c.score is not None} if result else {}
    return lines_of(trial, scores)


def _scores_of(trial: Trial) -> Iterator[Fraction]:
    return (c.score for bid in trial.evaluation.bids for c in bid.criteria if c.score is not None)


def _at_least(line: tuple[Line, Fraction], now: Line) -> Fraction | None:
    """The points that must move for one line to reach zero: from where they count least to where they count most."""
    short = -sum((a * w for a, w in zip(line[0], now, strict=True)), line[1])
    top, moved = max(line[0]), ZERO
    for gain, points in sorted((top - a, w) for a, w in zip(line[0], now, strict=True))[::-1]:
        if short <= 0:
            break
        part = min(points, short / gain) if gain else ZERO
        moved, short = moved + part, short - part * gain
    return moved if short <= 0 else None


def _first(lines: list[tuple[Line, Fraction]], now: Line, spare: Line) -> tuple[Line, Fraction] | None:
    """The nearest weights at which nobody is ahead of a bid, and the points moved; None where there are none.

    Variables are the points given to each criterion, then those taken from each; none gives more than it can spare.
    """
    n, one = len(now), Fraction(1)
    rows: list[list[Fraction]] = [[one] * n + [-one] * n, [-one] * n + [one] * n]
    bounds = [ZERO, ZERO]
    for line, constant in lines:
        rows.append([-a for a in line] + list(line))
        bounds.append(constant + sum((a * w for a, w in zip(line, now, strict=True)), ZERO))
    for leaf, weight in enumerate(spare):
        rows.append([ZERO] * n + [one if other == leaf else ZERO for other in range(n)])
        bounds.append(weight)
    found = cheapest([one / 2] * (2 * n), rows, bounds)
    if found is None:
        return None
    return tuple(w + given - taken for w, given, taken in zip(now, found.x, found.x[n:], strict=False)), found.cost


def _less(one: Line, other: Line) -> Line:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _times(line: Line, factor: Fraction) -> Line:
    return tuple(a * factor for a in line)
