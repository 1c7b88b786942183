"""What a mark and a quality point are worth: the change of its own price that leaves a bid's figure as it is.

That is the willingness to pay which a scheme states without saying so (the marginal rate of substitution). It is
found for each bid by itself, the others staying as they are, whatever the formula: its price is moved until the figure
that the rule ranks by comes back to what it was. Floats do; nobody is awarded anything by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.engine.questions import worth_of_quality
from tender_eval.fairness.findings.worth import IsoUtility, MarkWorth, PointWorth, Worth
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.mark import MarkStep, mark_steps
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array

REACH = 4.0  # times its own price, and a part of it as small: how far a bid's price is moved
COARSE = 48  # prices tried on that way, each at the same ratio to the last
FINE, ROUNDS = 16, 3  # prices tried within what holds the answer, and how often
FIRST = 10  # ranked bids that are looked at: a table of more is not read
CELLS = 100_000  # bids times draws, at once at the most
CURVE = 13  # points of an iso-utility curve, from half of a bid's quality to half as much again


class _Trial(NamedTuple):
    """A bid with one of its marks changed, or with so many times its quality points."""

    bid: str
    step: MarkStep | None = None
    times: float = 1.0


def worth(scenario: Scenario, *, marks: bool = True) -> Worth | None:
    """What quality is worth to each of the first ten bids that state a price.

    A quality point is added by weighing all that is not the price a little more; under a rule that compares the
    quality of bids this would move the others too, and one that pays money for a share of the marks is not moved by it,
    so that there only marks are looked at.

    Args:
        marks: whether single marks and the curves are looked at, too.

    Returns:
        None where nothing reads the price, or nothing else.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    leaves = [leaf.id for leaf in scenario.plan.leaves if leaf.id not in scenario.price_leaves]
    first = scenario.order[:FIRST]
    prices = {bid: p for bid in first if (p := scenario.price_of(bid)) is not None and p > 0}
    if not prices or not leaves:
        return None
    quality = {bid: _quality(scenario, bid, leaves) for bid in prices}
    relative = scenario.plan.rule.rule.item.relative(scenario.plan.rule.params)
    pays = isinstance(worth_of_quality(scenario.plan.rule), Fraction)
    own = [bid for bid in prices if quality[bid] > 0 and not relative and not pays]
    trials = [_Trial(bid, times=1 + 1 / quality[bid]) for bid in own]
    steps = [step for step in _steps(scenario) if step[0] in prices] if marks else []
    trials += [_Trial(step[0], step) for step in steps]
    curve = np.linspace(0.5, 1.5, CURVE)
    curved = own if marks else []
    trials += [_Trial(bid, times=float(t)) for bid in curved for t in curve]
    at_once = max(1, CELLS // (COARSE * len(scenario.bids.bids)))
    parts = [trials[n : n + at_once] for n in range(0, len(trials), at_once)]
    try:
        found = np.concatenate([_level_prices(scenario, part) for part in parts] or [np.zeros(0)])
    except Refused:  # a price or a mark on the way cannot be scored
        return None
    moved = [None if np.isnan(p) else float(p) - float(prices[t.bid]) for p, t in zip(found, trials, strict=True)]
    points = dict(zip(own, moved, strict=False))
    of_marks = moved[len(own) : len(own) + len(steps)]
    of_curves = np.reshape(found[len(own) + len(steps) :], (len(curved), CURVE))
    curves = (_curve(scenario, bid, quality[bid] * curve, on_it) for bid, on_it in zip(curved, of_curves, strict=True))
    return Worth(
        tuple(PointWorth(bid, quality[bid], prices[bid], points.get(bid)) for bid in prices),
        tuple(
            MarkWorth(bid, at.criterion, mark, to, None if money is None else abs(money))
            for (bid, at, mark, to), money in zip(steps, of_marks, strict=True)
        ),
        tuple(one for one in curves if one is not None),
    )


def _quality(scenario: Scenario, bid: str, leaves: Sequence[str]) -> float:
    """The points of a bid on all that is not the price."""
    result = scenario.evaluation.bid(bid)
    return float(sum(c.points for name in leaves if (c := result.criterion(name)) is not None))


def _steps(scenario: Scenario) -> list[MarkStep]:
    """One step up for every mark of a ranked bid, or down where it is at the top."""
    found: dict[tuple[str, str], MarkStep] = {}
    for step in mark_steps(scenario):
        bid, at, mark, to = step
        if bid in scenario.ranks and ((bid, at.criterion) not in found or to > mark):
            found[bid, at.criterion] = step
    return list(found.values())


def _curve(scenario: Scenario, bid: str, quality: Array, prices: Array) -> IsoUtility | None:
    most = float(sum(leaf.points for leaf in scenario.plan.leaves if leaf.id not in scenario.price_leaves))
    there = ~np.isnan(prices) & (quality <= most)
    return IsoUtility(bid, tuple(quality[there].tolist()), tuple(prices[there].tolist())) if there.sum() > 1 else None


def _level_prices(scenario: Scenario, trials: Sequence[_Trial]) -> Array:
    """The price nearest to its own at which the figure of each trial's bid is as it was, ``(trials,)``; NaN: none."""
    own = np.array([float(scenario.price_of(trial.bid) or 0) for trial in trials])
    target = np.array([float(scenario.evaluation.bid(trial.bid).figure or 0) for trial in trials])
    grid = np.geomspace(1 / REACH, REACH, 2 * (COARSE // 2) + 1)
    low, high, at_low, at_high = _bracket(scenario, trials, own[:, None] * grid, own, target)
    parts = np.linspace(0, 1, FINE + 1)
    for _ in range(ROUNDS):
        between = low[:, None] + (high - low)[:, None] * parts
        low, high, at_low, at_high = _bracket(scenario, trials, between, own, target)
    gap = at_low - at_high
    share = np.divide(at_low, gap, out=np.full(len(trials), 0.5), where=gap != 0)
    return np.asarray(low + (high - low) * share)


def _bracket(
    scenario: Scenario, trials: Sequence[_Trial], prices: Array, own: Array, target: Array
) -> tuple[Array, Array, Array, Array]:
    """Of prices ``(trials, tried)`` the two neighbours between which the figure comes back, the nearest to its own.

    With by how much the figure is ahead of what it was at each; NaN where it comes back nowhere.
    """
    ahead = _figures(scenario, trials, prices) - target[:, None]
    ahead = ahead if scenario.evaluation.best == "highest" else -ahead
    crosses = (ahead[:, :-1] >= 0) & (ahead[:, 1:] <= 0)
    away = np.where(crosses, np.abs(prices[:, :-1] + prices[:, 1:] - 2 * own[:, None]), np.inf)
    at = away.argmin(axis=1)
    rows = np.arange(len(trials))
    none = ~crosses[rows, at]
    found = (prices[rows, at], prices[rows, at + 1], ahead[rows, at], ahead[rows, at + 1])
    low, high, at_low, at_high = (np.where(none, np.nan, part) for part in found)
    return low, high, at_low, at_high


def _figures(scenario: Scenario, trials: Sequence[_Trial], prices: Array) -> Array:
    """The figure of each trial's bid at each of its prices, ``(trials, tried)``; NaN where it is not ranked."""
    tried = prices.shape[1]
    safe = np.where(np.isnan(prices), 1.0, prices)
    changed: dict[str, list[Array]] = {}
    parts = [scenario.columns_at_prices(trial.bid, row) for trial, row in zip(trials, safe, strict=True)]
    marked = {trial.step[1].column for trial in trials if trial.step is not None}
    for trial, part in zip(trials, parts, strict=True):
        for name in marked:
            part[name] = np.repeat(scenario.columns[name][:, None], tried, axis=1)
        if trial.step is not None:
            part[trial.step[1].column][scenario.rows[trial.bid]] = float(trial.step[3])
        for name, column in part.items():
            changed.setdefault(name, []).append(column)
    times = np.repeat([trial.times for trial in trials], tried)
    weights = {
        leaf.id: float(leaf.points) * (times if leaf.id not in scenario.price_leaves else np.ones(len(times)))
        for leaf in scenario.plan.leaves
    }
    together = {name: np.concatenate(columns, axis=1) for name, columns in changed.items()}
    figures = scenario.batch(together, weights=weights).figures
    rows = np.repeat([scenario.rows[trial.bid] for trial in trials], tried)
    found: Array = figures[rows, np.arange(len(rows))].reshape(prices.shape)
    return np.where(np.isnan(prices), np.nan, found)
