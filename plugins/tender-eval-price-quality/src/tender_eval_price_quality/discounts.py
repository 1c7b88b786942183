"""Scorers by the discount off a published ceiling, over the best discount of the bids."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic import Field, field_validator

from tender_eval import BidTable, Reads, Scorer, ScorerParams, Steps, Trait
from tender_eval.files.fields import Column, Positive, PositiveMoney, Share, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e

ZERO = Fraction(0)


class CeilingParams(ScorerParams):
    """The price that is scored, and the published ceiling."""

    field: Column = Field("price", description="the price that is scored")
    ceiling: PositiveMoney = Field(
        description="the published price from which discounts are taken; a price above it is an error, so a scheme "
        "turns such bids away by a condition"
    )


def read(params: CeilingParams) -> tuple[Reads, ...]:
    """The price: above zero, and at most the ceiling."""
    return (Reads(params.field, "lower", above=ZERO, at_most=params.ceiling, kind="money"),)


def discounts(bids: BidTable, params: CeilingParams, steps: Steps) -> Array:
    """The discount of each bid off the ceiling, as a share of it, with its working."""
    price = bids.column(params.field)
    found: Array = (params.ceiling - price) / params.ceiling
    steps.working("discount = (ceiling - price) / ceiling", discount=found, ceiling=params.ceiling, price=price)
    return found


def discount(params: CeilingParams) -> e.Node:
    """The same as an expression."""
    ceiling = e.parameter("ceiling", params.ceiling)
    return e.named("Discount", (ceiling - e.figure(params.field)) / ceiling)


class PowerParams(CeilingParams):
    """The ceiling, and how the score bends."""

    exponent: Positive = Field(description="below 1 small discounts earn more, above 1 they earn less")


class PowerOfDiscount(Scorer):
    """The discount over the best discount of the bids, to a published power.

    (discount / best discount) ** exponent. Source: ANAC, Linee guida n. 2 (Delibera 424 of 2 May 2018, Gazzetta
    Ufficiale 120 of 25 May 2018), IV, elements of quantity; an exponent of 1/2 is the root formula of Spanish works
    tenders (licitacionesobrapublica.com, formula 4). Single bid and all equal: full marks; where nobody offers a
    discount nobody earns anything. A price above the ceiling, of zero or below is an error. Never below zero.
    """

    name = "power_of_discount"
    exact = False
    traits = frozenset({Trait.MONOTONE})
    examples = ({"ceiling": 100000, "exponent": "1/2"}, {"ceiling": 100000, "exponent": 2})
    Params = PowerParams

    def reads(self, params: PowerParams) -> tuple[Reads, ...]:
        return read(params)

    def score(self, bids: BidTable, params: PowerParams, steps: Steps) -> Array:
        own = discounts(bids, params, steps)
        best = numeric.highest(own, bids.present)
        steps.working(
            "if_(best > 0, (discount / best) ** exponent, 0)", best=best, discount=own, exponent=params.exponent
        )
        return numeric.power(numeric.divide(own, best), params.exponent)

    def expression(self, params: PowerParams) -> e.Node:
        best = e.highest(discount(params))
        return e.if_(e.compare(best, ">", 0), (discount(params) / best) ** e.parameter("exponent", params.exponent), 0)


class BaseParams(CeilingParams):
    """The ceiling, and what a bid earns at it."""

    base: Share = Field(description="the share of full marks that a bid without a discount earns")

    @field_validator("base")
    @classmethod
    def _some(cls, base: Fraction) -> Fraction:
        if not 0 < base < 1:
            raise fault(
                "TE015", "the base leaves all marks to the discount, or none", "state a share between 0% and 100%"
            )
        return base


class DiscountAboveBase(Scorer):
    """A published base for every bid within the ceiling, and the rest in proportion to the best discount.

    base + (1 - base) x discount / best discount. Source: works tenders in Spain (licitacionesobrapublica.com, formula
    2, a straight line that gives points to bids without a discount). Single bid and all equal: full marks; where nobody
    offers a discount each earns the base. A price above the ceiling, of zero or below is an error. Never below zero.
    """

    name = "discount_above_base"
    traits = frozenset({Trait.MONOTONE})
    examples = ({"ceiling": 100000, "base": "40%"},)
    Params = BaseParams

    def reads(self, params: BaseParams) -> tuple[Reads, ...]:
        return read(params)

    def score(self, bids: BidTable, params: BaseParams, steps: Steps) -> Array:
        own = discounts(bids, params, steps)
        best: Any = numeric.highest(own, bids.present)
        steps.working(
            "base + (1 - base) x if_(best > 0, discount / best, 0)", base=params.base, best=best, discount=own
        )
        return params.base + (1 - params.base) * numeric.divide(own, best)

    def expression(self, params: BaseParams) -> e.Node:
        base, best = e.parameter("base", params.base), e.highest(discount(params))
        return base + (1 - base) * e.if_(e.compare(best, ">", 0), discount(params) / best, 0)
