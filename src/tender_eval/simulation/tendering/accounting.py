"""Step 10: what each tender came to, as figures by name, one a draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from tender_eval.model.numeric import Array, Mask
from tender_eval.simulation.market.consortia import with_partners
from tender_eval.simulation.market.eligibility import Eligibility
from tender_eval.simulation.market.partition import Lots
from tender_eval.simulation.spec.records import Settings
from tender_eval.simulation.tendering.design import DesignModel

REASONS = ("turnover", "capacity", "time", "not_worth_it", "outscored", "won")


class RoundBids(NamedTuple):
    """The bids of one tender round.

    Attributes:
        entered: ``(providers, lots, draws)``.
        winner: row of the provider that wins each place of each lot, -1 for nobody, ``(lots x places, draws)``, the
            places of a lot together; a contract has one place a lot, a framework several.
        price: asked by the winner, as a share of the lot's value, same shape; of a pot what it is given.
        quality: of the winner, likewise.
    """

    entered: Mask
    winner: Array
    price: Array
    quality: Array


class TenderHistory(NamedTuple):
    """What happened, of which the figures tell.

    Attributes:
        eligibility, able, leads, ready: of the steps before bidding.
        income: yearly, ``(providers, draws)``.
        further: cost of a bid for a further lot, ``(providers, lots, draws)`` or broadcast to it.
        first: what the first lot costs more, ``(providers, draws)``.
        bids: with the awards of both tenders.
        second_bids: bids of the second tender, ``(providers, lots, draws)``; None where there was none.
        unserved: lots that the first tender left, ``(lots, draws)``.
    """

    eligibility: Eligibility
    able: Mask
    leads: Mask
    ready: Mask
    income: Array
    further: Array
    first: Array
    bids: RoundBids
    second_bids: Mask | None
    unserved: Mask

    def with_second_tender(
        self, draws: Array, entered: Mask, winner: Array, price: Array, quality: Array
    ) -> TenderHistory:
        """The history with a second tender of the unserved lots in these draws."""
        second_bids = np.zeros(self.bids.entered.shape, dtype=np.bool_)
        second_bids[:, :, draws] = entered
        unserved = self.unserved[:, draws]
        merged = []
        for before, then in zip(self.bids[1:], (winner, price, quality), strict=True):
            whole = before.copy()
            whole[:, draws] = np.where(unserved, then, whole[:, draws])
            merged.append(whole)
        return self._replace(bids=RoundBids(self.bids.entered, *merged), second_bids=second_bids)


def bid_costs(settings: Settings, annual: Array, leads: Mask) -> tuple[Array, Array]:
    """What bidding costs in money: a further lot ``(providers, lots, draws)``, and what the first costs more
    ``(providers, draws)``, as for a lot of mean value."""
    each = settings.bid_cost_fixed + settings.bid_cost_share * annual
    multiple = np.where(leads, settings.consortium_cost, 1.0)
    if (each == each[0]).all():
        each = each[:1]
    further = settings.further_lot * each[:, None] * multiple[:, None, :]
    return further, (1 - settings.further_lot) * each.mean() * multiple


def figures(history: TenderHistory, model: DesignModel) -> Mapping[str, Array]:
    """Every figure by name, ``(draws,)``; NaN where it is undefined in a draw."""
    market, types, lots, settings = model.market, model.types, model.lots, model.settings
    found: dict[str, Array] = {}
    bids, small = history.bids, market.small
    entered = bids.entered if history.second_bids is None else bids.entered | history.second_bids
    bidding: Mask = np.any(entered, axis=1)
    draws = bidding.shape[1]
    eligible = with_partners(np.any(history.able, axis=1), history.leads, market.partners)
    ready = with_partners(history.ready, history.leads, market.partners)
    filled = bids.winner >= 0
    number_filled = filled.reshape(len(lots.share), -1, draws).sum(axis=1)
    served = number_filled > 0
    part = _parts(bids, lots, number_filled, model)
    won_share, won_lots = _won(bids.winner, filled, part, len(small))
    bidding = with_partners(bidding, history.leads, market.partners)
    winning = with_partners(won_lots > 0, history.leads, market.partners)
    stages: dict[str, Mask] = {
        "eligible": eligible,
        "ready": eligible & (ready | bidding),  # who was late for the first tender may bid in the second
        "bidding": bidding,
        "winning": winning,
    }
    for name, who in stages.items():
        for kind, rows in zip(types, market.rows, strict=True):
            found[f"{name}.{kind.name}"] = who[rows].sum(axis=0, dtype=np.float64)
    found["small_bidders"] = bidding[small].sum(axis=0, dtype=np.float64)
    small_winners = winning[small].sum(axis=0, dtype=np.float64)
    found["small_award_rate"] = _ratio(small_winners, found["small_bidders"])
    awarded = won_share.sum(axis=0)
    found["small_win_share"] = _ratio(won_share[small].sum(axis=0), awarded)
    found["small_lot_share"] = _ratio(won_lots[small].sum(axis=0), filled.sum(axis=0))
    by_provider = bids.entered.sum(axis=1, dtype=np.int16)
    if history.second_bids is not None:
        by_provider = by_provider + history.second_bids.sum(axis=1, dtype=np.int16)
    number = by_provider.sum(axis=0, dtype=np.float64)
    found["small_bid_share"] = _ratio(by_provider[small].sum(axis=0, dtype=np.float64), number)
    found["consortium_bid_share"] = _ratio((by_provider * history.leads).sum(axis=0, dtype=np.float64), number)
    per_lot = bids.entered.sum(axis=0, dtype=np.int16)
    found["bids_per_lot"] = per_lot.mean(axis=0)
    found["single_bid"] = (per_lot == 1).mean(axis=0)
    found["unserved"] = (~served).mean(axis=0)
    unserved = np.where(served, 0.0, lots.share[:, None]).sum(axis=0)
    if model.grants:  # of a pot is paid what is given
        found["price_ratio"] = part.sum(axis=0)
    else:
        paid = np.where(filled, bids.price * part, 0.0).sum(axis=0)
        found["price_ratio"] = paid + (1 + settings.direct_award_premium) * unserved
    found["price"] = found["price_ratio"] * settings.value
    found["quality"] = _ratio(np.where(filled, bids.quality * part, 0.0).sum(axis=0), awarded)
    found["price_per_quality"] = found["price_ratio"] / np.where(found["quality"] > 0, found["quality"], np.nan)
    found["hhi"] = 10_000 * _ratio((won_share**2).sum(axis=0), awarded**2)
    once = settings.common_answers * np.maximum(by_provider - 1, 0).sum(axis=0)  # marked with another of its bids
    _authority(found, history, number - once, settings, draws)
    _bidders(found, history, by_provider, won_lots)
    found["cost"] = found["authority_cost"] + found["bidder_cost"]
    _funnel(found, history, eligible, ready, bidding, winning, small)
    return found


def _parts(bids: RoundBids, lots: Lots, number_filled: Array, model: DesignModel) -> Array:
    """The part of the contract's value that each place stands for, ``(lots x places, draws)``: the work of a lot goes
    in equal parts to those who are awarded it; of a pot it is what each is given."""
    places = len(bids.winner) // len(lots.share)
    if model.grants:
        return np.repeat(lots.share, places)[:, None] * bids.price
    return np.repeat(lots.share[:, None] / np.maximum(number_filled, 1), places, axis=0)


def _won(winner: Array, filled: Mask, part: Array, providers: int) -> tuple[Array, Array]:
    """Share of the contract's value and number of places won by each provider, ``(providers, draws)``."""
    draws = winner.shape[1]
    at = (np.where(filled, winner, 0) * draws + np.arange(draws)).ravel()
    counts = np.bincount(at, filled.ravel().astype(np.float64), providers * draws)
    weights = (filled * part).ravel()
    value = np.bincount(at, weights, providers * draws)
    return value.reshape(providers, draws), counts.reshape(providers, draws)


def _ratio(part: Array, whole: Array) -> Array:
    out: Array = np.full(np.shape(part), np.nan)
    return np.divide(part, whole, out=out, where=np.asarray(whole) > 0)


def _authority(found: dict[str, Array], history: TenderHistory, number: Array, settings: Settings, draws: int) -> None:
    """What the procedure costs; ``number`` of bids, each as far as it has to be marked."""
    lots = history.unserved.shape[0]
    second_bids = history.unserved.sum(axis=0) if history.second_bids is not None else np.zeros(draws)
    procedures = settings.authority_per_lot * (lots - 1 + second_bids)
    found["authority_cost"] = settings.authority_fixed + procedures + settings.authority_per_bid * number
    found["evaluation_days"] = settings.evaluation_days_per_bid * number


def _bidders(found: dict[str, Array], history: TenderHistory, by_provider: Array, won: Array) -> None:
    further, first = history.further, history.first
    cost = np.zeros(by_provider.shape)
    for entered in (history.bids.entered, history.second_bids):
        if entered is None:
            continue
        if further.shape[1] == 1:
            count = entered.sum(axis=1, dtype=np.int16)
            cost += count * further[:, 0] + (count > 0) * first
        else:
            cost += (entered * further).sum(axis=1) + entered.any(axis=1) * first
    found["bidder_cost"] = cost.sum(axis=0)
    lost = np.maximum(by_provider - won, 0)
    found["bidder_cost_wasted"] = (cost * lost / np.maximum(by_provider, 1)).sum(axis=0)
    bidding = by_provider > 0
    found["bidder_cost_income_share"] = _ratio((cost / history.income).sum(axis=0), bidding.sum(axis=0))


def _funnel(
    found: dict[str, Array],
    history: TenderHistory,
    eligible: Mask,
    is_ready: Mask,
    bidding: Mask,
    winning: Mask,
    small: Mask,
) -> None:
    """Each small provider in one place: where it dropped out first, or that it won."""
    number = max(int(small.sum()), 1)
    s = np.flatnonzero(small)
    can, ready, bid, win = eligible[s], is_ready[s], bidding[s], winning[s]
    rich = history.eligibility.turnover[s].any(axis=1)
    late = can & ~ready & ~bid
    places = (
        ~can & ~rich & ~bid,
        ~can & rich & ~bid,
        late,
        can & ready & ~bid,
        bid & ~win,
        win,
    )
    for reason, who in zip(REASONS, places, strict=True):
        found[f"funnel.{reason}"] = who.sum(axis=0) / number if s.size else np.full(bid.shape[1], np.nan)
