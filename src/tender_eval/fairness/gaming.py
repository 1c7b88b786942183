"""How a scheme can be played: the best responses to it, each with the bid that shows it.

The bids of the others stand; a further bid is made up and moved over its marks and its price. Searched in batch
over a grid, then confirmed in exact arithmetic. What the scheme itself holds against a ploy is told in a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from tender_eval.fairness.findings.analyses import Friend, LossLeader, Lost, LowestQuality, Ploy, ZeroPrice
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
from tender_eval.fairness.reversal import least_admitted, with_one_more
from tender_eval.fairness.scenarios.draws import Draws, ranked
from tender_eval.fairness.scenarios.dummies import SHARES, Figured, added, admits, dummies, dummy_bid
from tender_eval.fairness.scenarios.scenario import Trial, tried
from tender_eval.model.evaluation import BidResult
from tender_eval.model.reasons import AbnormallyLowPrice
from tender_eval.synthetic.digits import plain

ONE = Fraction(1)
PENNY = Fraction(1, 100)
FINE = 24  # prices tried between two of the grid
CONFIRMED = 3  # candidates held against exact arithmetic before a ploy is given up


class Ploys(NamedTuple):
    """The ploys that work, and what stopped those that do not."""

    ploys: tuple[Ploy, ...]
    notes: tuple[Note, ...]


def gaming(trial: Trial, loss_leader_below: Fraction = Fraction(1, 2)) -> Ploys:
    """The ways found to play the scheme with these bids.

    Args:
        loss_leader_below: a loss leader is priced below this share of the mean price of the bids.
    """
    if not trial.order:
        return Ploys((), (NotPlayed(),))
    search = _Search.of(trial)
    notes: list[Note] = []
    ploys = [
        *_lowest_quality(search, notes),
        *_zero_price(search, notes),
        *_loss_leader(search, loss_leader_below, notes),
        *_friends(trial),
    ]
    if trial.plan.scheme.abnormally_low and trial.price_column:
        notes.append(FlagsStopNothing())
    return Ploys(tuple(ploys), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A dummy with the exact result of its being added."""

    figured: Figured
    after: Trial
    result: BidResult
    like: str  # the bid whose facts it takes over

    @property
    def wins(self) -> bool:
        return self.after.winner == (self.result.id,) or (
            self.result.id in self.after.winner and not self.after.evaluation.tied
        )

    def ploy(self, how: LowestQuality | ZeroPrice | LossLeader | Friend, helps: str) -> Ploy:
        bid = self.after.bid(self.result.id)
        stated = {name: figure.value for name, figure in bid.figures.items()}
        stated |= {f"marks.{name}": mark.agreed.value for name, mark in bid.marks.items()}
        partners = self.like if bid.members else ""
        flagged = any(isinstance(flag, AbnormallyLowPrice) for flag in self.result.flags)
        return Ploy(how, self.figured.record(bid.id), helps, self.after.winner, flagged, stated, partners)


@dataclass(frozen=True, slots=True)
class _Search:
    """A made-up bid over shares of the marks and prices, all at once."""

    trial: Trial
    shares: tuple[Fraction, ...]
    prices: tuple[Fraction, ...]  # of the bids that are ranked; empty where none is read

    @classmethod
    def of(cls, trial: Trial) -> _Search:
        prices = sorted(p for bid in trial.order if (p := trial.price_of(bid)) is not None)
        known = trial.price_column is not None and all(p >= 0 for p in prices) and any(prices)
        return cls(trial, _shares(trial), tuple(prices) if known else ())

    def grid(self, shares: Sequence[Fraction], prices: Sequence[Fraction | None]) -> tuple[list[Figured], Draws]:
        """All shares with all prices that the scheme admits."""
        choice = [Figured((), p, s) for s in shares for p in prices if admits(self.trial, p)]
        columns = added(self.trial, choice) if choice else {}
        return choice, ranked(self.trial.scheme, columns, with_one_more(self.trial, len(choice)))

    def winning(self, shares: Sequence[Fraction], prices: Sequence[Fraction | None]) -> list[Figured]:
        """Those that win alone by the batch: the smallest share first, and of these the highest price."""
        choice, draws = self.grid(shares, prices)
        found = [figured for figured, wins in zip(choice, draws.alone[-1], strict=True) if wins]
        return sorted(found, key=lambda f: (f.share or 0, -(f.price or 0)))

    def shown(self, figured: Figured) -> _Shown | None:
        """The exact outcome with a dummy added, or None where it cannot be evaluated."""
        bid = dummy_bid(self.trial, figured)
        after = self.trial.with_bid(bid)
        evaluation = tried(after)
        result = evaluation.bid(bid.id) if evaluation else None
        return _Shown(figured, after, result, figured.copies or self.trial.order[0]) if result else None

    def first(self, found: Sequence[Figured]) -> _Shown | None:
        """The first of a few that wins in exact arithmetic."""
        seen = (self.shown(figured) for figured in found[:CONFIRMED])
        return next((shown for shown in seen if shown is not None and shown.wins), None)

    def coarse(self) -> list[Fraction | None]:
        """Prices from a hundredth of the lowest to somewhat above the highest."""
        if not self.prices:
            return [None]
        low, high = self.prices[0], self.prices[-1]
        steps = [Fraction(n, 100) for n in (1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99)]
        return [*dict.fromkeys([*(plain(low * s) for s in steps), *self.prices, plain(high * Fraction(11, 10))])]


def _shares(trial: Trial) -> tuple[Fraction, ...]:
    """Shares of the marks to try: of those with which a bid states the same on every scale, the smallest."""
    scales = {step.score for scale in trial.plan.scheme.scales for step in scale.steps}
    shares = sorted({*scales, *(Fraction(n, 20) for n in range(21))})
    stated = np.array([column[-1] for column in added(trial, [Figured((), None, s) for s in shares]).values()])
    differs = (stated[:, 1:] != stated[:, :-1]).any(axis=0)
    return (shares[0], *(share for share, new in zip(shares[1:], differs, strict=True) if new))


def _lowest_quality(search: _Search, notes: list[Note]) -> Iterator[Ploy]:
    coarse = search.coarse()
    best = search.first(search.winning(search.shares, coarse))
    if best is None:
        notes.append(NoMadeUpBidWins())
        return
    share, price = best.figured.share or Fraction(0), best.figured.price
    if price is not None:
        above = min((p for p in coarse if p is not None and p > price), default=price * 2)
        fine = [plain(price + (above - price) * n / FINE, 4) for n in range(FINE)]
        best = search.first(search.winning([share], fine)) or best
    yield best.ploy(LowestQuality(_of_lowest(search, best)), best.result.id)
    notes.extend(_stopped(search, share, price))


def _of_lowest(search: _Search, best: _Shown) -> Fraction | None:
    """How the price compares with the lowest of the bids."""
    price = best.figured.price
    return price / search.prices[0] if price is not None and search.prices and search.prices[0] else None


def _stopped(search: _Search, share: Fraction, price: Fraction | None) -> Iterator[Stopped]:
    """What keeps a bid with fewer marks from winning at any price."""
    fewer = [s for s in search.shares if s < share]
    if not fewer:
        return
    cheapest = None if price is None else min((p for p in search.coarse() if p is not None), default=None)
    shown = search.shown(Figured((), cheapest, fewer[-1]))
    if shown is not None and shown.result.reasons:
        yield Stopped(fewer[-1], shown.result)


def _zero_price(search: _Search, notes: list[Note]) -> Iterator[Ploy]:
    trial = search.trial
    if not search.prices:
        return
    price = next((p for p in (Fraction(0), PENNY) if admits(trial, p)), None)
    share = next(iter(least_admitted(trial)), ONE)
    shown = search.shown(Figured((), price, share)) if price is not None else None
    if shown is None or price is None:
        notes.append(ZeroNotAdmitted(PENNY))
        return
    if price:
        notes.append(ZeroRefused(price))
    how = ZeroPrice(_outcome(shown), shown.result, tuple(_lost(trial, shown.after)))
    new = [bid for bid in shown.after.winner if bid not in trial.winner]
    helps = shown.result.id if shown.result.id in new else new[0] if new else ""
    yield shown.ploy(how, helps)
    for leaf in trial.plan.leaves:
        if leaf.id in trial.price_leaves and leaf.independent:
            notes.append(ScoredAlone(leaf.id))


def _outcome(shown: _Shown) -> Literal["wins", "ties", "ranked", "rejected"]:
    if shown.wins:
        return "wins"
    if shown.result.id in shown.after.winner:
        return "ties"
    return "ranked" if shown.result.rank else "rejected"


def _lost(before: Trial, after: Trial) -> Iterator[Lost]:
    """What one of the others loses, or gains, for its price at each criterion: the one for which it is most."""
    for leaf in (leaf for leaf in before.plan.leaves if leaf.id in before.price_leaves):
        falls = {}
        for bid in before.order:
            was, now = _points(before, bid, leaf.id), _points(after, bid, leaf.id)
            if was is not None and now is not None and was != now:
                falls[bid] = (was, now)
        if falls:
            bid, (was, now) = max(falls.items(), key=lambda item: abs(item[1][0] - item[1][1]))
            yield Lost(bid, leaf.id, was, now, leaf.points)


def _points(trial: Trial, bid: str, criterion: str) -> Fraction | None:
    result = trial.evaluation.bid(bid)
    found = result.criterion(criterion) if result else None
    return found.points if found else None


def _loss_leader(search: _Search, below: Fraction, notes: list[Note]) -> Iterator[Ploy]:
    if not search.prices:
        return
    mean = sum(search.prices, Fraction(0)) / len(search.prices)
    price = plain(mean * below * Fraction(98, 100))
    leader = search.first(search.winning(search.shares, [price]))
    if leader is None:
        notes.append(NoLossLeader(price, below, mean))
        return
    usual = search.first(search.winning(search.shares, [plain(mean)]))
    how = LossLeader(below, mean, plain(mean), usual.figured.share if usual else None)
    yield leader.ploy(how, leader.result.id)


def _friends(trial: Trial) -> Iterator[Ploy]:
    """For each bid that does not win, the least odd dummy that makes it win."""
    choice = dummies(trial, (*least_admitted(trial), *SHARES))
    if not choice:
        return
    wins = ranked(trial.scheme, added(trial, choice), with_one_more(trial, len(choice))).alone
    for friend in (bid for bid in trial.order if bid not in trial.winner or trial.evaluation.tied):
        search = _Search(trial, (), ())
        for n in np.flatnonzero(wins[trial.rows[friend]])[:CONFIRMED]:
            shown = search.shown(choice[n])
            if shown is not None and friend in shown.after.winner and shown.result.id not in shown.after.winner:
                if shown.after.evaluation.tied:
                    continue
                yield shown.ploy(Friend(trial.winner), friend)
                break
