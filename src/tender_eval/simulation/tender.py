"""The ten steps in order, for many tenders of one or several designs.

Designs are prepared before (`prepared`); `simulate` draws a market once and runs every design on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import SeedSequence

from tender_eval.model.numeric import Array, Mask
from tender_eval.simulation.bidding.pricing import Policy
from tender_eval.simulation.bidding.reckoning import expected, placed_in, prices, read
from tender_eval.simulation.market.providers import DrawsNeeded, MarketDraws, Streams, draw_market
from tender_eval.simulation.prepared import PreparedDesign, Solution
from tender_eval.simulation.tendering import accounting, awarding, grants, marking, scoring, second_tender
from tender_eval.simulation.tendering.bidders import PotentialBidders, enter, potential_bidders
from tender_eval.simulation.tendering.design import DesignModel

CELLS = 1 << 18  # of an array (providers x areas or lots, tenders) that is worked on at once: 2 MB, in the cache
FEWEST = 32
TOGETHER = 8  # blocks whose second tenders are held together


def simulate(prepared: Sequence[PreparedDesign], seed: SeedSequence, draws: int, /) -> tuple[Mapping[str, Array], ...]:
    """Every figure of every design by name, ``(draws,)``, NaN where undefined: all designs on the same markets.

    Tender ``j`` is played by solution ``j % n`` of the n that each design has. The same seed gives the same bytes.
    """
    solves = len(prepared[0].solutions)
    streams = Streams(seed)
    found = [_played(prepared, streams, len(range(n, draws, solves)), n) for n in range(min(solves, draws))]
    return tuple(
        {name: _in_turn([part[at][name] for part in found], draws) for name in found[0][at]}
        for at in range(len(prepared))
    )


def _in_turn(parts: Sequence[Array], draws: int) -> Array:
    """One array of which the parts hold every so manyth figure."""
    whole = np.empty(draws)
    for n, part in enumerate(parts):
        whole[n :: len(parts)] = part
    return whole


def _played(
    prepared: Sequence[PreparedDesign], streams: Streams, draws: int, solution: int
) -> tuple[Mapping[str, Array], ...]:
    """The figures of tenders that are all played by one solution of each design."""
    models = [p.model() for p in prepared]
    needed = models[0].draws_needed
    for model in models[1:]:
        needed = needed.and_also(model.draws_needed)
    block = _block(needed)
    parts: list[list[Mapping[str, Array]]] = [[] for _ in prepared]
    for first in range(0, draws, block * TOGETHER):
        first_rounds: list[list[FirstRound]] = [[] for _ in prepared]
        for start in range(first, min(first + block * TOGETHER, draws), block):
            drawn = draw_market(streams, needed, min(block, draws - start))
            for found, made, model in zip(first_rounds, prepared, models, strict=True):
                played = made.solutions[solution]
                found.append(run_first_tenders(model, played, drawn).first_round(drawn))
        for part, made, model, found in zip(parts, prepared, models, first_rounds, strict=True):
            for history in run_second_tenders(model, made.solutions[solution].policies, found):
                part.append(accounting.figures(history, model))
    return tuple({name: np.concatenate([part[name] for part in each]) for name in each[0]} for each in parts)


def _block(needed: DrawsNeeded) -> int:
    """Tenders to work on at once; no lot has fewer areas than one."""
    size = 8192
    while size > FEWEST and size * needed.providers * needed.areas > CELLS:
        size //= 2
    return size


class BidIndex(NamedTuple):
    """Bids by provider, lot and draw, ``(bids,)`` each."""

    provider: Array
    lot: Array
    draw: Array


class FirstRound(NamedTuple):
    """What is kept of first tenders until the second.

    Attributes:
        history: what the figures tell of so far.
        unawarded: the lots left over.
        bidders, drawn: of the draws with lots left over only.
    """

    history: accounting.TenderHistory
    unawarded: second_tender.UnawardedLots
    bidders: PotentialBidders
    drawn: MarketDraws


class FirstTenders(NamedTuple):
    """Everything that happened in some first tenders.

    Attributes:
        bidders: who could bid, and at what cost and quality.
        first: who bid where, with the awards.
        where, bidding, packed, result: the bids as they were read, laid out and scored.
    """

    bidders: PotentialBidders
    first: accounting.RoundBids
    where: BidIndex
    bidding: scoring.BidFigures
    packed: scoring.PackedBids
    result: scoring.Scored

    def first_round(self, drawn: MarketDraws) -> FirstRound:
        """What a second tender and the figures need of it."""
        lots, draws = self.first.entered.shape[1:]
        nobody_won: Mask = np.all((self.first.winner < 0).reshape(lots, -1, draws), axis=1)
        unawarded, bidders = second_tender.unawarded_lots(nobody_won), self.bidders
        history = accounting.TenderHistory(
            bidders.eligibility, bidders.able, bidders.leads, bidders.ready, bidders.income, bidders.further,
            bidders.first, self.first, None, nobody_won,
        )  # fmt: skip
        return FirstRound(history, unawarded, bidders.part(unawarded.draws), drawn.part(unawarded.draws))


def run_first_tenders(model: DesignModel, played: Solution, drawn: MarketDraws) -> FirstTenders:
    """Steps 2 to 8 of one design on tenders that are drawn."""
    bidders = potential_bidders(model, drawn)
    candidates = np.flatnonzero(bidders.candidate)
    bidders, kept = expected(model, played, bidders, candidates)
    placed = placed_in(model, played, bidders, candidates)
    value = read(placed, len(candidates), lambda policy, cells: policy.surpluses(cells)) * kept
    surplus = np.full(bidders.candidate.size, -np.inf)
    surplus[candidates] = value
    entered = enter(model, bidders, surplus.reshape(bidders.candidate.shape))
    if bidders.asked is None:
        price = prices(placed, entered.ravel()[candidates])
    else:
        price = np.broadcast_to(bidders.asked[:, None], entered.shape)[entered]
    return _score_and_award(model, bidders, drawn, entered, price)


def run_second_tenders(
    model: DesignModel, policies: Sequence[Policy], first_rounds: Sequence[FirstRound]
) -> list[accounting.TenderHistory]:
    """Step 9, for several first rounds together: what was left over is little, and scoring little costs as much."""
    settings, lots = model.settings, model.lots
    if model.grants or model.places > 1 or not (settings.rerun and any(o.unawarded.draws.size for o in first_rounds)):
        return [o.history for o in first_rounds]
    bidders, drawn = (
        PotentialBidders.joined([o.bidders for o in first_rounds]),
        MarketDraws.joined([o.drawn for o in first_rounds]),
    )
    unserved = np.concatenate([o.unawarded.unserved for o in first_rounds], axis=1)
    ceiling = np.array([policy.ceiling for policy in policies])[lots.kind]
    before = np.concatenate([o.history.bids.winner[:, o.unawarded.draws] for o in first_rounds], axis=1)
    able = bidders.able & bidders.ready_later[:, None]
    if model.limits.across_lots:
        able &= ~model.limits.closed(before, bidders.in_quotas, len(able))[:, None]
    chosen = second_tender.second_bids(
        unserved,
        able,
        bidders.cost,
        ceiling,
        lots.value,
        lots.annual,
        bidders.further,
        bidders.first,
        bidders.capacity if bidders.awardable is None else np.minimum(bidders.capacity, bidders.awardable),
        before,
        settings.lots_tendered,
        settings.lots_awarded,
    )
    lot = np.broadcast_to(np.arange(len(lots.areas))[:, None], chosen.shape)[chosen]
    second = _score_and_award(model, bidders, drawn, chosen, ceiling[lot], before).first
    ends = np.cumsum([o.unawarded.draws.size for o in first_rounds])[:-1]
    split = [np.split(part, ends, axis=-1) for part in second]
    return [
        o.history.with_second_tender(o.unawarded.draws, *parts) for o, *parts in zip(first_rounds, *split, strict=True)
    ]


def _score_and_award(
    model: DesignModel,
    bidders: PotentialBidders,
    drawn: MarketDraws,
    entered: Mask,
    price: Array,
    before: Array | None = None,
) -> FirstTenders:
    """Steps 7 and 8: the bids marked, scored and awarded; ``before`` is who has which lot from an earlier tender."""
    packed, cells = scoring.pack(entered)
    index = _bid_index(cells, entered.shape)
    quality = bidders.quality.ravel()[cells]
    bidding = _bids(model, bidders, drawn, index, price, quality)
    result = scoring.score(model.scheme, model.inputs, bidding, packed)
    if result.money is None:
        winner = _award(model, bidders, drawn, index, result, packed, cells, entered.shape, before)
        first = _awarded(winner, entered, cells, price, quality)
    else:
        providers, lots, draws = entered.shape
        winner, money = grants.granted(result.money, packed, cells, (providers, lots, draws))
        first = _awarded(winner, entered, cells, price, quality)._replace(price=money / float(model.lots.value[0]))
    return FirstTenders(bidders, first, index, bidding, packed, result)


def _bid_index(cells: Array, shape: tuple[int, ...]) -> BidIndex:
    """The bids in flat cells of ``shape``, (providers, lots, draws)."""
    provider, column = np.divmod(cells, shape[1] * shape[2])
    return BidIndex(provider, *np.divmod(column, shape[2]))


def _bids(
    model: DesignModel, bidders: PotentialBidders, drawn: MarketDraws, index: BidIndex, price: Array, quality: Array
) -> scoring.BidFigures:
    """Step 7, and what else the scheme reads of the bids."""
    inputs = model.inputs
    draws = drawn.cost.shape[1]
    at = index.provider * draws + index.draw
    marks = {}
    if drawn.noise:
        place = np.searchsorted(drawn.places, model.lots.first)
        noisy = place[index.lot] * drawn.cost.size + at
    for n, question in enumerate(inputs.questions):
        offset = question.offsets[model.market.kind[index.provider]] if question.offsets.any() else 0.0
        noise = drawn.noise[n].ravel().take(noisy) if model.spread else np.zeros(len(price))
        marks[question.column] = marking.marks(question, quality + offset, noise, model.spread)
    income = pooled = None
    if inputs.incomes:
        income, pooled = bidders.income.ravel()[at], bidders.pooled.ravel()[at]
    value, annual = model.lots.value, model.lots.annual
    code = None
    if bidders.code is not None and inputs.tables:
        code = bidders.code[index.provider, index.lot, index.draw]
    return scoring.BidFigures(
        money=price * (value[0] if len(model.lots.kinds) == 1 else value[index.lot]),
        marks=marks,
        code=code,
        income=income,
        pooled=pooled,
        annual=annual[index.lot] if inputs.annual else None,
    )


def _award(
    model: DesignModel,
    bidders: PotentialBidders,
    drawn: MarketDraws,
    index: BidIndex,
    result: scoring.Scored,
    packed: scoring.PackedBids,
    cells: Array,
    shape: tuple[int, ...],
    before: Array | None,
) -> Array:
    """Step 8b. Lots are drawn between ties by a number of each provider that has nothing to do with its bid."""
    luck = np.modf(drawn.partners[index.provider, index.draw] * 4096)[0]
    best = model.scheme.plan.rule.rule.item.best
    return awarding.award(
        model.awarding.mechanism,
        model.awarding.params,
        best,
        result,
        packed,
        cells,
        luck,
        (shape[0], shape[1], shape[2]),
        model.lots.annual,
        model.settings.lots_awarded,
        bidders.awardable,
        model.places,
        model.limits,
        bidders.in_quotas,
        before,
    )


def _awarded(winner: Array, entered: Mask, cells: Array, price: Array, quality: Array) -> accounting.RoundBids:
    """The prices and qualities of the winners."""
    draws = winner.shape[1]
    lots = entered.shape[1]
    of_lot = np.arange(len(winner)) // (len(winner) // lots)
    asked, good = np.zeros((2, entered.size))
    asked[cells], good[cells] = price, quality
    at = (np.maximum(winner, 0) * lots + of_lot[:, None]) * draws + np.arange(draws)
    return accounting.RoundBids(entered, winner, asked.take(at), good.take(at))
