"""Scorers of each price by itself, against a published ceiling."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field, model_validator

from tender_eval import BidTable, Reads, Scorer, Steps, Trait
from tender_eval.files.fields import Positive, PositiveMoney, Share, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e
from tender_eval_price_quality.discounts import CeilingParams, read


class PowerBelowParams(CeilingParams):
    """The ceiling, and how the score bends."""

    exponent: Positive = Field(
        Fraction(1), description="1 is a straight line; above 1 the first discounts earn more and further ones less"
    )


class PowerBelowCeiling(Scorer):
    """Nothing at the ceiling, and more with each pound below it, by a published power.

    1 - (price / ceiling) ** exponent. Source: with an exponent above 1, Consip's independent formula that is not
    linear, 1 - (1 - discount) ** n; with an exponent of 1, the price points of Japan's comprehensive evaluation by
    addition (points x (1 - price / ceiling)). Each bid is scored alone, so a single bid and equal bids are no
    special case. A price above the ceiling, of zero or below is an error. Never below zero, and full marks only
    towards a price of zero.
    """

    name = "power_below_ceiling"
    exact = False
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = ({"ceiling": 100000}, {"ceiling": 100000, "exponent": 3}, {"ceiling": 100000, "exponent": "3/2"})
    Params = PowerBelowParams

    def reads(self, params: PowerBelowParams) -> tuple[Reads, ...]:
        return read(params)

    def score(self, bids: BidTable, params: PowerBelowParams, steps: Steps) -> Array:
        price = bids.column(params.field)
        steps.working(
            "1 - (price / ceiling) ** exponent", price=price, ceiling=params.ceiling, exponent=params.exponent
        )
        return 1 - numeric.power(price / params.ceiling, params.exponent)

    def expression(self, params: PowerBelowParams) -> e.Node:
        share = e.figure(params.field) / e.parameter("ceiling", params.ceiling)
        return 1 - share ** e.parameter("exponent", params.exponent)


class KinkedParams(CeilingParams):
    """The ceiling, the price below which bids are investigated, and what a discount beyond it still counts."""

    investigated_below: PositiveMoney = Field(description="below this price a further discount counts for less")
    beyond: Share = Field(
        description="what a further discount counts, as a share of what it counts above: 50% in the source"
    )

    @model_validator(mode="after")
    def _below(self) -> KinkedParams:
        if self.investigated_below >= self.ceiling:
            message = "investigated_below is not below the ceiling, so that every bid would be investigated"
            raise fault("TE028", message, "state a price below the ceiling")
        return self


class KinkedDiscount(Scorer):
    """The discount off the ceiling, of which what goes below the price of investigation counts for less.

    1 - price / ceiling down to investigated_below; from there on 1 - investigated_below / ceiling + beyond x
    (investigated_below - price) / ceiling. Source: comprehensive evaluation of works by Japanese authorities, price
    points relative to the low-price investigation (expydoc.com/doc/9675465, 1: beyond = 0.5). Each bid is scored
    alone, so a single bid and equal bids are no special case. A price above the ceiling, of zero or below is an
    error. Never below zero.
    """

    name = "kinked_discount"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = ({"ceiling": 100000, "investigated_below": 80000, "beyond": "50%"},)
    Params = KinkedParams

    def reads(self, params: KinkedParams) -> tuple[Reads, ...]:
        return read(params)

    def score(self, bids: BidTable, params: KinkedParams, steps: Steps) -> Array:
        price, low = bids.column(params.field), params.investigated_below
        steps.working(
            "1 - max(price, investigated_below) / ceiling + beyond x max(0, investigated_below - price) / ceiling",
            price=price, investigated_below=low, ceiling=params.ceiling, beyond=params.beyond,
        )  # fmt: skip
        plain = 1 - numeric.larger(price, low) / params.ceiling
        return plain + params.beyond * numeric.larger(low - price, numeric.like(price, 0)) / params.ceiling

    def expression(self, params: KinkedParams) -> e.Node:
        price, ceiling = e.figure(params.field), e.parameter("ceiling", params.ceiling)
        low, beyond = (e.parameter(n, getattr(params, n)) for n in ("investigated_below", "beyond"))
        return 1 - e.larger(price, low) / ceiling + beyond * e.larger(0, low - price) / ceiling
