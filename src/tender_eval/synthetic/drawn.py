"""Bids drawn from stated distributions, for a scheme that nobody has bid under yet.

Every figure that the scheme reads is stated; what was assumed is told in words. Nothing but the scheme, the
number of bids and the seed decides what they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp, log, sqrt
from typing import NamedTuple

import numpy as np

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bid, Bids, reads_price
from tender_eval.model.diagnostics import Refused
from tender_eval.synthetic.assumptions import BidAssumptions, PriceLevel, Worth
from tender_eval.synthetic.few_digits import with_few_digits
from tender_eval.synthetic.maker import Maker
from tender_eval.synthetic.plain_numbers import unless_a_plugin
from tender_eval.synthetic.price import level_of
from tender_eval.synthetic.suppliers import TYPES, invented_supplier
from tender_eval.synthetic.tender import contract_of

COUNT = 6
PRICE_SPREAD = 0.118  # coefficient of variation: the median of 3,390 contracts in World Bank bid data
LEVEL, BETWEEN, WITHIN = 0.66, 0.09, 0.12  # of full marks: the mean, and the spreads between and within bids
AREAS = ("north", "south")
OTHER_LEVELS = tuple(Fraction(n, 100) for n in (100, 50, 10, 1, 200, 1000))
"""Multiples of the price level, tried in turn where the scheme cannot score the one before."""


class DrawnBids(NamedTuple):
    """The bids, and what was assumed."""

    bids: Bids
    how: BidAssumptions


def draw_bids(scheme: CompiledScheme, count: int = COUNT, seed: int = 1) -> DrawnBids:
    """Bids for a scheme; the same for the same scheme, count and seed.

    Marks: each bid has a level of its own (normal around 66% of full marks, spread 9%), each mark a spread
    around that (12%), held to the scale. Prices: lognormal with a coefficient of variation of 0.118, around a
    level that follows from the scheme where it names one (a budget, a cap, a ceiling, a band, an estimated value).
    Suppliers: four kinds in turn; the seed says which comes first and who has partners, so that over many tenders
    every kind bids as often, with partners and without. What the conditions ask is stated so that they are met,
    where it can be.
    """
    contract = contract_of(scheme.plan, AREAS, "made-up")
    level = level_of(scheme.plan) or PriceLevel(contract.whole)
    maker = Maker.of(scheme.plan, contract, AREAS)
    for times in OTHER_LEVELS:
        tried = replace(level, level=with_few_digits(level.level * times), times=times)
        draw = _Draw(maker, tried.level, np.random.Generator(np.random.PCG64(seed)))
        made = tuple(draw.bid(n, seed - 1) for n in range(count))
        bids = Bids(made, contract.tender, str(scheme.scheme.currency), notes="made up: nobody made these bids")
        try:
            found = scheme.evaluate(bids)
        except Refused as e:
            unless_a_plugin(e)
            continue
        out = sum(bid.rank is None for bid in found.bids)
        return DrawnBids(bids, _assumed(maker, tried, count, seed, out))
    return DrawnBids(bids, _assumed(maker, tried, count, seed, 0))


def _assumed(maker: Maker, level: PriceLevel, count: int, seed: int, out: int) -> BidAssumptions:
    scheme, contract = maker.plan.scheme, maker.contract
    return BidAssumptions(
        count, seed, LEVEL, BETWEEN, WITHIN, tuple(kind.id for kind in TYPES),
        Worth(contract.yearly, contract.follows_from, contract.years if contract.follows_from != "assumed" else 0),
        AREAS,
        lots_left_out=bool(scheme.award.lots) or (scheme.regime.lots or 0) > 1,
        conditions_met=bool(scheme.conditions),
        prices=level if any(map(reads_price, maker.columns)) else None,
        price_spread=PRICE_SPREAD,
        out=out,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Draw:
    """Draws what differs between the bids of one tender."""

    maker: Maker
    level: Fraction
    chance: np.random.Generator

    def bid(self, n: int, turn: int) -> Bid:
        """The bid at this place, in a tender where the kinds of suppliers begin with the one at ``turn``."""
        level = LEVEL + BETWEEN * float(self.chance.standard_normal())
        price, maker = self._price(), self.maker
        supplier = invented_supplier(n, turn, maker.contract.yearly, maker.areas, maker.asks_for_partners, self.chance)
        figures = {column: maker.figure(column, self._share(level), price) for column in maker.free}
        figures |= {column: self._price() for column in maker.alone}
        return maker.bid(n, supplier, price, figures)

    def _share(self, level: float) -> Fraction:
        """The share of full marks at one figure of a bid of this level."""
        drawn = min(max(level + WITHIN * float(self.chance.standard_normal()), 0.0), 1.0)
        return Fraction(round(drawn * 10_000), 10_000)

    def _price(self) -> Fraction:
        """Lognormal around the level, with the coefficient of variation of prices."""
        sigma = sqrt(log(1 + PRICE_SPREAD**2))
        times = Fraction(round(exp(sigma * float(self.chance.standard_normal()) - sigma**2 / 2) * 10_000), 10_000)
        return with_few_digits(self.level * times, 4)
