"""Steps 2 to 5 of one design together: who could bid where, at what cost and quality, and who does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from tender_eval.model.numeric import TOLERANCE, Array, Mask
from tender_eval.simulation.market import consortia, eligibility, entry, timetable
from tender_eval.simulation.market.eligibility import Eligibility
from tender_eval.simulation.market.partition import mean_over
from tender_eval.simulation.market.providers import MarketDraws
from tender_eval.simulation.market.requirements import requirements_met
from tender_eval.simulation.tendering.accounting import bid_costs
from tender_eval.simulation.tendering.design import DesignModel
from tender_eval.simulation.tendering.second_tender import DAYS_MULTIPLE


@dataclass(frozen=True, slots=True)
class PotentialBidders:
    """Who could bid; arrays ``(providers, lots, draws)`` unless said otherwise.

    Attributes:
        eligibility: alone and with partners.
        leads: who leads a consortium, ``(providers, draws)``.
        able: may bid, alone or with partners; one lot for all where they do not differ.
        ready, ready_later: in time for the first and for a second tender, ``(providers, draws)``.
        candidate: may bid, is ready, and costs less than the ceiling.
        cost, quality: shares of the lot's value and of full marks.
        code: see `facts.Codes`; None where nothing reads it.
        income, pooled, capacity: yearly, ``(providers, draws)``; the last two are of the consortium where there is one.
        awardable: yearly value that the scheme lets each win, ``(providers, draws)``; None where it sets no limit.
        further: cost of a bid for a further lot, in money; one lot for all where they do not differ.
        first: what the first lot costs more, ``(providers, draws)``.
        others: how many other lots each could win beside one, ``(providers, draws)``.
        most: how many lots each may be awarded, ``(providers, draws)``; None for no limit.
        in_quotas: whom each quota is on, ``(quotas, providers, draws)``; None without quotas.
        asked: what each asks of a pot, as a share of it, ``(providers, draws)``; None where there is no pot.
    """

    eligibility: Eligibility
    leads: Mask
    able: Mask
    ready: Mask
    ready_later: Mask
    candidate: Mask
    cost: Array
    quality: Array
    code: Array | None
    income: Array
    pooled: Array
    capacity: Array
    awardable: Array | None
    further: Array
    first: Array
    others: Array
    most: Array | None = None
    in_quotas: Mask | None = None
    asked: Array | None = None

    def part(self, draws: Array) -> PotentialBidders:
        """Only these draws."""
        found: list[Any] = [None if c is None else c[..., draws] for c in self._columns()]
        return PotentialBidders(self.eligibility, *found)

    @staticmethod
    def joined(parts: Sequence[PotentialBidders]) -> PotentialBidders:
        """Draws one after the other; the eligibility is that of the first part."""
        columns = zip(*(part._columns() for part in parts), strict=True)
        found: list[Any] = [None if c[0] is None else np.concatenate(c, axis=-1) for c in columns]
        return PotentialBidders(parts[0].eligibility, *found)

    def _columns(self) -> tuple[Any, ...]:
        return tuple(getattr(self, f.name) for f in fields(self) if f.name != "eligibility")


def potential_bidders(model: DesignModel, drawn: MarketDraws) -> PotentialBidders:
    """Steps 2 to 4. Costs are those of one that wins no other lot."""
    settings, market, lots = model.settings, model.market, model.lots
    income = np.exp(market.income_sigma[:, None] * drawn.income)
    income *= market.income[:, None]
    turnover = eligibility.turnover_asked(
        lots.annual, settings.years, settings.turnover_multiple, settings.turnover_whole_contract
    )
    conditional = any(t.table is not None and not t.table.all() for t in model.inputs.tests)
    coded = bool(model.inputs.tables) or conditional or bool(model.limits.reserved)
    at = _places(model, drawn.home)
    covered = _by_home(model.covered, at) if coded else None
    together = consortia.income_together(income, market.partners, settings.consortium_income)
    alone, joint = _conditions(model, income, together, covered)
    most = model.awarding.ceiling
    carried = eligibility.carried_share(
        settings.capacity_share, settings.mobilisation_days, settings.mobilisation_needed
    )
    eligible = eligibility.eligibility_of(
        income, together, turnover, lots.annual, carried, alone, joint,
        most and most.reached(income), most and most.reached(together),
    )  # fmt: skip
    chance = consortia.chance_of_partners(settings.consortium_share, settings.timetable_days)
    leads = consortia.consortia_formed(
        eligible, drawn.partners, consortia.chances(market.partners, len(income), chance)
    )
    able = consortia.able_to_bid(eligible, leads, market.partners)
    spread = settings.days_sigma * market.days_spread
    slack = timetable.slack(market.days, spread, drawn.days, leads, settings.consortium_days, settings.timetable_days)
    cost = _cost(model, drawn, at)
    quality = _quality(model, drawn, at)
    ready = slack >= 0
    pooled = np.where(leads, together, income)
    capacity = carried * pooled
    awardable = most and most.reached(pooled)
    others = _others(model, able, capacity)
    most_saved = model.saved * np.minimum(others, model.most_others)[:, None] if model.saved else 0.0
    candidate = cost < 1 + most_saved
    candidate &= able & ready[:, None]
    further, first = bid_costs(settings, lots.annual, leads)
    return PotentialBidders(
        eligibility=eligible,
        leads=leads,
        able=able,
        ready=ready,
        ready_later=slack >= -np.log(DAYS_MULTIPLE),
        candidate=candidate,
        cost=cost,
        quality=quality,
        code=None if covered is None else _code(model, covered, leads),
        income=income,
        pooled=pooled,
        capacity=capacity,
        awardable=awardable,
        further=further,
        first=first,
        others=others,
        most=_most(model, awardable, income.shape),
        in_quotas=_in_quotas(model, leads, income, pooled),
        asked=None if model.grants is None or drawn.asked is None else model.grants.asked(drawn.asked),
    )


def _others(model: DesignModel, able: Mask, capacity: Array) -> Array:
    """How many lots each could win beside one, as far as its capacity and the cap on lots tendered for go."""
    number = len(model.lots.areas)
    may = able.sum(axis=1, dtype=np.int16) * (number if able.shape[1] == 1 else 1)
    carried = np.floor(capacity / float(model.lots.annual.mean()) * (1 + TOLERANCE))
    most = model.settings.lots_tendered or number
    return np.asarray(np.maximum(np.minimum(np.minimum(may, carried), most) - 1.0, 0.0))


def _most(model: DesignModel, awardable: Array | None, shape: tuple[int, ...]) -> Array | None:
    """How many lots each may be awarded: by the cap, and by the value that the scheme lets it win."""
    number = len(model.lots.areas)
    cap = model.settings.lots_awarded or number
    if awardable is None:
        return np.full(shape, float(cap)) if cap < number else None
    worth = np.floor(awardable / float(model.lots.annual.mean()) * (1 + TOLERANCE))
    return np.asarray(np.clip(worth, 1.0, cap))


def _places(model: DesignModel, home: Array) -> Array:
    """Where the figures of each provider and lot stand in tables by place, ``(providers, lots, draws)``."""
    providers, lots = len(home), len(model.lots.areas)
    first = np.arange(providers * lots).reshape(providers, lots, 1) * model.draws_needed.areas
    return np.asarray(first + home[:, None, :])


def _by_home(by_place: Array, at: Array) -> Array:
    """What depends on where home areas begin, ``(providers, lots, draws)``, or one draw for all."""
    return by_place if by_place.shape[2] == 1 else np.asarray(by_place.ravel().take(at))


def _cost(model: DesignModel, drawn: MarketDraws, at: Array) -> Array:
    settings, lots = model.settings, model.lots
    shape = (len(model.market.kind), len(lots.areas), drawn.cost.shape[1])
    if model.grants:
        return np.zeros(shape)
    own = settings.cost_sd * np.sqrt(1 - settings.cost_area_share) * drawn.cost
    if drawn.common is not None and settings.common_cost_sd:
        own += settings.common_cost_sd * drawn.common
    if drawn.incumbent is not None:
        present = drawn.incumbent == np.arange(shape[0])[:, None]
        own += np.where(present, -settings.incumbent_cost, settings.tupe_cost)
    if drawn.area_cost is not None and settings.cost_area_share:
        cost = mean_over(lots, drawn.area_cost)
        cost *= settings.cost_sd * np.sqrt(settings.cost_area_share)
        cost += own[:, None]
        cost += _by_home(model.cost_base, at)
    else:
        cost = np.broadcast_to(own[:, None] + _by_home(model.cost_base, at), shape).copy()
    return np.maximum(cost, 0.0, out=cost)


def _quality(model: DesignModel, drawn: MarketDraws, at: Array) -> Array:
    shape = (len(model.market.kind), len(model.lots.areas), drawn.cost.shape[1])
    own = (model.settings.quality_sd * model.market.quality_spread)[:, None] * drawn.quality
    quality = np.empty(shape)
    np.add(own[:, None], _by_home(model.quality_base, at), out=quality)
    return np.clip(quality, 0.0, 1.0, out=quality)


def _code(model: DesignModel, covered: Array, leads: Array) -> Array:
    kind = model.market.kind[:, None, None]
    joint = np.asarray(leads)[:, None].astype(np.intp)
    code = model.codes.code(model.size[None, :, None], kind, joint, covered)
    return np.broadcast_to(code, (len(leads), len(model.lots.areas), leads.shape[1]))


def _conditions(
    model: DesignModel, income: Array, together: Array, covered: Array | None
) -> tuple[Mask | None, Mask | None]:
    """Whether the scheme's conditions are met alone, and with partners."""
    annual = model.lots.annual[None, :, None]
    if (model.lots.annual == model.lots.annual[0]).all():
        annual = annual[:, :1]
    found = []
    for joint, pooled in ((False, income), (True, together)):
        code = None
        if covered is not None:
            code = _code(model, covered, np.full((len(income), income.shape[1]), joint))
        met = requirements_met(model.inputs.tests, code, income[:, None], pooled[:, None], annual)
        found.append(_at_reserved(model, met, code, income, pooled))
    return found[0], found[1]


def _at_reserved(model: DesignModel, met: Mask | None, code: Array | None, income: Array, pooled: Array) -> Mask | None:
    """The same where those alone may bid for a reserved lot for whom it is reserved."""
    if not model.limits.reserved or code is None:
        return met
    found = np.ones(code.shape, dtype=np.bool_)
    if met is not None:
        found &= met
    for lots, members in model.limits.reserved:
        found[:, list(lots)] &= members.among(code[:, list(lots)], income[:, None], pooled[:, None])
    return found


def _in_quotas(model: DesignModel, leads: Mask, income: Array, pooled: Array) -> Mask | None:
    """Whom each quota is on, which is the same at all lots; None without quotas."""
    if not model.limits.quotas:
        return None
    any_lot = np.array(0)
    code = model.codes.code(any_lot, model.market.kind[:, None], leads, any_lot)
    return np.array([quota.members.among(code, income, pooled) for quota in model.limits.quotas])


def enter(model: DesignModel, bidders: PotentialBidders, surplus: Array) -> Mask:
    """Step 5: who bids where, from expected gains as shares of the lots' values, ``-inf`` where there is no bid.

    Of a pot they are shares of what is asked.
    """
    part = 1 / model.places if bidders.asked is None else bidders.asked[:, None]  # as if all places were filled
    gain = surplus * (model.lots.value[:, None] * part)
    gain -= bidders.further
    cap = model.settings.lots_tendered
    most = np.full(bidders.first.shape, cap) if cap else None
    return entry.choose_lots(gain, bidders.first, model.lots.annual, bidders.capacity, most)
