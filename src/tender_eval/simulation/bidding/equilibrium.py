"""Bidding in equilibrium: each enters and prices best against what the others do.

Win probabilities come from the scheme that is simulated: a bid's score is the figure that the award rule gives it,
beside reference bids at the prices that rivals are expected to ask, and the chance that no rival bid is
above a score is read off the entrants' scores. Prices follow from the probabilities of winning (`pricing.by_envelope`),
and all of it is repeated until it stands still, moving prices most of the way a round and letting half of those who
would change their mind on entry do so, or fewer where entry swings to and fro; all at once would cycle. How good
the prices are is then measured by the best response on a grid of prices. Asymmetric first-price differential
equations are not used: backward shooting is unstable (Fibich and Gavish, Games and Economic Behavior 73, 2011).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from tender_eval.model.numeric import Array
from tender_eval.simulation.bidding.lot_state import DAMPING, GAIN_TOLERANCE, Game, LotKindState
from tender_eval.simulation.bidding.pricing import Policy

MOST_ROUNDS = 60
MOST_JUMPS = 4
PRICE_STEP = 0.7  # of the way to the prices that go with the chances; all of it would go round in circles
SLOWER, FASTER, SLOWEST = 0.7, 1.25, 0.03
"""Where entry swings to and fro, fewer change their mind in each round, and where it goes one way more do again, up to
half; who swings in threes is still slowed down. After Riedmiller and Braun, RPROP, IEEE Conference on Neural Networks,
1993."""
PRICE_TOLERANCE = 0.0005
BIDS_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """How well the solution holds.

    Attributes:
        residual: what the simulated bids could gain on average by other prices, as a share of their lots' value.
        converged: whether they settled: prices, bids and what could be gained are within the tolerances.
        iterations: rounds taken.
        moved: mean change of the prices of these bids in the last round, likewise.
        bids_per_lot: in the last round.
    """

    residual: float
    converged: bool
    iterations: int
    price_change: float
    bids_per_lot: float


def solve(game: Game, rng: Generator) -> tuple[tuple[Policy, ...], Equilibrium, Array]:
    """The policies by kind of lot, how well they hold, and how often the bids of each kind of provider win.

    Args:
        rng: decides who changes their mind on entry in which round, and the marking of the sampled bids.
    """
    kinds = [LotKindState(game, kind, rng) for kind in game.lots]
    tendered = sum(k.tendered for k in kinds)
    count = sum(k.bids.size for k in kinds) / tendered
    state = Equilibrium(np.inf, False, 0, np.inf, count)
    leaps, share, before = 0, 1.0, 0.0
    win_rates = np.zeros(len(game.counts))
    for turn in range(1, MOST_ROUNDS + 1):
        _reckon(game, kinds, win_rates)
        for k in kinds:
            k.strive(rng)
        for k in kinds:
            k.respond(1.0 if turn == 1 else PRICE_STEP)
        win_rates = win_rates + DAMPING * (_win_rates(kinds) - win_rates)
        wanting = _enter(game, kinds, share, rng) / tendered
        change = wanting - count
        share = DAMPING if turn == 1 else _next_share(share, change * before < 0)
        before, count = change, sum(k.bids.size for k in kinds) / tendered
        moved = max(k.moved for k in kinds)
        quiet = moved <= PRICE_TOLERANCE and abs(change) <= BIDS_TOLERANCE
        if quiet or turn == MOST_ROUNDS:
            residual = max(k.residual(False) for k in kinds)
            settled = quiet and residual <= GAIN_TOLERANCE
            state = Equilibrium(residual, settled, turn, moved, count)
            if settled or leaps == MOST_JUMPS:
                break
            # Prices at rest that are not best: a formula with jumps, such as bands. Leap, and let it settle anew.
            leaps += 1
            for k in kinds:
                k.residual(True)
    return tuple(k.policy for k in kinds), state, win_rates


def _next_share(share: float, swung: bool) -> float:
    """The share of those who would change their mind that does so in the next round."""
    return max(share * SLOWER, SLOWEST) if swung else min(share * FASTER, DAMPING)


def _reckon(game: Game, kinds: Sequence[LotKindState], win_rates: Array) -> None:
    """What each expects that other lots save: first as often as its kind wins, then as its own costs let it win them;
    and how many of the lots that it would win it may keep.

    `expected` of the simulated tenders does the same.
    """
    if not (game.saved or game.effort or game.most is not None):
        return
    for k in kinds:
        k.reckon(win_rates.take(k.kind_of))
    own = [(k.holder, k.policy.chances(k.cells)) for k in kinds]
    mean = mean_chances(own, len(game.candidate) * game.candidate.shape[2])
    for k in kinds:
        k.reckon(mean.take(k.holder))
        k.limited(mean.take(k.holder))


def mean_chances(found: Sequence[tuple[Array, Array]], holders: int) -> Array:
    """The mean chance of the bids that each provider could make in each tender, ``(holders,)``, from holder and chance
    of the bids for each kind of lot."""
    number, total = np.zeros(holders), np.zeros(holders)
    for holder, chance in found:
        number += np.bincount(holder, minlength=holders)
        total += np.bincount(holder, chance, holders)
    return np.asarray(np.divide(total, number, out=np.zeros(holders), where=number > 0))


def _win_rates(kinds: Sequence[LotKindState]) -> Array:
    """Of the bids of each kind of provider, the share that is expected to win, ``(kinds,)``."""
    bids, wins = (np.sum(part, axis=0) for part in zip(*(k.won() for k in kinds), strict=True))
    return np.asarray(np.divide(wins, bids, out=np.zeros(len(bids)), where=bids > 0))


def _enter(game: Game, kinds: Sequence[LotKindState], share: float, rng: Generator) -> int:
    """Let a share of those who would change their mind on entry do so; how many bids all of them would make."""
    value = np.full(game.candidate.shape, -np.inf)
    for k in kinds:
        value.ravel()[k.at] = k.policy.surpluses(k.cells) * k.kept
    wanted = game.enter(value).ravel()
    for k in kinds:
        k.decide(wanted, share, rng)
    return int(wanted.sum())
