"""How a scheme can be played: the best responses to it, each with the bid that shows it.

The bids of the others stand; a further bid is made up and moved over its marks and its price. Searched in batch
over a grid, then confirmed in exact arithmetic. What the scheme itself holds against a strategy is told in a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from tender_eval.fairness.findings.notes import (
    FlagsStopNothing,
    NoLossLeader,
    NoMadeUpBidWins,
    Note,
    NotPlayed,
    ScoredAlone,
    Stopped,
    ZeroNotAdmitted,
    ZeroRefused,
)
from tender_eval.fairness.findings.ploys import Friend, GamingStrategy, LossLeader, LowestQuality, PointsLost, ZeroPrice
from tender_eval.fairness.reversal import least_admitted, present_with_dummy
from tender_eval.fairness.scenarios.draws import RankedDraws, rank_draws
from tender_eval.fairness.scenarios.dummies import (
    SHARES,
    DummySpec,
    admits_price,
    columns_with_dummies,
    dummies,
    dummy_bid,
)
from tender_eval.fairness.scenarios.scenario import Scenario, evaluation_if_possible
from tender_eval.model.evaluation import BidResult
from tender_eval.model.explanation.flags import AbnormallyLowPrice
from tender_eval.synthetic.few_digits import with_few_digits

ONE = Fraction(1)
PENNY = Fraction(1, 100)
FINE = 24  # prices tried between two of the grid
CONFIRMED = 3  # candidates held against exact arithmetic before a strategy is given up


class GamingResult(NamedTuple):
    """The strategies that work, and what stopped those that do not."""

    strategies: tuple[GamingStrategy, ...]
    notes: tuple[Note, ...]


def gaming(scenario: Scenario, loss_leader_below: Fraction = Fraction(1, 2)) -> GamingResult:
    """The ways found to play the scheme with these bids.

    Args:
        loss_leader_below: a loss leader is priced below this share of the mean price of the bids.
    """
    if not scenario.order:
        return GamingResult((), (NotPlayed(),))
    search = _Search.of(scenario)
    notes: list[Note] = []
    strategies = [
        *_lowest_quality(search, notes),
        *_zero_price(search, notes),
        *_loss_leader(search, loss_leader_below, notes),
        *_friends(scenario),
    ]
    if scenario.plan.scheme.abnormally_low and scenario.price_column:
        notes.append(FlagsStopNothing())
    return GamingResult(tuple(strategies), tuple(notes))


@dataclass(frozen=True, slots=True)
class _DummyOutcome:
    """A dummy with the exact result of its being added."""

    spec: DummySpec
    after: Scenario
    result: BidResult
    like: str  # the bid whose facts it takes over

    @property
    def wins(self) -> bool:
        return self.after.winner == (self.result.id,) or (
            self.result.id in self.after.winner and not self.after.evaluation.tied
        )

    def strategy(self, how: LowestQuality | ZeroPrice | LossLeader | Friend, helps: str) -> GamingStrategy:
        bid = self.after.bid(self.result.id)
        stated = {name: figure.value for name, figure in bid.figures.items()}
        stated |= {f"marks.{name}": mark.value for name, mark in bid.marks.items() if mark.value is not None}
        partners = self.like if bid.members else ""
        flagged = any(isinstance(flag, AbnormallyLowPrice) for flag in self.result.flags)
        return GamingStrategy(how, self.spec.finding(bid.id), helps, self.after.winner, flagged, stated, partners)


@dataclass(frozen=True, slots=True)
class _Search:
    """A made-up bid over shares of the marks and prices, all at once."""

    scenario: Scenario
    shares: tuple[Fraction, ...]
    prices: tuple[Fraction, ...]  # of the bids that are ranked; empty where none is read

    @classmethod
    def of(cls, scenario: Scenario) -> _Search:
        prices = sorted(p for bid in scenario.order if (p := scenario.price_of(bid)) is not None)
        known = scenario.price_column is not None and all(p >= 0 for p in prices) and any(prices)
        return cls(scenario, _shares(scenario), tuple(prices) if known else ())

    def grid(
        self, shares: Sequence[Fraction], prices: Sequence[Fraction | None]
    ) -> tuple[list[DummySpec], RankedDraws]:
        """All shares with all prices that the scheme admits."""
        choice = [DummySpec((), p, s) for s in shares for p in prices if admits_price(self.scenario, p)]
        columns = columns_with_dummies(self.scenario, choice) if choice else {}
        return choice, rank_draws(
            self.scenario.scheme, columns, present_with_dummy(self.scenario, len(choice)), self.scenario.bids
        )

    def winning(self, shares: Sequence[Fraction], prices: Sequence[Fraction | None]) -> list[DummySpec]:
        """Those that win alone by the batch: the smallest share first, and of these the highest price."""
        choice, draws = self.grid(shares, prices)
        found = [spec for spec, wins in zip(choice, draws.wins_outright[-1], strict=True) if wins]
        return sorted(found, key=lambda f: (f.share or 0, -(f.price or 0)))

    def outcome(self, spec: DummySpec) -> _DummyOutcome | None:
        """The exact outcome with a dummy added, or None where it cannot be evaluated."""
        bid = dummy_bid(self.scenario, spec)
        after = self.scenario.with_bid(bid)
        evaluation = evaluation_if_possible(after)
        result = evaluation.find(bid.id) if evaluation else None
        return _DummyOutcome(spec, after, result, spec.copies or self.scenario.order[0]) if result else None

    def first_that_wins(self, found: Sequence[DummySpec]) -> _DummyOutcome | None:
        """The first of a few that wins in exact arithmetic."""
        seen = (self.outcome(spec) for spec in found[:CONFIRMED])
        return next((outcome for outcome in seen if outcome is not None and outcome.wins), None)

    def coarse_prices(self) -> list[Fraction | None]:
        """Prices from a hundredth of the lowest to somewhat above the highest."""
        if not self.prices:
            return [None]
        low, high = self.prices[0], self.prices[-1]
        steps = [Fraction(n, 100) for n in (1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99)]
        return [
            *dict.fromkeys(
                [*(with_few_digits(low * s) for s in steps), *self.prices, with_few_digits(high * Fraction(11, 10))]
            )
        ]


def _shares(scenario: Scenario) -> tuple[Fraction, ...]:
    """Shares of the marks to try: of those with which a bid states the same on every scale, the smallest."""
    scales = {step.score for scale in scenario.plan.scheme.scales for step in scale.steps}
    shares = sorted({*scales, *(Fraction(n, 20) for n in range(21))})
    stated = np.array(
        [column[-1] for column in columns_with_dummies(scenario, [DummySpec((), None, s) for s in shares]).values()]
    )
    differs = (stated[:, 1:] != stated[:, :-1]).any(axis=0)
    return (shares[0], *(share for share, new in zip(shares[1:], differs, strict=True) if new))


def _lowest_quality(search: _Search, notes: list[Note]) -> Iterator[GamingStrategy]:
    coarse = search.coarse_prices()
    best = search.first_that_wins(search.winning(search.shares, coarse))
    if best is None:
        notes.append(NoMadeUpBidWins())
        return
    share, price = best.spec.share or Fraction(0), best.spec.price
    if price is not None:
        above = min((p for p in coarse if p is not None and p > price), default=price * 2)
        fine = [with_few_digits(price + (above - price) * n / FINE, 4) for n in range(FINE)]
        best = search.first_that_wins(search.winning([share], fine)) or best
    yield best.strategy(LowestQuality(_share_of_lowest_price(search, best)), best.result.id)
    notes.extend(_stopped(search, share, price))


def _share_of_lowest_price(search: _Search, best: _DummyOutcome) -> Fraction | None:
    """How the price compares with the lowest of the bids."""
    price = best.spec.price
    return price / search.prices[0] if price is not None and search.prices and search.prices[0] else None


def _stopped(search: _Search, share: Fraction, price: Fraction | None) -> Iterator[Stopped]:
    """What keeps a bid with fewer marks from winning at any price."""
    fewer = [s for s in search.shares if s < share]
    if not fewer:
        return
    cheapest = None if price is None else min((p for p in search.coarse_prices() if p is not None), default=None)
    outcome = search.outcome(DummySpec((), cheapest, fewer[-1]))
    if outcome is not None and outcome.result.reasons:
        yield Stopped(fewer[-1], outcome.result)


def _zero_price(search: _Search, notes: list[Note]) -> Iterator[GamingStrategy]:
    scenario = search.scenario
    if not search.prices:
        return
    price = next((p for p in (Fraction(0), PENNY) if admits_price(scenario, p)), None)
    share = next(iter(least_admitted(scenario)), ONE)
    outcome = search.outcome(DummySpec((), price, share)) if price is not None else None
    if outcome is None or price is None:
        notes.append(ZeroNotAdmitted(PENNY))
        return
    if price:
        notes.append(ZeroRefused(price))
    how = ZeroPrice(_place_reached(outcome), outcome.result, tuple(_points_lost(scenario, outcome.after)))
    new = [bid for bid in outcome.after.winner if bid not in scenario.winner]
    helps = outcome.result.id if outcome.result.id in new else new[0] if new else ""
    yield outcome.strategy(how, helps)
    for leaf in scenario.plan.leaves:
        if leaf.id in scenario.price_leaves and leaf.independent:
            notes.append(ScoredAlone(leaf.id))


def _place_reached(outcome: _DummyOutcome) -> Literal["wins", "ties", "ranked", "rejected"]:
    if outcome.wins:
        return "wins"
    if outcome.result.id in outcome.after.winner:
        return "ties"
    return "ranked" if outcome.result.rank else "rejected"


def _points_lost(before: Scenario, after: Scenario) -> Iterator[PointsLost]:
    """What one of the others loses, or gains, for its price at each criterion: the one for which it is most."""
    for leaf in (leaf for leaf in before.plan.leaves if leaf.id in before.price_leaves):
        falls = {}
        for bid in before.order:
            was, now = _points(before, bid, leaf.id), _points(after, bid, leaf.id)
            if was is not None and now is not None and was != now:
                falls[bid] = (was, now)
        if falls:
            bid, (was, now) = max(falls.items(), key=lambda item: abs(item[1][0] - item[1][1]))
            yield PointsLost(bid, leaf.id, was, now, leaf.points)


def _points(scenario: Scenario, bid: str, criterion: str) -> Fraction | None:
    result = scenario.evaluation.find(bid)
    found = result.criterion(criterion) if result else None
    return found.points if found else None


def _loss_leader(search: _Search, below: Fraction, notes: list[Note]) -> Iterator[GamingStrategy]:
    if not search.prices:
        return
    mean = sum(search.prices, Fraction(0)) / len(search.prices)
    price = with_few_digits(mean * below * Fraction(98, 100))
    leader = search.first_that_wins(search.winning(search.shares, [price]))
    if leader is None:
        notes.append(NoLossLeader(price, below, mean))
        return
    usual = search.first_that_wins(search.winning(search.shares, [with_few_digits(mean)]))
    how = LossLeader(below, mean, with_few_digits(mean), usual.spec.share if usual else None)
    yield leader.strategy(how, leader.result.id)


def _friends(scenario: Scenario) -> Iterator[GamingStrategy]:
    """For each bid that does not win, the least odd dummy that makes it win."""
    choice = dummies(scenario, (*least_admitted(scenario), *SHARES))
    if not choice:
        return
    wins = rank_draws(
        scenario.scheme,
        columns_with_dummies(scenario, choice),
        present_with_dummy(scenario, len(choice)),
        scenario.bids,
    ).wins_outright
    for friend in (bid for bid in scenario.order if bid not in scenario.winner or scenario.evaluation.tied):
        search = _Search(scenario, (), ())
        for n in np.flatnonzero(wins[scenario.rows[friend]])[:CONFIRMED]:
            outcome = search.outcome(choice[n])
            if outcome is not None and friend in outcome.after.winner and outcome.result.id not in outcome.after.winner:
                if outcome.after.evaluation.tied:
                    continue
                yield outcome.strategy(Friend(scenario.winner), friend)
                break
