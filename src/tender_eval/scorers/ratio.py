"""Scorers by proportion: to the lowest figure, or to the highest."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field

from tender_eval.files.fields import Column, Positive, Share
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins.scorer import Scorer, ScorerParams, Trait
from tender_eval.plugins.table import BidTable, Reads, Steps
from tender_eval.scorers.common import single_bid

ZERO = Fraction(0)


class RatioToLowestParams(ScorerParams):
    """Which figure, and what a figure of zero means."""

    field: Column = "price"
    floor: Positive | None = Field(
        None, description="figures below this count as this; without it a zero or negative figure is an error"
    )
    single_bid: Share | None = Field(None, description="the score of an only bid; default: full marks, as the formula")


class RatioToLowest(Scorer):
    """Full marks to the lowest figure; the others lowest / figure.

    Source: World Bank QCBS, financial score Sf = 100 x Fm / F; Oracle Fusion Sourcing "lowest price" scoring.
    Single bid and all equal: full marks. A zero figure would send every other bid to zero (Bevan Brittan,
    "Seven procurement pitfalls"), so it is an error unless ``floor`` is published. Never below zero.
    """

    name = "ratio_to_lowest"
    traits = frozenset({Trait.MONOTONE, Trait.SCALE_FREE})
    examples = ({}, {"field": "values.cost"}, {"single_bid": "80%"})
    Params = RatioToLowestParams

    def traits_for(self, params: RatioToLowestParams) -> frozenset[Trait]:
        return self.traits - {Trait.SCALE_FREE} if params.floor else self.traits

    def reads(self, params: RatioToLowestParams) -> tuple[Reads, ...]:
        return (Reads(params.field, better="lower", above=None if params.floor else ZERO),)

    def score(self, bids: BidTable, params: RatioToLowestParams, steps: Steps) -> Array:
        figures = bids.column(params.field)
        if params.floor is not None:
            figures = numeric.larger(figures, params.floor)
        low = numeric.lowest(figures, bids.present)
        steps.working("lowest / figure", lowest=low, figure=figures)
        return single_bid(numeric.divide(low, figures), bids.present, params.single_bid, steps)
