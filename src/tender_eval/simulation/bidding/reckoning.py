"""What simulated bidders reckon with before they decide, read from the tables of what is best for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from tender_eval.model.numeric import Array, Mask
from tender_eval.simulation.bidding.equilibrium import mean_chances
from tender_eval.simulation.bidding.limits import share_kept
from tender_eval.simulation.bidding.pricing import Cells, Policy
from tender_eval.simulation.tendering.bidders import PotentialBidders
from tender_eval.simulation.tendering.design import DesignModel


class Play(Protocol):
    """What bidders do: the policies by kind of lot, the row of each code in them (None: rows are kinds of providers),
    and how often the bids of each kind of provider win."""

    @property
    def policies(self) -> tuple[Policy, ...]: ...

    @property
    def row_of_code(self) -> Array | None: ...

    @property
    def win_rates(self) -> Array: ...


Placed = list[tuple[Policy, Any, Cells]]
"""Of each kind of lot its policy, which of the bids are for it, and where these stand in its tables."""


def expected(
    model: DesignModel, play: Play, bidders: PotentialBidders, candidates: Array
) -> tuple[PotentialBidders, Array]:
    """The bidders as they reckon before they decide, and of each candidate the share of the lots won that it may keep.

    Costs are less what other lots save that it expects to win: first as often as its kind wins, then as its own costs
    let it win them. Then each makes the effort that is best. `equilibrium._reckon` does the same.
    """
    kept = np.ones(len(candidates))
    if not (model.saved or model.effort or bidders.most is not None):
        return bidders, kept
    providers, lots, draws = bidders.candidate.shape
    provider = candidates // (lots * draws)
    holder = provider * draws + candidates % draws
    others, alone = bidders.others.ravel()[holder], bidders.cost.ravel()[candidates]

    def costing(chance: Array) -> PotentialBidders:
        saving = model.saved * np.minimum(others * chance, model.most_others)
        return replace(bidders, cost=_with(bidders.cost, candidates, np.maximum(alone - saving, 0.0)))

    def reading(of: PotentialBidders, figure: Callable[[Policy, Cells], Array]) -> Array:
        placed = placed_in(model, play, of, candidates)
        return read(placed, len(candidates), figure)

    own = reading(costing(play.win_rates[model.market.kind][provider]), lambda policy, cells: policy.chances(cells))
    chance = mean_chances([(holder, own)], providers * draws)[holder]
    found = costing(chance)
    if bidders.most is not None:
        kept = share_kept(others + 1, chance, bidders.most.ravel()[holder])
    if model.effort is None:
        return found, kept
    cost, quality = found.cost.ravel()[candidates], found.quality.ravel()[candidates]

    def changed(quality: Array, cost: Array) -> PotentialBidders:
        return replace(
            found, quality=_with(found.quality, candidates, quality), cost=_with(found.cost, candidates, cost)
        )

    level = model.effort.best(
        lambda q, c: reading(changed(q, c), lambda policy, cells: policy.surpluses(cells)), quality, cost
    )
    return changed(*model.effort.made(level, quality, cost)), kept


def _with(values: Array, at: Array, now: Array) -> Array:
    """The values with those at these flat places changed."""
    found = values.copy()
    found.ravel()[at] = now
    return found


def placed_in(model: DesignModel, play: Play, bidders: PotentialBidders, candidates: Array) -> Placed:
    """Where the candidates stand in the tables of their kind of lot."""
    cost, quality = bidders.cost.ravel()[candidates], bidders.quality.ravel()[candidates]
    policies, row_of_code = play.policies, play.row_of_code
    if row_of_code is not None and bidders.code is not None:
        row = row_of_code.take(bidders.code.ravel()[candidates])
    else:
        number = np.count_nonzero(bidders.candidate.reshape(len(bidders.candidate), -1), axis=1)
        row = np.repeat(model.market.kind, number)
    if len(policies) == 1:
        return [(policies[0], slice(None), policies[0].place(row, quality, cost))]
    lots, draws = bidders.candidate.shape[1:]
    kind = model.lots.kind[candidates % (lots * draws) // draws]
    placed: Placed = []
    for n, policy in enumerate(policies):
        here = np.flatnonzero(kind == n)
        placed.append((policy, here, policy.place(row[here], quality[here], cost[here])))
    return placed


def read(placed: Placed, number: int, figure: Callable[[Policy, Cells], Array]) -> Array:
    """A figure of each bid from the tables, ``(bids,)``."""
    if len(placed) == 1:
        return figure(placed[0][0], placed[0][2])
    found = np.empty(number)
    for policy, here, cells in placed:
        found[here] = figure(policy, cells)
    return found


def prices(placed: Placed, bid: Mask) -> Array:
    """Step 6: the prices of those candidates that bid."""
    if len(placed) == 1:
        those = np.flatnonzero(bid)
        return placed[0][0].prices(Cells(*(part.take(those) for part in placed[0][2])))
    return read(placed, len(bid), lambda policy, cells: policy.prices(cells))[bid]
