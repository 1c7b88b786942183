"""Step 8b: the lots awarded by the mechanism under the limits."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from tender_eval.lots.batch import award_draws
from tender_eval.lots.draws import part_of
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.catalogue import Registered
from tender_eval.plugins.mechanism import Contest, Mechanism
from tender_eval.simulation.tendering.lot_limits import LotLimits, quotas_of
from tender_eval.simulation.tendering.scoring import PackedBids, Scored

NOBODY = -1
NO_LIMITS = LotLimits()


def settle_ties(ranks: Array, present: Mask, luck: Array) -> Array:
    """Ranks in which bids that share one are put in the order of ``luck``, as by lot; lower luck comes first.

    A real authority would have to decide; drawing lots favours nobody.

    Args:
        ranks: competition ranks ``(bids, columns)``, 0 where a bid is not ranked.
        present: who is ranked.
        luck: ``(bids, columns)``.
    """
    number = present.sum(axis=0)
    tied = np.flatnonzero(ranks.sum(axis=0, dtype=np.int32) != number * (number + 1) // 2)
    if not tied.size:
        return ranks
    settled = ranks.copy()
    some, chance = ranks[:, tied], luck[:, tied]
    for n in range(len(ranks)):
        level = (some == some[n]) & (some[n] > 0)
        settled[n, tied] += (level & (chance < chance[n])).sum(axis=0).astype(ranks.dtype)
    return settled


def award(
    mechanism: Registered[Mechanism],
    params: Any,
    best: Literal["highest", "lowest"],
    found: Scored,
    packed: PackedBids,
    cells: Array,
    luck: Array,
    shape: tuple[int, int, int],
    annual: Array,
    most: int,
    capacity: Array | None = None,
    places: int = 1,
    limits: LotLimits = NO_LIMITS,
    in_quotas: Mask | None = None,
    before: Array | None = None,
) -> Array:
    """The provider that wins each place of each lot, ``(lots x places, draws)``, or `NOBODY`.

    Args:
        found: scores of the packed bids.
        cells: flat index of each bid among ``shape``, (providers, lots, draws).
        luck: of each bid, for ties, ``(bids,)``.
        annual: yearly value of each lot.
        most: lots that one provider may win; 0 for no limit.
        capacity: yearly value that each may win, ``(providers, draws)``; None for no limit.
        places: bids that are awarded each lot, the best ones; limits across lots go with one alone.
        limits: those that turn on who a bidder is, or on how many are awarded anything.
        in_quotas: whom each quota is on, ``(quotas, providers, draws)``.
        before: who was awarded each lot in an earlier tender, ``(lots, draws)``; None where none was held.
    """
    providers, lots, draws = shape
    ranks = settle_ties(found.ranks, found.ranks > 0, packed.lay(luck, 0.0))
    if places > 1:
        provider = np.empty(packed.rows * packed.columns, dtype=np.intp)
        provider[packed.place] = cells // packed.columns
        won = np.full((places, packed.columns), NOBODY, dtype=np.intp)
        row, column = np.nonzero((ranks > 0) & (ranks <= places))
        won[ranks[row, column] - 1, column] = provider.reshape(ranks.shape)[row, column]
        return won.reshape(places, lots, draws).swapaxes(0, 1).reshape(lots * places, draws)
    across = capacity is not None or bool(most and lots > 1) or limits.across_lots
    if across:  # who bids for which lots matters, so each provider has its row
        whole = providers * lots * draws
        figures, ordered = np.zeros(whole), np.zeros(whole, dtype=ranks.dtype)
        figures[cells] = found.figures.ravel()[packed.place]
        ordered[cells] = ranks.ravel()[packed.place]
        laid = ordered.reshape(shape)
        contest = Contest(figures.reshape(shape), laid > 0, laid, best, annual, most, capacity)
        won = np.empty((lots, draws), dtype=np.intp)
        for here, left in limits.left(before, in_quotas, draws):
            part = part_of(contest, here)._replace(
                most_suppliers=left.most_suppliers,
                fewest_suppliers=left.fewest_suppliers,
                quotas=quotas_of(left, None if in_quotas is None else in_quotas[..., here]),
            )
            won[:, here] = award_draws(mechanism, params, part).winner
        return won
    laid = ranks.reshape(packed.rows, lots, draws)
    contest = Contest(found.figures.reshape(laid.shape), laid > 0, laid, best, annual)
    row = award_draws(mechanism, params, contest).winner.astype(np.intp)
    provider = np.empty(packed.rows * packed.columns, dtype=np.int64)
    provider[packed.place] = cells // packed.columns
    place = np.maximum(row, 0).reshape(-1) * packed.columns + np.arange(packed.columns)
    return np.where(row < 0, NOBODY, provider[place].reshape(row.shape))
