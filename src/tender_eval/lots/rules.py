"""The limits of a scheme one by one: what the award is without each, and which cannot be kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.lots.contest import contest_of, divisors_of
from tender_eval.lots.policy import SINGLE, LotPolicy
from tender_eval.lots.qualified import Qualified
from tender_eval.lots.run import run_mechanism
from tender_eval.model.bids import Bids
from tender_eval.model.evaluation import BidResult, Evaluation, Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.scheme import LotLimits
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.mechanism import Contest, LotAwards


class Terms(NamedTuple):
    """What lots are awarded by, beside the evaluations: see `tender_eval.lots.award.AcrossLots`."""

    policy: LotPolicy
    capacities: Mapping[str, Step]
    given_up: tuple[str, ...]
    qualified: Qualified


def rules_of(limits: LotLimits) -> tuple[str, ...]:
    """The limits on awards by their keys, a quota by ``quotas.`` and its id; not those on what is tendered for."""
    single = [name for name in SINGLE if getattr(limits, name) is not None]
    return (*single, *(("reserved",) if limits.reserved else ()), *(f"quotas.{quota.id}" for quota in limits.quotas))


def without(limits: LotLimits, rules: Iterable[str]) -> LotLimits:
    """The limits but for these."""
    gone = frozenset(rules)
    return replace(
        limits,
        most_awarded=None if "most_awarded" in gone else limits.most_awarded,
        capacity=None if "capacity" in gone else limits.capacity,
        most_value=None if "most_value" in gone else limits.most_value,
        most_suppliers=None if "most_suppliers" in gone else limits.most_suppliers,
        fewest_suppliers=None if "fewest_suppliers" in gone else limits.fewest_suppliers,
        reserved=() if "reserved" in gone else limits.reserved,
        quotas=tuple(quota for quota in limits.quotas if f"quotas.{quota.id}" not in gone),
    )


class Came(NamedTuple):
    """What an award comes to: its lots, their figures and their evaluated prices together.

    ``total`` is None where figures of several lots do not come to one, ``price`` where no price is read.
    """

    bids: Mapping[str, str]
    total: Fraction | None
    price: Fraction | None


@dataclass(frozen=True, slots=True)
class LotChange:
    """A lot that goes to another without the limit; a bid is empty for nobody.

    ``figure`` and ``price`` are by how much those of ``without`` are more, None where one of the two is not known.
    """

    lot: str
    with_it: str
    without: str
    figure: Fraction | None
    price: Fraction | None


@dataclass(frozen=True, slots=True)
class PriceOfRule:
    """The award as it would be without one limit, beside the award as it is."""

    rule: str
    with_it: Came
    without: Came
    changes: tuple[LotChange, ...]


@dataclass(frozen=True, slots=True)
class CostsOfLimits:
    """What each limit costs, and the fewest limits that cannot be kept together; see `smallest_conflict`."""

    prices: tuple[PriceOfRule, ...]
    conflict: tuple[str, ...]


def costs_of_limits(
    compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation], terms: Terms
) -> CostsOfLimits:
    """What each limit costs and which of them cannot be kept together.

    Raises:
        Refused: as `award_lots` does.
    """
    prices = price_of_rules(compiled, bids, lots, terms)
    return CostsOfLimits(prices, smallest_conflict(compiled, bids, lots, terms))


def price_of_rules(
    compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation], terms: Terms
) -> tuple[PriceOfRule, ...]:
    """What each limit costs: the scheme's mechanism once more without it, all else as it was.

    Raises:
        Refused: as `award_lots` does.
    """
    ask = Contested(compiled, bids, lots, terms)
    limits = terms.policy.limits
    now = ask.comes_to(*ask.award(limits))
    return tuple(_price(ask, rule, now, without(limits, [rule])) for rule in rules_of(limits))


def _price(ask: Contested, rule: str, now: Came, limits: LotLimits) -> PriceOfRule:
    other = ask.comes_to(*ask.award(limits))
    changes = tuple(
        ask.change(lot, now.bids.get(lot, ""), other.bids.get(lot, ""))
        for lot in ask.lots
        if now.bids.get(lot, "") != other.bids.get(lot, "")
    )
    return PriceOfRule(rule, now, other, changes)


def smallest_conflict(
    compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation], terms: Terms
) -> tuple[str, ...]:
    """The fewest limits that cannot be kept together; empty where all can.

    Limits cannot be kept where nothing that they ask for can be awarded; or else where, under them, not every lot can
    be awarded that somebody stands for. Of sets of one size the one comes first whose limits do in the scheme.
    """
    from tender_eval.lots.optimum.awards import can_be_kept

    ask = Contested(compiled, bids, lots, terms)
    limits, every = terms.policy.limits, rules_of(terms.policy.limits)
    wanted = [n for n, (name, one) in enumerate(lots.items()) if one.ranked and name not in terms.given_up]

    def kept(rules: Iterable[str], filled: list[int]) -> bool:
        gone = [rule for rule in every if rule not in frozenset(rules)]
        return can_be_kept(ask.contest(without(limits, gone)), filled)

    if not kept(every, []):
        return _smallest(every, lambda rules: not kept(rules, []))
    return () if kept(every, wanted) else _smallest(every, lambda rules: not kept(rules, wanted))


def _smallest(every: tuple[str, ...], conflicts: Callable[[tuple[str, ...]], bool]) -> tuple[str, ...]:
    sets = (rules for size in range(1, len(every) + 1) for rules in combinations(every, size))
    return next(rules for rules in sets if conflicts(rules))


class Contested:
    """Lots that the mechanism is asked to award: under the limits of the scheme, or under others.

    ``adds_up`` says whether figures of several lots come to one.
    """

    def __init__(self, compiled: CompiledScheme, bids: Bids, lots: Mapping[str, Evaluation], terms: Terms) -> None:
        self.bids, self.lots, self.terms = bids, lots, terms
        below = divisors_of(compiled, bids, lots)
        self.adds_up = not isinstance(below, Unsupported)
        self.divisors = None if isinstance(below, Unsupported) else below

    def contest(self, limits: LotLimits) -> Contest:
        """The contest under these limits."""
        terms, policy = self.terms, self.terms.policy._replace(limits=limits)
        contest = contest_of(policy, self.bids, self.lots, terms.capacities, terms.given_up, self._qualified(limits))
        return contest._replace(divisors=self.divisors)

    def _qualified(self, limits: LotLimits) -> Qualified:
        return self.terms.qualified if limits.reserved else self.terms.qualified._replace(reserved={})

    def award(self, limits: LotLimits) -> tuple[Contest, LotAwards]:
        """The contest under these limits, and its award."""
        contest, policy = self.contest(limits), self.terms.policy
        return contest, run_mechanism(policy.mechanism, policy.params, contest, policy.limits.mechanism.where)

    def comes_to(self, contest: Contest, awards: LotAwards) -> Came:
        """What an award comes to."""
        from tender_eval.lots.optimum.awards import choices_of, total_of

        names, ids = list(self.lots), [bid.id for bid in self.bids.offers]
        won = choices_of(awards)
        held = {names[lot]: ids[row] for row, (lot,) in won}
        prices = [self._price(lot, bid) for lot, bid in held.items()]
        known = [price for price in prices if price is not None]
        total = total_of(contest, (Fraction(1),) * len(names), won) if self.adds_up else None
        return Came(held, total, sum(known, Fraction(0)) if len(known) == len(prices) else None)

    def change(self, lot: str, with_it: str, without_it: str) -> LotChange:
        """What changes at a lot."""
        figures = [self._bid(lot, bid) for bid in (with_it, without_it)]
        more = [(one.figure or Fraction(0)) if one else None for one in figures]
        prices = [self._price(lot, bid) for bid in (with_it, without_it)]
        return LotChange(lot, with_it, without_it, _more(more), _more(prices))

    def _bid(self, lot: str, bid: str) -> BidResult | None:
        return self.lots[lot].find(bid) if bid else None

    def _price(self, lot: str, bid: str) -> Fraction | None:
        result = self._bid(lot, bid)
        return price_read(result.step) if result else None


def _more(pair: list[Fraction | None]) -> Fraction | None:
    before, after = pair
    return None if before is None or after is None else after - before


def price_read(step: Step) -> Fraction | None:
    """The evaluated price that the steps of a result read; None where they read none."""
    found = (one.value for one in step.walk() if one.label == Column("price"))
    return next((value for value in found if isinstance(value, Fraction)), None)
