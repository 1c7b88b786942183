"""Which bids are first at some weights within bands, at all of them, and at any weights whatever: exactly.

The order of two bids is mostly a straight line in the weights (`linear_order`), so each answer is one of a linear
programme. Most need none: of a straight line the most within bands on single weights is found by giving the points
that are left to where they count most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from tender_eval.fairness.findings.notes import NoNearest
from tender_eval.fairness.findings.notes import NoNearestBecause as Because
from tender_eval.fairness.findings.results import PossibleWinners
from tender_eval.fairness.linear_programme import minimise
from tender_eval.fairness.scenarios.random_weights import Band, bands_of
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.linear_order import LinearDifference, NotLinearError
from tender_eval.fairness.tipping.nearest_weights import ranked_lines, scores_of, weights_turn_away, why_no_lines

ZERO, ONE = Fraction(0), Fraction(1)
LEAST, MOST = Fraction(1, 2), Fraction(3, 2)  # of its published weight: the band of each, where none are asked for

Weights = tuple[Fraction, ...]


def possible_winners(
    scenario: Scenario, bands: Mapping[str, tuple[Fraction, Fraction]] | None = None
) -> PossibleWinners | NoNearest:
    """Who can be first among the bids that are ranked, with some weight at every criterion that has a minimum.

    Args:
        bands: the least and most points of criteria or groups, by id; weights within them there must be.

    Returns:
        The winners, in the order of the ranking, or why they cannot be told.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    if missing := why_no_lines(scenario):
        return missing
    plan = scenario.plan
    if weights_turn_away(plan):
        return NoNearest(Because.TURNED_AWAY)
    if any(type(score) is not Fraction for score in scores_of(scenario)):
        return NoNearest(Because.ENCLOSED)
    limits = bands or {leaf.id: (leaf.points * LEAST, leaf.points * MOST) for leaf in plan.leaves}
    try:
        lines = _Lines(scenario)
        within, whole = _Range.of(lines.now, bands_of(plan, limits)), _Range.of(lines.now, ())
        possible = tuple(bid for bid in scenario.order if _is_possible(lines, bid, within))
        anywhere = tuple(bid for bid in scenario.order if bid in possible or _is_possible(lines, bid, whole))
        necessary = tuple(bid for bid in possible if _is_necessary(lines, bid, within))
    except NotLinearError:
        return NoNearest(Because.NOT_STRAIGHT_HERE, plan.rule.rule.name)
    return PossibleWinners(dict(limits), bool(bands), possible, necessary, anywhere)


class _Lines:
    """By how much each ranked bid is ahead of each other, worked out as it is asked for; and the weights as stated."""

    def __init__(self, scenario: Scenario) -> None:
        self.bids = scenario.order
        self.now: Weights = tuple(leaf.points for leaf in scenario.plan.leaves)
        self.ahead = cache(ranked_lines(scenario).difference)


class _Range(NamedTuple):
    """Weights that add up to as much as those of the scheme; each from ``least`` to ``most``, groups within bands."""

    least: Weights
    most: Weights
    total: Fraction
    groups: tuple[Band, ...]

    @classmethod
    def of(cls, now: Weights, bands: Sequence[Band]) -> _Range:
        total = sum(now, ZERO)
        least, most = [ZERO] * len(now), [total] * len(now)
        for band in bands:
            if len(band.of) == 1:
                least[band.of[0]], most[band.of[0]] = band.least, min(band.most, total)
        return cls(tuple(least), tuple(most), total, tuple(band for band in bands if len(band.of) > 1))

    def holds(self, weights: Weights) -> bool:
        """Whether weights that add up to the total lie within it."""
        singly = all(low <= w <= high for low, w, high in zip(self.least, weights, self.most, strict=True))
        return singly and all(b.least <= sum((weights[n] for n in b.of), ZERO) <= b.most for b in self.groups)

    def best_for(self, line: Sequence[Fraction]) -> Weights:
        """The weights at which a line is highest, but for the bands of groups."""
        found, left = list(self.least), self.total - sum(self.least, ZERO)
        for n in sorted(range(len(line)), key=lambda n: line[n], reverse=True):
            given = min(left, self.most[n] - self.least[n])
            found[n], left = found[n] + given, left - given
        return tuple(found)

    def where(self, lines: Sequence[LinearDifference], cost: Sequence[Fraction]) -> Weights | None:
        """The weights of least cost at which no line is below zero, or None where there are none.

        The programme is of what each weight is above its least.
        """
        n, room = len(self.least), self.total - sum(self.least, ZERO)
        rows, bounds = [[ONE] * n, [-ONE] * n], [room, -room]
        for k in range(n):
            rows.append([ONE if k == m else ZERO for m in range(n)])
            bounds.append(self.most[k] - self.least[k])
        for line in lines:
            rows.append([-a for a in line.coefficients])
            bounds.append(_at(line, self.least))
        for band in self.groups:
            row, already = [Fraction(k in band.of) for k in range(n)], sum((self.least[k] for k in band.of), ZERO)
            rows += [row, [-v for v in row]]
            bounds += [band.most - already, already - band.least]
        found = minimise(cost, rows, bounds)
        return None if found is None else tuple(low + x for low, x in zip(self.least, found.x, strict=True))


def _at(line: LinearDifference, weights: Weights) -> Fraction:
    return sum((a * w for a, w in zip(line.coefficients, weights, strict=True)), line.constant)


def _is_possible(lines: _Lines, bid: str, within: _Range) -> bool:
    """Whether nobody is ahead of the bid at some weights."""
    own, tops = [], []
    for other in lines.bids:
        if other == bid:
            continue
        own.append(lines.ahead(bid, other))
        tops.append(within.best_for(own[-1].coefficients))
        if _at(own[-1], tops[-1]) < 0:
            return False  # behind the same other bid at all weights
    for weights in (lines.now, *tops):
        if within.holds(weights) and all(_at(line, weights) >= 0 for line in own):
            return True
    return within.where(own, [ZERO] * len(lines.now)) is not None


def _is_necessary(lines: _Lines, bid: str, within: _Range) -> bool:
    """Whether nobody is ahead of the bid at any weights."""
    for other in lines.bids:
        if other == bid:
            continue
        line = lines.ahead(other, bid)
        if within.groups:
            top = max(line.coefficients)
            best = within.where((), [top - a for a in line.coefficients])
        else:
            best = within.best_for(line.coefficients)
        if best is not None and _at(line, best) > 0:
            return False
    return True
