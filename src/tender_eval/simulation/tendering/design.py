"""A design compiled: the market, the lots, the scheme and what it reads, the mechanism."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tender_eval.engine.compiled import CompiledScheme, compile_scheme
from tender_eval.engine.questions import over_lots
from tender_eval.model.diagnostics import Problems
from tender_eval.model.numeric import Array
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.market.partition import Lots, home_counts, home_shares, lots_of
from tender_eval.simulation.market.providers import DrawsNeeded, Market, market_of
from tender_eval.simulation.spec.lot_rule import Awarding, awarding_of
from tender_eval.simulation.spec.records import Design, Provider, ProviderType, Settings
from tender_eval.simulation.tendering.codes import Codes
from tender_eval.simulation.tendering.effort import Effort
from tender_eval.simulation.tendering.facts import SchemeInputs, scheme_inputs
from tender_eval.simulation.tendering.grants import Grants, grants_of, with_pot
from tender_eval.simulation.tendering.lot_limits import LotLimits, lot_limits_of


@dataclass(frozen=True, slots=True)
class DesignModel:
    """A design ready to run.

    Attributes:
        cost_base: mean cost of each provider at each lot by where its home areas begin, ``(providers, lots,
            places)``; one place for all where it makes no difference.
        quality_base: mean quality likewise.
        covered: number of the lot's areas that are home likewise.
        saved: what a provider saves on a lot for every other lot that it wins, as a share of the lot's value.
        most_others: other lots that it may win.
        effort: what effort adds to quality and costs; None where nobody makes any.
        places: bids that are awarded each lot; of a pot, how many grants it is enough for on average.
        limits: those that turn on who a bidder is, or on how many are awarded anything.
        grants: how a pot is shared out; None where the scheme awards contracts.
        spread: standard deviation of the mean of what the evaluators think.
        wanted: what has to be drawn.
    """

    settings: Settings
    types: tuple[ProviderType, ...]
    market: Market
    lots: Lots
    scheme: CompiledScheme
    codes: Codes
    inputs: SchemeInputs
    awarding: Awarding
    limits: LotLimits
    cost_base: Array
    quality_base: Array
    covered: Array
    size: Array  # of each lot: index of its number of areas in the codes
    saved: float
    most_others: float
    effort: Effort | None
    places: int
    grants: Grants | None
    spread: float
    draws_needed: DrawsNeeded


def model_of(
    design: Design,
    types: Sequence[ProviderType],
    providers: Sequence[Provider],
    area_weights: Sequence[float],
    catalogue: Catalogue,
) -> DesignModel:
    """Compile a design.

    Raises:
        Refused: the scheme does not compile or reads what is not known of the providers, or what `awarding_of` and
            `lot_limits_of` refuse; TE028 where the mechanism adds up figures of several lots that do not add up.
    """
    settings = design.settings
    awarding = awarding_of(design, area_weights, catalogue)
    lots = lots_of(design.partition, area_weights, settings.value, settings.years, awarding.reserved)
    scheme = _compiled(design.scheme, catalogue)
    grants = grants_of(scheme.plan, settings, lots.value)
    if grants:
        scheme = compile_scheme(with_pot(design.scheme, float(lots.value[0])), catalogue)
    market = market_of(types, providers, len(area_weights))
    sizes = tuple(sorted({len(areas) for areas in lots.areas}))
    codes = Codes(sizes, len(types), len(area_weights))
    inputs = scheme_inputs(scheme.plan, types, settings, codes)
    _check_total(scheme, awarding)
    limits = lot_limits_of(awarding, types, settings, codes, inputs.declared)
    at_home = home_shares(lots, market.home)
    economy = lots.share**-settings.scale_elasticity
    fixed = settings.lot_fixed_cost * (1 / lots.value - 1 / settings.value)
    # Whoever holds lots of a share S saves in all portfolio_saving x S^2 of the mean cost of the contract, so one that
    # wins a lot of share s beside others of share O pays portfolio_saving x (1 - s - 2 O) more for it than for all.
    apart = settings.portfolio_saving * settings.cost_mean * (1 - lots.share)
    cost = (settings.cost_mean * economy + fixed + apart)[None, None] + market.away[:, None, None] * (1 - at_home)
    quality = market.quality[:, None, None] + settings.home_quality * at_home
    questions = len(inputs.questions) if settings.evaluator_noise else 0
    saved = 2 * settings.portfolio_saving * settings.cost_mean / len(lots.share)
    return DesignModel(
        settings=settings,
        types=tuple(types),
        market=market,
        lots=lots,
        scheme=scheme,
        codes=codes,
        inputs=inputs,
        awarding=awarding,
        limits=limits,
        cost_base=_by_place(cost),
        quality_base=_by_place(quality),
        covered=_by_place(home_counts(lots, market.home)),
        saved=saved if len(lots.share) > 1 and not grants else 0.0,
        most_others=float((settings.lots_awarded or len(lots.share)) - 1),
        effort=Effort(settings.effort_quality, settings.effort_cost) if settings.effort_quality else None,
        places=grants.enough_for if grants else design.scheme.award.suppliers,
        grants=grants,
        size=np.array([sizes.index(len(areas)) for areas in lots.areas]),
        spread=settings.evaluator_noise / float(np.sqrt(settings.evaluators)),
        draws_needed=DrawsNeeded(
            providers=len(market.kind),
            areas=len(area_weights),
            area_cost=settings.cost_area_share > 0,
            common=settings.common_cost_sd > 0,
            asked=grants is not None,
            incumbent=bool(settings.incumbent_cost or settings.tupe_cost),
            questions=questions,
            places=frozenset(lots.first if questions else ()),
        ),
    )


_LAST: list[tuple[Scheme, Catalogue, CompiledScheme]] = []


def _compiled(scheme: Scheme, catalogue: Catalogue) -> CompiledScheme:
    """The scheme compiled; once where it is asked for again and again, for many designs have the same one."""
    last = next(iter(_LAST), None)  # looked at once: another thread may put its own there at any time
    if last is None or last[0] is not scheme or last[1] is not catalogue:
        last = (scheme, catalogue, compile_scheme(scheme, catalogue))
        _LAST[:] = [last]
    return last[2]


def _check_total(scheme: CompiledScheme, awarding: Awarding) -> None:
    """That figures of several lots add up, where the mechanism adds them up."""
    rule = scheme.plan.rule
    if awarding.mechanism.item.totals and over_lots(rule) != ():
        problems = Problems()
        message = f'the mechanism "{awarding.mechanism.name}" adds up figures of several lots, and in a simulation '
        message += f'those of "{rule.rule.name}" do not add up'
        problems.add("TE028", rule.where, message, "state mechanism: largest_lead in the parameters, or lot_order")
        problems.refuse()


def _by_place(values: Array) -> Array:
    """``(providers, places, lots)`` to ``(providers, lots, places)``, with one place where all are the same."""
    turned = np.ascontiguousarray(np.moveaxis(values, 1, 2))
    return turned[..., :1].copy() if bool((turned == turned[..., :1]).all()) else turned
