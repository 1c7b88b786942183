"""The state of play for lots of one kind: what bids score, what is believed of rivals, and the prices that follow.

A bid's score is the figure that the award rule gives it, beside reference bids at the prices that rivals are expected
to ask; the chance that no rival bid is above a score is read off the entrants' scores.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from tender_eval.model.numeric import Array, Mask
from tender_eval.simulation.bidding.beliefs import Beliefs, beliefs_from_scores
from tender_eval.simulation.bidding.limits import share_kept
from tender_eval.simulation.bidding.lot_kind import LotKind, Reference
from tender_eval.simulation.bidding.pricing import Grid, Policy, best_response, by_envelope
from tender_eval.simulation.bidding.score_table import SameMarks, ScoreTable
from tender_eval.simulation.tendering.effort import Effort

DAMPING = 0.5
GAIN_TOLERANCE = 0.002
REFERENCE_TOLERANCE = 0.002
REFERENCE_SAMPLE = 256  # tenders
REFINED, NARROWED = 6, 9  # times that the search for a ceiling of the scheme is narrowed, and its points


class Game(NamedTuple):
    """What is played: a sample of tenders.

    Attributes:
        candidate: who may bid where, ``(providers, lots, tenders)``.
        cost, quality: of each, same shape.
        row: row of the policy for each, same shape: kinds and facts that make a difference.
        kinds: kind of provider of each row, ``(rows,)``.
        groups: group of the scores of each row, ``(rows,)``.
        counts: providers of each kind.
        lots: the kinds of lots.
        enter: from expected gains as shares of the lot's value, ``-inf`` where there is no bid, to who bids where;
            both ``(providers, lots, tenders)``.
        relative: whether the scheme compares bids with each other.
        lowest: below which no price is considered, as a share of the lot's value.
        given: whether the price is given, at the ceiling, and bidders compete in all else.
        places: bids that are awarded each lot.
        others: how many other lots each could win, ``(providers, tenders)``.
        most_others: how many it may win.
        most: how many lots each may be awarded, ``(providers, tenders)``; None for no limit.
        effort: what effort adds to quality and costs; None where nobody makes any.
        saved: what each saves on a lot for every other lot that it wins, as a share of the lot's value.
    """

    candidate: Mask
    cost: Array
    quality: Array
    row: Array
    kinds: Array
    groups: Array
    counts: Array
    lots: tuple[LotKind, ...]
    enter: Callable[[Array], Mask]
    relative: bool
    lowest: float = 0.01
    prices: int = 49
    costs: int = 41
    given: bool = False
    places: int = 1
    others: Array | None = None
    most_others: float = 0.0
    saved: float = 0.0
    most: Array | None = None
    effort: Effort | None = None


class LotKindState:
    """The state of play for lots of one kind."""

    def __init__(self, game: Game, kind: LotKind, rng: Generator) -> None:
        self.game, self.kind = game, kind
        where = np.zeros(game.candidate.shape, dtype=np.bool_)
        where[:, kind.lots] = game.candidate[:, kind.lots]
        self.at = np.flatnonzero(where)
        self.alone = game.cost.ravel()[self.at]  # cost of one that wins no other lot
        self.cost = self.alone
        tenders = game.candidate.shape[2]
        provider, tender = self.at // (game.candidate.shape[1] * tenders), self.at % tenders
        self.holder = provider * tenders + tender  # who bids in which tender
        self.row = game.row.ravel()[self.at]
        self.kind_of = game.kinds[self.row]
        self.others = np.zeros(self.at.size) if game.others is None else game.others[provider, tender]
        self.most = None if game.most is None else game.most[provider, tender]
        self.kept = np.ones(self.at.size)  # share of the lots won that it may keep
        self.kept_by_kind = np.ones(len(game.counts))
        self.level = np.zeros(self.at.size)  # of effort
        self.deserved = game.quality.ravel()[self.at]  # quality without an effort
        self.quality = self.deserved
        self.tendered = len(kind.lots) * game.candidate.shape[2]
        cheapest = self.alone - game.saved * np.minimum(self.others, game.most_others)
        low = max(float(cheapest.min()), 0.0) if self.at.size else 0.0
        top = self._ceiling()
        self.price_grid = Grid(max(min(low, top - 0.01), game.lowest), top, game.prices)
        self.cost_grid = Grid(min(low, top - 0.01), top, game.costs)
        self.luck = rng.random(self.at.size)
        self.reference: Reference | None = None
        self.scores = ScoreTable(np.zeros((1, game.prices)), self.price_grid)
        self.same = [SameMarks.of(marked) for marked in kind.scores.marked]
        self.moved = np.inf
        self.bid = np.ones(self.at.size, dtype=np.bool_)
        self.bids = np.arange(self.at.size)  # where it holds
        shape = (len(game.kinds), kind.quality.number, game.costs)
        first = np.full(game.costs, top) if game.given else self.cost_grid.points * 2 / 3 + top / 3
        start = np.broadcast_to(first, shape)
        self.policy = Policy(start, np.zeros(shape), kind.quality, self.cost_grid, top)
        self._place_quality()
        self.made = self.cells  # the bids that are made
        self.early = tender < REFERENCE_SAMPLE
        of_lot = min(tenders, REFERENCE_SAMPLE)
        self.columns = game.candidate.shape[1] * of_lot  # a lot of an early tender each
        lot = self.at // tenders % game.candidate.shape[1]
        self.early_at = np.where(self.early, (provider * self.columns) + lot * of_lot + tender, 0)

    def _ceiling(self) -> float:
        """The highest price that the scheme does not reject, such as a published budget; 1 where it rejects none."""
        low, high = self.game.lowest, 1.0
        reference = Reference((0.8, 0.9, 1.0), float(self.kind.quality.points.mean()), 0)
        for _ in range(REFINED):
            prices = np.linspace(low, high, NARROWED)
            admitted = np.flatnonzero((self.kind.scores.of(prices, reference) > -np.inf).any(axis=0))
            if not admitted.size or admitted[-1] == len(prices) - 1:
                return high
            low, high = float(prices[admitted[-1]]), float(prices[admitted[-1] + 1])
        return low

    def _place_quality(self) -> None:
        """Place the bids in the tables, and see which marks each gets under its outcome of marking."""
        _, qualities, outcomes = self.kind.scores.marked.shape
        at, self.part = self.kind.quality.place(self.quality)
        self.state = self.row * qualities + at
        self.cells = self.policy.priced(self.state, self.part, self.cost)
        outcome = (self.luck * outcomes).astype(np.intp)
        entry = (self.game.groups[self.row] * qualities + at) * outcomes + outcome
        marked = self.kind.scores.marked.ravel()
        self.marks = marked.take(entry)
        self.marks_above = marked.take(entry + outcomes) if qualities > 1 else None

    def decide(self, wanted: Mask, share: float, rng: Generator) -> None:
        """Let a share of those who would change their mind on entry do so; ``wanted`` is flat, of all that could bid
        anywhere."""
        change = wanted.take(self.at) != self.bid
        self.bid ^= change & (rng.random(len(change)) < share)
        self.bids = np.flatnonzero(self.bid)

    def reckon(self, chance: Array) -> None:
        """Reckon with what other lots save that are won, each with such a chance, ``(cells,)``."""
        saving = self.game.saved * np.minimum(self.others * chance, self.game.most_others)
        self.cost = np.maximum(self.alone - saving, 0.0)
        self.cells = self.policy.priced(self.state, self.part, self.cost)

    def limited(self, chance: Array) -> None:
        """Reckon with the limit on awards, where each bid wins with such a chance, ``(cells,)``."""
        if self.most is None:
            return
        self.kept = share_kept(self.others + 1, chance, self.most)
        kinds, number = self.kind_of.take(self.bids), len(self.game.counts)
        wins = self.policy.chances(self.cells.of(self.bids))
        whole, kept = (np.bincount(kinds, part, number) for part in (wins, wins * self.kept.take(self.bids)))
        found = np.divide(kept, whole, out=np.ones(number), where=whole > 0)
        self.kept_by_kind = self.kept_by_kind + DAMPING * (found - self.kept_by_kind)

    def strive(self, rng: Generator) -> None:
        """Let half of those who would make another effort do so."""
        effort = self.game.effort
        if effort is None:
            return

        def gains(quality: Array, cost: Array) -> Array:
            return self.policy.surpluses(self.policy.place(self.row, quality, cost))

        wanted = effort.best(gains, self.deserved, self.cost)
        change = rng.random(wanted.size) < DAMPING
        self.level = np.where(change, wanted, self.level)
        self.quality, self.cost = effort.made(self.level, self.deserved, self.cost)
        self._place_quality()

    def won(self) -> tuple[Array, Array]:
        """Bids, and how many of them are expected to win, by kind of provider; ``(kinds,)`` each."""
        chance = self.policy.chances(self.made)
        kinds = self.kind_of.take(self.bids)
        number = len(self.game.counts)
        return np.bincount(kinds, minlength=number), np.bincount(kinds, chance, number)

    def respond(self, step: float) -> None:
        """Move the prices a step towards those that go with the probabilities of winning."""
        self.made = made = self.cells.of(self.bids)
        prices = self.policy.prices(made)
        self.refer(prices)
        wins = self.wins(self.beliefs(prices), self.policy.price)
        self.policy = self.policy._replace(chance=wins)
        if self.game.given:
            gain = np.maximum(self.policy.ceiling - self.cost_grid.points, 0.0) * wins
            self.policy, self.moved = self.policy._replace(surplus=gain), 0.0
            return
        price, gain = by_envelope(wins, self.cost_grid, self.policy.ceiling)
        self.policy = self.policy._replace(price=self.policy.price + step * (price - self.policy.price), surplus=gain)
        change = np.abs(self.policy.prices(made) - prices)
        self.moved = float(change.mean()) if change.size else 0.0

    def residual(self, leap: bool) -> float:
        """What the simulated bids could gain on average by other prices; ``leap``: go to them where it is much."""
        if self.game.given:
            return 0.0
        made = self.cells.of(self.bids)
        beliefs = self.beliefs(self.policy.prices(made))
        price, most = self.best(beliefs)
        played = (self.policy.price - self.cost_grid.points) * self.wins(beliefs, self.policy.price)
        gap = np.maximum(most - played, 0.0)
        if leap:
            self.policy = self.policy._replace(price=np.where(gap > GAIN_TOLERANCE, price, self.policy.price))
        forgone = gap.take(made.entry)
        return float(forgone.mean()) if forgone.size else 0.0

    def refer(self, prices: Array) -> None:
        """Expect reference bids as they are now, and score every bid beside them."""
        if self.reference is not None and not self.game.relative:
            return
        found, before = self._reference(prices), self.reference
        if before is not None:
            if np.abs(np.subtract(found.prices, before.prices)).max() < REFERENCE_TOLERANCE:
                return
            low, mean, high = (np.add(found.prices, before.prices) / 2).tolist()
            found = Reference((low, mean, high), (found.quality + before.quality) / 2, before.row)
        self.reference = found
        self.scores = ScoreTable(self.kind.scores.of(self.price_grid.points, found), self.price_grid)

    def _reference(self, prices: Array) -> Reference:
        early = np.flatnonzero(self.early.take(self.bids))
        if not early.size:
            return Reference((1.0, 1.0, 1.0), float(self.kind.quality.points.mean()), 0)
        at, asked = self.early_at.take(self.bids.take(early)), prices.take(early)
        laid = np.full((len(self.game.candidate), self.columns), np.inf)
        laid.ravel()[at] = asked
        least = laid.min(axis=0)
        there = least < np.inf
        laid.ravel()[at] = -asked
        lowest, highest = float(least[there].mean()), float(-laid.min(axis=0)[there].mean())
        row = int(np.bincount(self.row.take(self.bids)).argmax())
        return Reference((lowest, float(prices.mean()), highest), float(self.quality.take(self.bids).mean()), row)

    def beliefs(self, prices: Array) -> Beliefs:
        """What the play comes to, as the number of rivals above each score, from the prices of the bids made."""
        above = None if self.marks_above is None else self.marks_above.take(self.bids)
        scores = self.scores.of_bids(self.marks.take(self.bids), above, self.part.take(self.bids), prices)
        kinds, game = self.kind_of.take(self.bids), self.game
        ends = np.cumsum(np.bincount(kinds, minlength=len(game.counts)))[:-1]
        pools = np.split(scores.take(np.argsort(kinds, kind="stable")), ends)
        kept = None if self.most is None else self.kept_by_kind
        return beliefs_from_scores(pools, game.counts, self.tendered, game.places, kept)

    def wins(self, beliefs: Beliefs, price: Array) -> Array:
        """The probability of winning at these prices, ``(rows, qualities, costs)``: over the outcomes of marking."""
        found = np.empty(price.shape)
        at, part = self.price_grid.place(price)
        for n, (kind, group) in enumerate(zip(self.game.kinds, self.game.groups, strict=True)):
            same = self.same[group]
            those, scores = self.scores.of_states(same, at[n], part[n])
            won = np.zeros((len(same.marks), price.shape[2]))
            won[those] = beliefs.win(int(kind), scores)
            found[n] = same.mean(won)
        return found

    def chances(self, beliefs: Beliefs) -> Array:
        """The probability of winning at every price of the grid, ``(rows, qualities, prices)``."""
        marked = self.kind.scores.marked
        rows = [
            beliefs.win(int(kind), self.scores.values).take(marked[group], axis=0).mean(axis=1)
            for kind, group in zip(self.game.kinds, self.game.groups, strict=True)
        ]
        return np.array(rows)

    def best(self, beliefs: Beliefs) -> tuple[Array, Array]:
        """The best price at every point of the tables, and its gain, ``(rows, qualities, costs)``."""
        found = [best_response(win, self.price_grid, self.cost_grid) for win in self.chances(beliefs)]
        return np.array([price for price, _ in found]), np.array([gain for _, gain in found])
