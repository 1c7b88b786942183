"""Over all weights together: the weights nearest to the scheme's at which another bid draws level with the winner.

Under the rules below, whether one bid is ahead of another is a straight line in the weights: the points of the
one less those of the other; for price over quality, after multiplying out. The nearest weights are then the
answer of a linear programme, solved exactly, and confirmed by an exact evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.engine.plan import Plan
from tender_eval.fairness.exact_lp import cheapest
from tender_eval.fairness.findings import NearestWeights
from tender_eval.fairness.standing import Standings
from tender_eval.fairness.trial import Trial

ZERO = Fraction(0)
Line = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class _Bids:
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


Ahead = Callable[[_Bids, str, str], tuple[Line, Fraction]]
"""By how much one bid is ahead of another: coefficients by leaf, and a constant. Below zero it is behind."""


def _by_points(bids: _Bids, one: str, other: str) -> tuple[Line, Fraction]:
    params = bids.plan.rule.params
    criteria = getattr(params, "count", ()) or getattr(params, "quality", ()) or bids.plan.roots
    return _less(bids.points(one, criteria), bids.points(other, criteria)), ZERO


def _by_price_over_points(bids: _Bids, one: str, other: str) -> tuple[Line, Fraction]:
    """price / points < other's price / points, multiplied by both points."""
    quality = bids.plan.rule.params.quality
    ours, theirs = bids.points(one, quality), bids.points(other, quality)
    return _less(_times(ours, bids.prices[other]), _times(theirs, bids.prices[one])), ZERO


def _by_premium(bids: _Bids, one: str, other: str) -> tuple[Line, Fraction]:
    """price - estimate x points / weight of the price, multiplied by that weight."""
    params, cheaper = bids.plan.rule.params, bids.prices[other] - bids.prices[one]
    better = _less(bids.points(one, params.quality), bids.points(other, params.quality))
    worth = _times(better, params.estimate)
    if params.price_weight is not None:
        return worth, cheaper * params.price_weight
    rest = _less(bids.available(bids.plan.roots), bids.available(params.quality))
    return tuple(w + cheaper * r for w, r in zip(worth, rest, strict=True)), ZERO


_LINES: dict[str, Ahead] = {
    "highest_score": _by_points,
    "highest_quality_within_budget": _by_points,
    "lowest_cost_per_quality_point": _by_price_over_points,
    "highest_quality_per_price": _by_price_over_points,
    "lowest_price_less_quality_premium": _by_premium,
}


def nearest_weights(trial: Trial) -> tuple[NearestWeights | None, str]:
    """The nearest weights at which another bid is level with the winner and nobody is above both.

    ``winner`` of the finding is who draws level, ``moved`` the points taken from some criteria and given to
    others (half the sum of all changes). ``exact`` is false where a minimum or a shortlist turns on the weights
    too, so that nearer weights might do it by turning a bid away.

    Returns:
        The finding, or None and why there is none.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    plan = trial.plan
    if why := _unavailable(trial):
        return None, why
    winner, now = trial.winner[0], tuple(leaf.points for leaf in plan.leaves)
    found = _nearest(trial, winner, now)
    if found is None:
        return None, "no weights let another bid win"
    rival, weights, moved = found
    points = {leaf.id: w for leaf, w in zip(plan.leaves, weights, strict=True)}
    there = Standings(trial).at(points)
    pair = (there.figures.get(winner), there.figures.get(rival)) if there else (None, None)
    if there is None or pair[0] is None or pair[0] != pair[1] or not {winner, rival} & set(there.winner):
        return None, "at the weights where another bid draws level by points, a minimum turns a bid away"
    level = tuple(b for b, f in there.figures.items() if f == pair[0] and b != winner)
    return NearestWeights(level, points, moved, not _weights_turn_away(plan)), ""


def _unavailable(trial: Trial) -> str:
    plan = trial.plan
    rule = plan.rule.rule.item.name
    if rule not in _LINES:
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


def _nearest(trial: Trial, winner: str, now: Line) -> tuple[str, Line, Fraction] | None:
    """Who can be first with the fewest points moved, at which weights, and how many points."""
    bids, ahead = _read(trial), _LINES[trial.plan.rule.rule.item.name]
    best: tuple[str, Line, Fraction] | None = None
    rivals = [bid for bid in trial.order if bid != winner]
    at_least = {rival: _at_least(ahead(bids, rival, winner), now) for rival in rivals}
    for rival in sorted((r for r in rivals if at_least[r] is not None), key=lambda r: at_least[r] or ZERO):
        if best is not None and (at_least[rival] or ZERO) >= best[2]:
            break
        found = _first([ahead(bids, rival, other) for other in bids.scores if other != rival], now)
        if found is not None and (best is None or found[1] < best[2]):
            best = rival, *found
    return best


def _read(trial: Trial) -> _Bids:
    scores, prices = {}, {}
    column = getattr(trial.plan.rule.params, "price", "price")
    for bid in trial.order:
        result = trial.evaluation.bid(bid)
        by_leaf = {c.id: c.score for c in result.criteria if c.score is not None} if result else {}
        scores[bid] = tuple(by_leaf[leaf.id] for leaf in trial.plan.leaves)
        prices[bid] = trial.price_of(bid, column) or ZERO
    return _Bids(trial.plan, scores, prices)


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


def _first(lines: list[tuple[Line, Fraction]], now: Line) -> tuple[Line, Fraction] | None:
    """The nearest weights at which nobody is ahead of a bid, and the points moved; None where there are none.

    Variables are the points given to each criterion, then those taken from each; none gives more than it has.
    """
    n, one = len(now), Fraction(1)
    rows: list[list[Fraction]] = [[one] * n + [-one] * n, [-one] * n + [one] * n]
    bounds = [ZERO, ZERO]
    for line, constant in lines:
        rows.append([-a for a in line] + list(line))
        bounds.append(constant + sum((a * w for a, w in zip(line, now, strict=True)), ZERO))
    for leaf, weight in enumerate(now):
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
