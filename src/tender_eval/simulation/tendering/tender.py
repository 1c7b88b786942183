"""The ten steps in order, for many tenders of one or several designs.

`prepare` compiles a design and solves its equilibrium; `simulate` draws a market once and runs every design on it.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np
from numpy.random import SeedSequence

from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.bidding.equilibrium import Equilibrium
from tender_eval.simulation.bidding.game import SAMPLE, solved
from tender_eval.simulation.bidding.pricing import Cells, Policy
from tender_eval.simulation.market.bidders import Field, enter, field_of
from tender_eval.simulation.market.providers import Draws, Streams, Wanted, draw
from tender_eval.simulation.spec.records import Design, Provider, ProviderType
from tender_eval.simulation.tendering import accounting, awarding, marking, scoring, second_tender
from tender_eval.simulation.tendering.design import Model, model_of

CELLS = 1 << 18  # of an array (providers x areas or lots, tenders) that is worked on at once: 2 MB, in the cache
FEWEST = 32
TOGETHER = 8  # blocks whose second tenders are held together


@dataclass(frozen=True, slots=True)
class Prepared:
    """A design ready to simulate; goes to other processes by pickle, and is compiled anew once in each.

    Attributes:
        types, providers, area_weights: the market that the design meets.
        policies: what bidders do, by kind of lot.
        row_of_code: row of the policies by code; None where rows are kinds of providers.
        equilibrium: how well the policies hold.
    """

    design: Design
    types: tuple[ProviderType, ...]
    providers: tuple[Provider, ...]
    area_weights: tuple[float, ...]
    policies: tuple[Policy, ...]
    row_of_code: Array | None
    equilibrium: Equilibrium
    _model: list[Model] = field(default_factory=list, compare=False, repr=False)

    def model(self) -> Model:
        """The compiled design."""
        if not self._model:
            self._model.append(model_of(self.design, self.types, self.providers, self.area_weights, load_catalogue()))
        return self._model[0]

    def __reduce__(self) -> Any:
        parts = tuple(getattr(self, f.name) for f in fields(self) if f.name != "_model")
        return _restored, (sha256(pickle.dumps(parts)).digest(), *parts)


_KEPT: dict[bytes, Prepared] = {}
MOST_KEPT = 64


def _restored(digest: bytes, *parts: Any) -> Prepared:
    """What was pickled; the same object for the same content, so that a worker compiles each design once."""
    if digest not in _KEPT:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[digest] = Prepared(*parts)
    return _KEPT[digest]


def prepare(
    design: Design,
    types: Sequence[ProviderType],
    providers: Sequence[Provider],
    area_weights: Sequence[float],
    catalogue: Catalogue,
    seed: int,
    sample: int = SAMPLE,
) -> Prepared:
    """Compile a design and solve its equilibrium, on a few thousand tenders of their own seed.

    Args:
        sample: cells (providers x lots x tenders) on which it is solved, about.

    Raises:
        Refused: the scheme does not compile, reads what is not known of the providers, or names no mechanism.
    """
    kinds = tuple(design.types or types)
    model = model_of(design, kinds, providers, area_weights, catalogue)
    policies, rows, equilibrium = solved(model, seed, sample)
    return Prepared(design, kinds, tuple(providers), tuple(area_weights), policies, rows, equilibrium, [model])


def simulate(prepared: Sequence[Prepared], seed: SeedSequence, draws: int, /) -> tuple[Mapping[str, Array], ...]:
    """Every figure of every design by name, ``(draws,)``, NaN where undefined: all designs on the same markets.

    The same seed gives the same bytes.
    """
    models = [p.model() for p in prepared]
    wanted = models[0].wanted
    for model in models[1:]:
        wanted = wanted.and_also(model.wanted)
    block = _block(wanted)
    streams = Streams(seed)
    parts: list[list[Mapping[str, Array]]] = [[] for _ in prepared]
    for first in range(0, draws, block * TOGETHER):
        opened: list[list[Opened]] = [[] for _ in prepared]
        for start in range(first, min(first + block * TOGETHER, draws), block):
            drawn = draw(streams, wanted, min(block, draws - start))
            for found, made, model in zip(opened, prepared, models, strict=True):
                found.append(tenders(model, made.policies, made.row_of_code, drawn).opened(drawn))
        for part, made, model, found in zip(parts, prepared, models, opened, strict=True):
            for story in closing(model, made.policies, found):
                part.append(accounting.figures(story, model.market, model.types, model.lots, model.settings))
    return tuple({name: np.concatenate([part[name] for part in each]) for name in each[0]} for each in parts)


def _block(wanted: Wanted) -> int:
    """Tenders to work on at once; no lot has fewer areas than one."""
    size = 8192
    while size > FEWEST and size * wanted.providers * wanted.areas > CELLS:
        size //= 2
    return size


class Where(NamedTuple):
    """Bids by provider, lot and draw, ``(bids,)`` each."""

    provider: Array
    lot: Array
    draw: Array


class Opened(NamedTuple):
    """What is kept of first tenders until the second.

    Attributes:
        story: what the figures tell of so far.
        left: the lots left over.
        field, drawn: of the draws with lots left over only.
    """

    story: accounting.Story
    left: second_tender.Left
    field: Field
    drawn: Draws


class Tenders(NamedTuple):
    """Everything that happened in some first tenders.

    Attributes:
        field: who could bid, and at what cost and quality.
        first: who bid where, with the awards.
        where, bidding, packed, result: the bids as they were read, laid out and scored.
    """

    field: Field
    first: accounting.Bids
    where: Where
    bidding: scoring.Bidding
    packed: scoring.Packed
    result: scoring.Scored

    def opened(self, drawn: Draws) -> Opened:
        """What a second tender and the figures need of it."""
        left, there = second_tender.left_over(self.first.winner), self.field
        story = accounting.Story(
            there.standing, there.able, there.leads, there.ready, there.income, there.further, there.first, self.first,
            None, self.first.winner < 0,
        )  # fmt: skip
        return Opened(story, left, there.part(left.draws), drawn.part(left.draws))


def tenders(model: Model, policies: Sequence[Policy], row_of_code: Array | None, drawn: Draws) -> Tenders:
    """Steps 2 to 8 of one design on tenders that are drawn."""
    there = field_of(model, drawn)
    candidates = np.flatnonzero(there.candidate)
    placed, value = _surpluses(model, policies, row_of_code, there, candidates)
    surplus = np.full(there.candidate.size, -np.inf)
    surplus[candidates] = value
    entered = enter(model, there, surplus.reshape(there.candidate.shape))
    price = _prices(policies, placed, entered.ravel()[candidates])
    return _tender(model, there, drawn, entered, price)


def closing(model: Model, policies: Sequence[Policy], opened: Sequence[Opened]) -> list[accounting.Story]:
    """Step 9, for several openings together: what was left over is little, and scoring little costs as much."""
    settings, lots = model.settings, model.lots
    if not (settings.rerun and any(o.left.draws.size for o in opened)):
        return [o.story for o in opened]
    there, drawn = Field.joined([o.field for o in opened]), Draws.joined([o.drawn for o in opened])
    unserved = np.concatenate([o.left.unserved for o in opened], axis=1)
    ceiling = np.array([policy.ceiling for policy in policies])[lots.kind]
    chosen = second_tender.bid_again(
        unserved,
        there.able & there.ready_later[:, None],
        there.cost,
        ceiling,
        lots.value,
        lots.annual,
        there.further,
        there.first,
        there.capacity if there.awardable is None else np.minimum(there.capacity, there.awardable),
        np.concatenate([o.story.bids.winner[:, o.left.draws] for o in opened], axis=1),
        settings.lots_tendered,
        settings.lots_awarded,
    )
    lot = np.broadcast_to(np.arange(len(lots.areas))[:, None], chosen.shape)[chosen]
    second = _tender(model, there, drawn, chosen, ceiling[lot]).first
    ends = np.cumsum([o.left.draws.size for o in opened])[:-1]
    split = [np.split(part, ends, axis=-1) for part in second]
    return [o.story.after(o.left.draws, *parts) for o, *parts in zip(opened, *split, strict=True)]


def _tender(model: Model, there: Field, drawn: Draws, entered: Mask, price: Array) -> Tenders:
    """Steps 7 and 8: the bids marked, scored and awarded."""
    packed, cells = scoring.pack(entered)
    where = _where(cells, entered.shape)
    quality = there.quality.ravel()[cells]
    bidding = _bids(model, there, drawn, where, price, quality)
    result = scoring.score(model.scheme, model.readings, bidding, packed)
    winner = _award(model, there, drawn, where, result, packed, cells, entered.shape)
    return Tenders(there, _awarded(winner, entered, cells, price, quality), where, bidding, packed, result)


def _surpluses(
    model: Model, policies: Sequence[Policy], row_of_code: Array | None, there: Field, candidates: Array
) -> tuple[list[tuple[Any, Cells]], Array]:
    """Where the candidates stand in the tables of their kind of lot, and what each expects to gain as a share."""
    cost, quality = there.cost.ravel()[candidates], there.quality.ravel()[candidates]
    if row_of_code is not None and there.code is not None:
        row = row_of_code.take(there.code.ravel()[candidates])
    else:
        number = np.count_nonzero(there.candidate.reshape(len(there.candidate), -1), axis=1)
        row = np.repeat(model.market.kind, number)
    if len(policies) == 1:
        cells = policies[0].place(row, quality, cost)
        return [(slice(None), cells)], policies[0].surpluses(cells)
    lots, draws = there.candidate.shape[1:]
    kind = model.lots.kind[candidates % (lots * draws) // draws]
    value = np.empty(len(candidates))
    placed: list[tuple[Any, Cells]] = []
    for n, policy in enumerate(policies):
        here = np.flatnonzero(kind == n)
        cells = policy.place(row[here], quality[here], cost[here])
        placed.append((here, cells))
        value[here] = policy.surpluses(cells)
    return placed, value


def _prices(policies: Sequence[Policy], placed: list[tuple[Any, Cells]], bid: Mask) -> Array:
    """Step 6: the prices of those candidates that bid."""
    if len(policies) == 1:
        those = np.flatnonzero(bid)
        return policies[0].prices(Cells(*(part.take(those) for part in placed[0][1])))
    price = np.empty(len(bid))
    for policy, (here, cells) in zip(policies, placed, strict=True):
        price[here] = policy.prices(cells)
    return price[bid]


def _where(cells: Array, shape: tuple[int, ...]) -> Where:
    """The bids in flat cells of ``shape``, (providers, lots, draws)."""
    provider, column = np.divmod(cells, shape[1] * shape[2])
    return Where(provider, *np.divmod(column, shape[2]))


def _bids(model: Model, there: Field, drawn: Draws, where: Where, price: Array, quality: Array) -> scoring.Bidding:
    """Step 7, and what else the scheme reads of the bids."""
    readings, settings = model.readings, model.settings
    draws = drawn.cost.shape[1]
    at = where.provider * draws + where.draw
    marks = {}
    if drawn.noise:
        place = np.searchsorted(drawn.places, model.lots.first)
        noisy = place[where.lot] * drawn.cost.size + at
    for n, question in enumerate(readings.questions):
        offset = question.offsets[model.market.kind[where.provider]] if question.offsets.any() else 0.0
        noise = drawn.noise[n].ravel().take(noisy) if model.spread else np.zeros(len(price))
        marks[question.column] = marking.marks(question, quality + offset, noise, model.spread)
    income = pooled = None
    if readings.incomes:
        income = there.income.ravel()[at]
        pooled = income * np.where(there.leads.ravel()[at], settings.consortium_income, 1.0)
    value, annual = model.lots.value, model.lots.annual
    code = None
    if there.code is not None and readings.tables:
        code = there.code[where.provider, where.lot, where.draw]
    return scoring.Bidding(
        money=price * (value[0] if len(model.lots.kinds) == 1 else value[where.lot]),
        marks=marks,
        code=code,
        income=income,
        pooled=pooled,
        annual=annual[where.lot] if readings.annual else None,
    )


def _award(
    model: Model,
    there: Field,
    drawn: Draws,
    where: Where,
    result: scoring.Scored,
    packed: scoring.Packed,
    cells: Array,
    shape: tuple[int, ...],
) -> Array:
    """Step 8b. Lots are drawn between ties by a number of each provider that has nothing to do with its bid."""
    luck = np.modf(drawn.partners[where.provider, where.draw] * 4096)[0]
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
        there.awardable,
    )


def _awarded(winner: Array, entered: Mask, cells: Array, price: Array, quality: Array) -> accounting.Bids:
    """The prices and qualities of the winners."""
    lots, draws = winner.shape
    asked, good = np.zeros((2, entered.size))
    asked[cells], good[cells] = price, quality
    at = (np.maximum(winner, 0) * lots + np.arange(lots)[:, None]) * draws + np.arange(draws)
    return accounting.Bids(entered, winner, asked.take(at), good.take(at))
