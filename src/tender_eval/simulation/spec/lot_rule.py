"""The rule across lots that is simulated: the scheme's own (its ``award: lots``), but for what the spec states in its
place. The order in which a scheme publishes its lots names those of a tender, so lots go in the order of the design.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from tender_eval.engine.rules.grants import GrantsWithinPot
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.lots.catalogue import mechanisms_of
from tender_eval.lots.policy import figure_of, policy_of
from tender_eval.lots.rules import rules_of
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.numeric import Array
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.catalogue import Catalogue, Registered
from tender_eval.plugins.mechanism import Mechanism
from tender_eval.simulation.spec.parameters import Value
from tender_eval.simulation.spec.records import Design, Settings

POOLED = "pooled.annual_income"
NAMES = ("mechanism", "lots_tendered", "lots_awarded")
"""The parameters that a scheme states too."""


class Ceiling(NamedTuple):
    """The yearly value that one bidder may be awarded: an amount, or a share of its income and its partners'."""

    amount: float
    share: bool

    def reached(self, pooled: Array) -> Array:
        """The value by provider and draw, from the income of each and its partners."""
        return self.amount * (pooled if self.share else np.ones(pooled.shape))


class Awarding(NamedTuple):
    """How the lots of a design are awarded."""

    mechanism: Registered[Mechanism]
    params: Any
    ceiling: Ceiling | None


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
    """

    of_scheme: bool = False
    mechanism: str = "lot_order"
    lots_tendered: int = 0
    lots_awarded: int = 0
    capacity: Capacity | None = None
    ordered: bool = False
    overruled: tuple[tuple[str, Value, Value], ...] = ()


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


def rule_of(design: Design) -> LotRule:
    """The rule of a design."""
    settings, limits = design.settings, design.scheme.award.lots
    stated, bound = stated_by(design.scheme), limits.capacity if limits else None
    return LotRule(
        bool(stated),
        settings.mechanism,
        settings.lots_tendered,
        settings.lots_awarded,
        Capacity(bound.amount, str(bound.of)) if bound else None,
        bool(limits and limits.order),
        tuple((n, v, getattr(settings, n)) for n, v in stated.items() if getattr(settings, n) != v),
    )


def awarding_of(scheme: Scheme, settings: Settings, catalogue: Catalogue) -> Awarding:
    """The mechanism with its parameters, and the scheme's capacity.

    Raises:
        Refused: TE044 where there is no such mechanism, TE028 where it does not honour the limits that are set, TE052
            where the capacity is a share of what is not known of simulated bids, and what is wrong with the scheme's.
    """
    name, limits, known = settings.mechanism, scheme.award.lots, mechanisms_of(catalogue)
    capacity = limits.capacity if limits else None
    problems = Problems()
    if name not in known:
        problems.add("TE044", None, f'there is no mechanism "{name}"', did_you_mean(name, known))
    elif (settings.lots_awarded or capacity) and not known[name].item.honours_limits:
        limit = f"lots_awarded is {settings.lots_awarded}" if settings.lots_awarded else "the scheme states a capacity"
        hint = "state mechanism: lot_order in the parameters, or leave the limit out"
        problems.add("TE028", None, f'the mechanism "{name}" looks at no limit, and {limit}', hint)
    if limits and (others := [rule for rule in rules_of(limits) if rule not in ("most_awarded", "capacity")]):
        message = f"{', '.join(others)}: these limits on what is awarded are not simulated"
        problems.add("TE028", limits.where, message, "leave them out, or state most_awarded or capacity in their place")
    if scheme.award.suppliers > 1 and (capacity or settings.lots_awarded):
        message = f"a limit on what one may be awarded is not simulated where each lot goes to {scheme.award.suppliers}"
        problems.add("TE028", scheme.award.where, message, "leave the limit out, or take a scheme with suppliers: 1")
    if shares_pot(scheme) and (capacity or settings.lots_awarded):
        message = "a limit on what one may be awarded is not simulated where a pot is shared out"
        problems.add("TE028", scheme.award.where, message, "leave the limit out")
    ceiling = None
    if capacity:
        ceiling = Ceiling(float(capacity.amount), bool(capacity.of))
        if capacity.of and figure_of(capacity) != POOLED:
            message = f'the capacity is a share of "{capacity.of}", which is not known of simulated bids'
            problems.add("TE052", capacity.where, message, "take a share of supplier.annual_income, or an amount")
    problems.refuse()
    if limits and name == limits.mechanism.name:
        return Awarding(known[name], policy_of(scheme, catalogue).floats, ceiling)
    return Awarding(known[name], known[name].item.Params(), ceiling)
