"""The rule of the World Bank's standard documents for bids with rated criteria."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from pydantic import Field, field_validator

from tender_eval import AwardRule, FigureError, QualityParams, Reads, Steps, Tally, Weights
from tender_eval.files.fields import Share, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e


class RatedParams(QualityParams):
    """What the cost weighs."""

    cost_weight: Share = Field(description="the weight of the cost, X; the technical score has the rest")

    @field_validator("cost_weight")
    @classmethod
    def _between(cls, weight: Fraction) -> Fraction:
        if not 0 < weight < 1:
            raise fault("TE015", "either the cost or the technical score would not count", "state 1% to 99%")
        return weight


class RatedCriteria(AwardRule):
    """B = 100 x (Clow / C x X + T / Thigh x (1 - X)): cost against the lowest, technical score against the highest.

    Source: World Bank, standard procurement documents, requests for bids with rated criteria (evaluated bid score
    B); Evaluating Bids and Proposals, Including Use of Rated Criteria (second edition, April 2023). C is the
    evaluated cost, T the points of the rated criteria, Clow and Thigh those of the bids that are in: the order of
    two bids can turn on a third, so the scheme says what a rejection does. A cost of zero or below is an error, and
    so are bids of which none has a technical score.
    """

    name = "rated_criteria"
    figure = "evaluated bid score"
    best = "highest"
    examples = ({"cost_weight": "70%"}, {"cost_weight": "40%", "quality": ["quality"]})
    Params = RatedParams

    def reads(self, params: RatedParams) -> tuple[Reads, ...]:
        return (Reads(params.price, "lower", above=Fraction(0), kind="money"),)

    def rank_by(self, tally: Tally, params: RatedParams, steps: Steps) -> Array:
        cost, technical, weight = tally.column(params.price), tally.points(params.quality), params.cost_weight
        low, high = numeric.lowest(cost, tally.present), numeric.highest(technical, tally.present)
        if np.any(np.asarray(high <= 0) & tally.present.any(axis=0)):
            raise FigureError("no bid has a technical score, so that none can be held against the highest")
        steps.working(
            "100 x (lowest / cost x X + technical / highest x (1 - X))",
            lowest=low, cost=cost, X=weight, technical=technical, highest=high,
        )  # fmt: skip
        found: Array = 100 * (numeric.divide(low, cost) * weight + numeric.divide(technical, high) * (1 - weight))
        return found

    def expression(self, params: RatedParams) -> e.Node:
        cost, technical = e.figure(params.price), e.points(*params.quality)
        weight = e.parameter("X", params.cost_weight)
        return 100 * (e.lowest(cost) / cost * weight + technical / e.highest(technical) * (1 - weight))

    def weights(self, params: RatedParams) -> Weights:
        weight = e.parameter("X", params.cost_weight)
        return Weights(1 - weight, weight)

    def relative(self, params: Any) -> bool:
        return True
