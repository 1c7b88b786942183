"""The bilinear scorer: one slope up to the mean discount of the bids, another beyond it."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field, field_validator

from tender_eval import BidTable, Reads, Scorer, Steps, Trait
from tender_eval.files.fields import Share, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e
from tender_eval_price_quality.discounts import CeilingParams, discount, discounts, read


class BilinearParams(CeilingParams):
    """The ceiling, and what the mean discount earns."""

    at_mean: Share = Field(description="the share of full marks at the mean discount: 80%, 85% or 90% in the source")

    @field_validator("at_mean")
    @classmethod
    def _between(cls, at_mean: Fraction) -> Fraction:
        if not 0 < at_mean < 1:
            raise fault("TE015", "the mean discount earns nothing, or full marks", "state 80%, 85% or 90%")
        return at_mean


class BilinearDiscount(Scorer):
    """A published share of full marks at the mean discount of the bids; in straight lines below and beyond it.

    at_mean x discount / mean up to the mean discount, and at_mean + (1 - at_mean) x (discount - mean) / (best -
    mean) beyond it. Source: Italy, D.P.R. 207/2010, Annex P, II (X = 0.80, 0.85 or 0.90); repealed in 2016, and
    still offered as one of the formulas of Acquistinretepa (Consip), linear and broken at the mean. Bids whose
    discounts are all equal, and a single bid, are at the mean and earn at_mean; where nobody offers a discount
    nobody earns anything. A price above the ceiling, of zero or below is an error. Never below zero.
    """

    name = "bilinear_discount"
    traits = frozenset({Trait.MONOTONE})
    examples = ({"ceiling": 100000, "at_mean": "80%"}, {"ceiling": 100000, "at_mean": "90%"})
    Params = BilinearParams

    def reads(self, params: BilinearParams) -> tuple[Reads, ...]:
        return read(params)

    def score(self, bids: BidTable, params: BilinearParams, steps: Steps) -> Array:
        own = discounts(bids, params, steps)
        mean, best = numeric.mean(own, bids.present), numeric.highest(own, bids.present)
        steps.working(
            "if_(discount > mean, at_mean + (1 - at_mean) x (discount - mean) / (best - mean), "
            "if_(mean > 0, at_mean x discount / mean, 0))",
            discount=own, mean=mean, best=best, at_mean=params.at_mean,
        )  # fmt: skip
        beyond = params.at_mean + (1 - params.at_mean) * numeric.divide(own - mean, best - mean)
        return numeric.clip(numeric.where(numeric.less(mean, own), beyond, params.at_mean * numeric.divide(own, mean)))

    def expression(self, params: BilinearParams) -> e.Node:
        own, at_mean = discount(params), e.parameter("at_mean", params.at_mean)
        mean, best = e.mean(own), e.highest(own)
        below = e.if_(e.compare(mean, ">", 0), at_mean * own / mean, 0)
        return e.if_(e.compare(own, ">", mean), at_mean + (1 - at_mean) * (own - mean) / (best - mean), below)
