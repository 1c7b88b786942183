"""The scorer that gives most to who is nearest to the mean price."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from pydantic import Field

from tender_eval import BidTable, Reads, Scorer, ScorerParams, Steps, Trait
from tender_eval.files.fields import Column, Percent
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e


class NearestParams(ScorerParams):
    """How far from the mean the marks run out."""

    field: Column = Field("price", description="the price that is scored")
    zero_at_percent: Percent = Field(
        description="a price this many percent away from the mean, either way, earns nothing"
    )


class NearestToMean(Scorer):
    """Full marks at the mean price of the bids, less the farther a price is away from it, either way.

    max(0, 1 - |price - mean| / (mean x zero_at_percent / 100)). Source: formulas in works tenders that give the
    highest score to the bid nearest to the average, as J. L. Fuentes-Bargues and C. Gonzalez-Gaya (International
    Journal of Economic Behavior and Organization 1(1), 2013) found them; they advise against them, for a cheaper
    bid can lose by being cheaper, and a price can be a guess at other prices. It is here so that a scheme that has
    it can be tried. Single bid and all equal: full marks. A price of zero or below is an error. Never below zero.
    """

    name = "nearest_to_mean"
    traits = frozenset({Trait.SCALE_FREE})
    examples = ({"zero_at_percent": 50},)
    Params = NearestParams

    def reads(self, params: NearestParams) -> tuple[Reads, ...]:
        return (Reads(params.field, above=Fraction(0), kind="money"),)

    def score(self, bids: BidTable, params: NearestParams, steps: Steps) -> Array:
        price = bids.column(params.field)
        mean, percent = numeric.mean(price, bids.present), params.zero_at_percent
        steps.working(
            "max(0, 1 - abs(price - mean) / (mean x zero_at_percent / 100))",
            price=price, mean=mean, zero_at_percent=percent,
        )  # fmt: skip
        return numeric.clip(1 - numeric.divide(np.abs(price - mean), mean * percent / 100))

    def expression(self, params: NearestParams) -> e.Node:
        price, percent = e.figure(params.field), e.parameter("zero_at_percent", params.zero_at_percent)
        return e.larger(0, 1 - e.absolute(price - e.mean(price)) / (e.mean(price) * percent / 100))
