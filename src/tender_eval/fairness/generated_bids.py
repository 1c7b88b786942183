"""Bids made up from stated distributions, for a scheme that nobody has bid under yet.

Every figure that the scheme reads is stated; what was assumed is told in words. Nothing but the scheme, the
number of bids and the seed decides what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp, log, sqrt
from typing import Literal, NamedTuple

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.plan import Plan
from tender_eval.engine.price import factor
from tender_eval.fairness.bases import MadeUp, PriceLevel, Worth
from tender_eval.fairness.figures import FREE, Wanted, earning, plain, span, wanted
from tender_eval.fairness.meeting import Meeting
from tender_eval.fairness.provider_types import TYPES, provider
from tender_eval.fairness.trial import Trial, tried
from tender_eval.model.bids import Bid, Bids, Figure, Mark, Tender, Value, reads_price
from tender_eval.model.scheme import PriceModel
from tender_eval.scorers.social_value import SocialValueParams

COUNT = 6
PRICE_SPREAD = 0.118  # coefficient of variation
LEVEL, BETWEEN, WITHIN = 0.66, 0.09, 0.12  # of full marks: the mean, and the spreads between and within bids
YEARLY_VALUE = Fraction(250_000)
AREAS = ("north", "south")
OTHER_LEVELS = tuple(Fraction(n, 100) for n in (100, 50, 10, 1, 200, 1000))
"""Multiples of the price level, tried in turn where the scheme cannot score the one before."""


class Generated(NamedTuple):
    """The bids, and what was assumed."""

    bids: Bids
    how: MadeUp


def generate_bids(scheme: CompiledScheme, count: int = COUNT, seed: int = 1) -> Generated:
    """Bids for a scheme; the same for the same scheme, count and seed.

    Marks: each bid has a level of its own (normal around 66% of full marks, spread 9%), each mark a spread
    around that (12%), held to the scale. Prices: lognormal with a coefficient of variation of 0.118, around a
    level that follows from the scheme where it names one (a budget, a cap, a ceiling, a band, an estimated value).
    Suppliers: four kinds in turn; the seed says which comes first and who has partners, so that over many tenders
    every kind bids as often, with partners and without. What the conditions ask is stated so that they are met,
    where it can be.
    """
    market = _Market.of(scheme.plan)
    for times in OTHER_LEVELS:
        tuned = replace(market, prices=replace(market.prices, level=plain(market.prices.level * times), times=times))
        draw = np.random.Generator(np.random.PCG64(seed))
        made = tuple(tuned.bid(n, seed - 1, draw) for n in range(count))
        found = Bids(made, market.tender, str(scheme.scheme.currency), notes="made up: nobody made these bids")
        evaluation = tried(Trial(scheme, found))
        if evaluation is not None:
            out = sum(bid.rank is None for bid in evaluation.bids)
            return Generated(found, tuned.how(count, seed, out))
    return Generated(found, tuned.how(count, seed, 0))


@dataclass(frozen=True, slots=True)
class _Market:
    """What all bids have in common."""

    plan: Plan
    columns: dict[str, Wanted]
    tender: Tender
    worth: Worth
    prices: PriceLevel

    @property
    def yearly(self) -> Fraction:
        return self.worth.yearly

    @classmethod
    def of(cls, plan: Plan) -> _Market:
        years = _years(plan)
        whole, source = _worth(plan, years)
        worth = Worth(plain(whole / (years or 1)), source, years)
        tender = Tender("made-up", "", {"annual_value": Figure(worth.yearly), "areas": Figure(AREAS)})
        return cls(plan, wanted(plan), tender, worth, _price_level(plan) or PriceLevel(whole, "value"))

    def bid(self, n: int, turn: int, draw: np.random.Generator) -> Bid:
        """The bid at this place, in a tender where the kinds of suppliers begin with the one at ``turn``."""
        level = LEVEL + BETWEEN * float(draw.standard_normal())
        price = plain(self.prices.level * _spread(draw), 4)
        partners = any(column.startswith(("consortium.", "pooled.")) for column in self._read())
        made = provider(n, turn, self.yearly, AREAS, partners, draw)
        figures, marks = dict(made.facts), {}
        for column, want in self.columns.items():
            kind, _, name = column.partition(".")
            if kind not in FREE:
                continue
            share = Fraction(round(min(max(level + WITHIN * float(draw.standard_normal()), 0.0), 1.0) * 10_000), 10_000)
            value = self._value(column, want, share, price)
            if kind == "marks":
                marks[name] = Mark(Figure(value))
            else:
                figures[column] = value >= 1 if kind == "declarations" else value
        figures |= self._stated_prices(price, draw)
        named = {name: Figure(value) for name, value in figures.items()}
        bid = Bid(f"bid_{n + 1}", made.name, named, marks, made.members)
        return Meeting(self.plan, self.tender, self.yearly, AREAS).meet(bid, n)

    def _read(self) -> Iterable[str]:
        conditions = self.plan.scheme.conditions
        return [*self.columns, *(f"pooled.{c.reads}" if c.pooled else c.reads for c in conditions)]

    def _value(self, column: str, want: Wanted, share: Fraction, price: Fraction) -> Fraction:
        """A figure that earns about this share of the marks, written as people write them."""
        rule = self.plan.rule.params
        if column == getattr(rule, "price", None):
            return price
        cap = _number(getattr(rule, "cap", None))
        if cap and column == getattr(rule, "amount", None):  # what is asked of a pot, each up to a cap
            return plain(cap * (1 + share) / 2)
        if cap and column == getattr(rule, "floor", None):
            return plain(cap / 4)
        seen = self._usual(column, want)
        low, high = span(want, seen)
        found = earning(share, want, seen, nearest=True)
        if want.reads.one_of:
            return found
        places = 0 if high - low >= 20 else 1 if high - low >= 2 else 2
        written = Fraction(round(found * 10**places), 10**places)
        return min(max(written, low), high)

    def _usual(self, column: str, want: Wanted) -> tuple[Fraction, Fraction]:
        """The ends of a figure for which the scheme states none."""
        params = want.leaf.params if want.leaf else None
        if isinstance(params, SocialValueParams):  # commitments in money: together they may reach the cap
            values = [proxy.value for proxy in params.proxies if proxy.reads == column]
            most = self.yearly * params.years * params.cap / len(params.proxies)
            return Fraction(0), max([Fraction(1), *(plain(most / value, 2) for value in values)])
        if want.reads.better == "lower":
            return Fraction(80), Fraction(120)
        return (Fraction(1) if want.leaf else Fraction(0)), Fraction(100)

    def _stated_prices(self, price: Fraction, draw: np.random.Generator) -> dict[str, Value]:
        model = self.plan.scheme.price
        if model is None:
            direct = {c: plain(self.prices.level * _spread(draw), 4) for c in self.columns if c.startswith("prices.")}
            return {"price": price, **direct} if not direct else dict(direct)
        return _components(price, model)

    def how(self, count: int, seed: int, out: int) -> MadeUp:
        """The assumptions."""
        scheme = self.plan.scheme
        return MadeUp(
            count,
            seed,
            LEVEL,
            BETWEEN,
            WITHIN,
            tuple(kind.id for kind in TYPES),
            self.worth,
            AREAS,
            bool(scheme.award.lots) or (_number(scheme.regime.get("lots")) or 0) > 1,
            bool(scheme.conditions),
            self.prices if any(map(reads_price, self.columns)) else None,
            PRICE_SPREAD,
            out,
        )


def _years(plan: Plan) -> int:
    """The years that the contract runs: those of the price, of the regime, or of a scorer; 0 where none is stated."""
    model, regime = plan.scheme.price, _number(plan.scheme.regime.get("years"))
    if model is not None and model.years > 1:
        return model.years
    of_leaves = (_number(getattr(leaf.params, "years", None)) for leaf in plan.leaves)
    return int(regime or max((years for years in of_leaves if years), default=0))


def _worth(plan: Plan, years: int) -> tuple[Fraction, Literal["estimated value", "pot", "assumed"]]:
    """The value of the whole contract, and what it follows from."""
    if estimated := _number(plan.scheme.regime.get("estimated_value")):
        return estimated, "estimated value"
    if pot := _number(getattr(plan.rule.params, "pot", None)):
        return pot, "pot"
    return YEARLY_VALUE * (years or 1), "assumed"


def _spread(draw: np.random.Generator) -> Fraction:
    """A factor with a mean of one, lognormal with the coefficient of variation of prices."""
    sigma = sqrt(log(1 + PRICE_SPREAD**2))
    return Fraction(round(exp(sigma * float(draw.standard_normal()) - sigma**2 / 2) * 10_000), 10_000)


def _price_level(plan: Plan) -> PriceLevel | None:
    """A price that the scheme itself points to."""
    rule = plan.rule.params
    if (budget := _number(getattr(rule, "budget", None))) is not None:
        return PriceLevel(plain(budget * Fraction(9, 10)), "budget")
    if (estimate := _number(getattr(rule, "estimate", None))) is not None:
        return PriceLevel(plain(estimate), "estimate")
    if (cap := _number(getattr(rule, "cap", None))) is not None:
        return PriceLevel(plain(cap * Fraction(3, 4)), "cap")
    for leaf in plan.leaves:
        if getattr(leaf.params, "field", None) != "price":
            continue
        ceiling = _number(getattr(leaf.params, "ceiling", None))
        if ceiling is not None:
            return PriceLevel(plain(ceiling * Fraction(9, 10)), "ceiling", leaf.id)
        ends = [_number(getattr(leaf.params, name, None)) for name in ("full_at", "zero_at")]
        ends += [_number(getattr(point, "value", None)) for point in getattr(leaf.params, "points", ())]
        stated = [end for end in ends if end is not None]
        if stated:
            return PriceLevel(plain((min(stated) + max(stated)) / 2), "band", leaf.id)
    return None


def _components(price: Fraction, model: PriceModel) -> dict[str, Value]:
    """A price in its components: nine tenths of it in what is paid every year, where anything is."""
    yearly = [c for c in model.components if c.paid == "per_year"]
    once = [c for c in model.components if c.paid != "per_year"]
    found: dict[str, Value] = {}
    for group, tenths in ((yearly, 9 if once else 10), (once, 1 if yearly else 10)):
        for c in group:
            found[f"prices.{c.id}"] = plain(price * tenths / 10 / len(group) / factor(c, model), 4)
    return found


def _number(value: object) -> Fraction | None:
    """A number as a scheme states it, or None."""
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        try:
            return Fraction(value)
        except ValueError:
            return None
    return None
