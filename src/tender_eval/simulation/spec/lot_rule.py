"""The rule across lots that is simulated: the scheme's own (its ``award: lots``), but for what the spec states in its
place. The order in which a scheme publishes its lots names those of a tender, so lots go in the order of the design.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from tender_eval.engine.rules.grants import GrantsWithinPot
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.lots.catalogue import mechanisms_of
from tender_eval.lots.policy import INDEPENDENT, figure_of, policy_of
from tender_eval.lots.rules import rules_of, without
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.numeric import TOLERANCE, Array
from tender_eval.model.scheme import LotLimits, Scheme
from tender_eval.plugins.catalogue import Catalogue, Registered
from tender_eval.plugins.mechanism import Mechanism
from tender_eval.simulation.spec.parameters import Value
from tender_eval.simulation.spec.records import Design, Settings
from tender_eval.simulation.spec.reserved import LotsOfEach, reserved_by_name, reserved_in

POOLED = "pooled.annual_income"
NAMES = ("mechanism", "lots_tendered", "lots_awarded")
"""The parameters that a scheme states too."""


class Ceiling(NamedTuple):
    """The yearly value that one bidder may be awarded: an amount, or a share of its income and its partners'; and no
    more than ``most``."""

    amount: float
    share: bool
    most: float = np.inf

    def reached(self, pooled: Array) -> Array:
        """The value by provider and draw, from the income of each and its partners."""
        return np.minimum(self.amount * (pooled if self.share else np.ones(pooled.shape)), self.most)


class Awarding(NamedTuple):
    """How the lots of a design are awarded.

    Attributes:
        ceiling: the value that one may be awarded; None for no limit.
        limits: of the scheme, but for those that lapse.
        reserved: the lots of the design that each reservation of the scheme is of.
    """

    mechanism: Registered[Mechanism]
    params: Any
    ceiling: Ceiling | None
    limits: LotLimits
    reserved: LotsOfEach


class Capacity(NamedTuple):
    """An amount in the scheme's currency, or a share of a figure."""

    amount: Fraction
    of: str = ""


@dataclass(frozen=True, slots=True)
class LotRule:
    """The rule across lots of a design, for reports.

    Attributes:
        of_scheme: the scheme says something of lots.
        capacity: what one bidder may be awarded in yearly value, as the scheme has it; None for no limit.
        ordered: the scheme publishes an order of lots.
        overruled: what the spec states otherwise than the scheme: the parameter, the scheme's value, the spec's.
        most_value: the share of the yearly value of all lots that one bidder may be awarded; None for no limit.
        most_suppliers, fewest_suppliers: how many may be awarded anything, and how many must be; 0 for no limit.
        reserved: lots of the design that are reserved, counted from 1.
        quotas: ids of those that the scheme has.
        by_share: as large a share of the lots is reserved as in the scheme, for their names are none of the spec's.
        lapsed: limits of the scheme that no award of the design could keep to, so that they are left out.
        offers: what the scheme takes of offers for several lots together, none of which is simulated.
    """

    of_scheme: bool = False
    mechanism: str = "lot_order"
    lots_tendered: int = 0
    lots_awarded: int = 0
    capacity: Capacity | None = None
    ordered: bool = False
    overruled: tuple[tuple[str, Value, Value], ...] = ()
    most_value: Fraction | None = None
    most_suppliers: int = 0
    fewest_suppliers: int = 0
    reserved: tuple[int, ...] = ()
    quotas: tuple[str, ...] = ()
    by_share: bool = False
    lapsed: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


def stated_by(scheme: Scheme) -> Mapping[str, Value]:
    """What a scheme says of lots, by parameter; empty where it says nothing."""
    limits = scheme.award.lots
    if limits is None:
        return {}
    values = (str(limits.mechanism.name), limits.most_tendered or 0, limits.most_awarded or 0)
    return dict(zip(NAMES, values, strict=True))


def years_stated_by(scheme: Scheme) -> Mapping[str, Value]:
    """Over how many years a scheme makes the price of its components, which the contract then runs."""
    price = scheme.price
    made = price is not None and price.components and price.discounted is None
    return {"years": float(price.years)} if price is not None and made else {}


def shares_pot(scheme: Scheme) -> bool:
    """Whether the scheme shares out a pot of money in grants, in the way that is simulated."""
    return str(scheme.award.rule.name) == GrantsWithinPot.name


def pot_stated_by(scheme: Scheme) -> Mapping[str, Value]:
    """The value of all lots together where the scheme shares out a pot: the pot."""
    if not shares_pot(scheme):
        return {}
    try:
        return {"value": float(parse_number(str(scheme.award.rule.params["pot"])))}
    except (KeyError, NotANumber):  # told where the scheme is read
        return {}


def given_by(scheme: Scheme) -> Mapping[str, Value]:
    """Every parameter that a scheme states."""
    return {**stated_by(scheme), **years_stated_by(scheme), **pot_stated_by(scheme)}


def with_rule(settings: Settings, scheme: Scheme | None, stated: Container[str]) -> Settings:
    """The settings with what the scheme says of lots, its years and its pot, but for what the spec states."""
    of_scheme = given_by(scheme) if scheme else {}
    return replace(settings, **{n: v for n, v in of_scheme.items() if n not in stated})  # type: ignore[arg-type]


def rule_of(design: Design, area_weights: Sequence[float]) -> LotRule:
    """The rule of a design.

    Args:
        area_weights: share of the contract's value in each area.
    """
    settings, limits = design.settings, design.scheme.award.lots
    stated = stated_by(design.scheme)
    overruled = tuple((n, v, getattr(settings, n)) for n, v in stated.items() if getattr(settings, n) != v)
    rule = LotRule(bool(stated), settings.mechanism, settings.lots_tendered, settings.lots_awarded, overruled=overruled)
    if limits is None:
        return rule
    lapsed = lapsed_in(design, area_weights)
    kept = without(limits, lapsed)
    bound = kept.capacity
    return replace(
        rule,
        capacity=Capacity(bound.amount, str(bound.of)) if bound else None,
        ordered=bool(limits.order),
        most_value=kept.most_value,
        most_suppliers=kept.most_suppliers or 0,
        fewest_suppliers=kept.fewest_suppliers or 0,
        reserved=tuple(sorted({lot + 1 for lots in reserved_in(design) for lot in lots})),
        quotas=tuple(str(quota.id) for quota in kept.quotas),
        by_share=bool(limits.reserved) and not reserved_by_name(design),
        lapsed=lapsed,
        offers=limits.offers.taken,
    )


def lapsed_in(design: Design, area_weights: Sequence[float]) -> tuple[str, ...]:
    """The limits of a scheme to which no award of any lot of a design could keep, whoever bids: with few lots each is
    more than the share of the value that one may be awarded, or there are fewer lots than suppliers or lots of a quota
    are asked for."""
    limits = design.scheme.award.lots
    if limits is None:
        return ()
    smallest = min(sum(area_weights[area] for area in areas) for areas in design.partition)
    found = []
    if limits.most_value is not None and float(limits.most_value) * (1 + TOLERANCE) < smallest:
        found.append("most_value")
    if (limits.fewest_suppliers or 0) > design.lots:
        found.append("fewest_suppliers")
    return (*found, *(f"quotas.{quota.id}" for quota in limits.quotas if quota.fewest > design.lots))


def awarding_of(design: Design, area_weights: Sequence[float], catalogue: Catalogue) -> Awarding:
    """The mechanism of a design with its parameters, and the limits of its scheme.

    Raises:
        Refused: TE044 where there is no such mechanism, TE028 where it does not honour the limits that are set, TE052
            where the capacity is a share of what is not known of simulated bids, TE056 where reserved lots are none of
            the spec's, and what is wrong with the scheme's.
    """
    scheme, settings = design.scheme, design.settings
    name, known = settings.mechanism, mechanisms_of(catalogue)
    limits = without(scheme.award.lots or INDEPENDENT, lapsed_in(design, area_weights))
    capacity = limits.capacity
    problems = Problems()
    limited = f"lots_awarded is {settings.lots_awarded}" if settings.lots_awarded else _stated_limit(limits)
    minimums = limits.fewest_suppliers or any(quota.fewest for quota in limits.quotas)
    if name not in known:
        problems.add("TE044", None, f'there is no mechanism "{name}"', did_you_mean(name, known))
    elif limited and not known[name].item.honours_limits:
        hint = "state mechanism: lot_order in the parameters, or leave the limit out"
        problems.add("TE028", None, f'the mechanism "{name}" looks at no limit, and {limited}', hint)
    elif minimums and not known[name].item.meets_minimums:
        message = f'the mechanism "{name}" awards one lot after another, and cannot see to the minimum of the scheme'
        problems.add("TE028", None, message, "leave mechanism out of the parameters, or state mechanism: best_total")
    if scheme.award.suppliers > 1 and limited:
        message = f"a limit on what one may be awarded is not simulated where each lot goes to {scheme.award.suppliers}"
        problems.add("TE028", scheme.award.where, message, "leave the limit out, or take a scheme with suppliers: 1")
    if shares_pot(scheme) and limited:
        message = "a limit on what one may be awarded is not simulated where a pot is shared out"
        problems.add("TE028", scheme.award.where, message, "leave the limit out")
    if capacity and capacity.of and figure_of(capacity) != POOLED:
        message = f'the capacity is a share of "{capacity.of}", which is not known of simulated bids'
        problems.add("TE052", capacity.where, message, "take a share of supplier.annual_income, or an amount")
    problems.refuse()
    params = known[name].item.Params()
    if scheme.award.lots and name == scheme.award.lots.mechanism.name:
        params = policy_of(scheme, catalogue).floats
    return Awarding(known[name], params, _ceiling(limits, settings), limits, reserved_in(design))


def _stated_limit(limits: LotLimits) -> str:
    """What a scheme limits of awards, in words; empty where it limits nothing."""
    if limits.capacity:
        return "the scheme states a capacity"
    more = [limit for limit in rules_of(limits) if limit != "most_awarded"]
    return f"the scheme states {', '.join(more)}" if more else ""


def _ceiling(limits: LotLimits, settings: Settings) -> Ceiling | None:
    capacity, most = limits.capacity, np.inf
    if limits.most_value is not None:
        most = float(limits.most_value) * settings.value / settings.years
    if capacity:
        return Ceiling(float(capacity.amount), bool(capacity.of), most)
    return Ceiling(most, share=False) if limits.most_value is not None else None
