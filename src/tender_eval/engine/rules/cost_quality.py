"""Rules that divide price by quality, or quality by price."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field

from tender_eval.engine.rules.quality import quality_points, stated_weights
from tender_eval.files.fields import Positive, RuleWeight
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import notation
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.explanation.reasons import NoQualityPoints, RuleReason
from tender_eval.model.explanation.terms import Title
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.rule import AwardRule, QualityParams, Weights
from tender_eval.plugins.table import FigureError, Reads, Steps
from tender_eval.plugins.tally import Tally

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Comparison, Node

ZERO = Fraction(0)


def no_quality(tally: Tally, params: QualityParams) -> Mapping[RuleReason | str, Mask]:
    """Bids without quality points: they are rejected with this reason, never divided by."""
    points = tally.points(params.quality)
    return {NoQualityPoints(): np.asarray(points <= 0, dtype=np.bool_)}


class LowestCostPerQualityPoint(AwardRule):
    """Evaluated price divided by quality points; the lowest wins.

    Source: Avon and Somerset PCC in MoJ, Victim Services Commissioning Guidance (October 2024), 2.3b: a weighted
    quality score for each aspect, then the cost per quality point, with social value inside quality. A bid
    without quality points is rejected. A cheap and poor bid can win where no minimum is set.
    """

    name = "lowest_cost_per_quality_point"
    figure = RankingFigure.COST_PER_QUALITY_POINT
    best = "lowest"
    Params = QualityParams

    def reads(self, params: QualityParams) -> tuple[Reads, ...]:
        return (Reads(params.price, better="lower", at_least=ZERO, kind="money"),)

    def reject(self, tally: Tally, params: QualityParams, steps: Steps) -> Mapping[RuleReason | str, Mask]:
        return no_quality(tally, params)

    def rank_by(self, tally: Tally, params: QualityParams, steps: Steps) -> Array:
        price, points = tally.column(params.price), tally.points(params.quality)
        steps.working(notation("price / quality"), price=price, quality=points)
        return numeric.divide(price, points)

    def expression(self, params: QualityParams) -> Node:
        from tender_eval.plugins import expression as e

        return e.figure(params.price) / quality_points(params)

    def accepts(self, params: QualityParams) -> Comparison:
        from tender_eval.plugins import expression as e

        return e.compare(quality_points(params), ">", 0)

    def weights(self, params: QualityParams) -> None:
        return None

    def worth_of_quality(self, params: QualityParams) -> None:
        return None

    def over_lots(self, params: QualityParams) -> tuple[str, ...]:
        return params.quality


class PerPriceParams(QualityParams):
    """A constant that makes the figure readable."""

    times: Positive = Field(Fraction(1), description="multiplies every figure; changes no rank")


class HighestQualityPerPrice(AwardRule):
    """Quality points divided by the evaluated price, times a constant; the highest wins.

    Source: UfAB (Germany), Einfache Richtwertmethode; UK Ministry of Defence value-for-money index. The order is
    that of `lowest_cost_per_quality_point`. A zero price is an error.
    """

    name = "highest_quality_per_price"
    figure = RankingFigure.QUALITY_POINTS_PER_PRICE
    best = "highest"
    examples = ({}, {"times": 1000000})
    Params = PerPriceParams

    def reads(self, params: PerPriceParams) -> tuple[Reads, ...]:
        return (Reads(params.price, better="lower", above=ZERO, kind="money"),)

    def rank_by(self, tally: Tally, params: PerPriceParams, steps: Steps) -> Array:
        price, points = tally.column(params.price), tally.points(params.quality)
        steps.working(notation("quality x times / price"), quality=points, times=params.times, price=price)
        return numeric.divide(points * params.times, price)

    def expression(self, params: PerPriceParams) -> Node:
        from tender_eval.plugins import expression as e

        return quality_points(params) * e.parameter("times", params.times) / e.figure(params.price)

    def weights(self, params: PerPriceParams) -> None:
        return None


class WeightedParams(QualityParams):
    """The weights of quality and price; by default those of the scheme."""

    quality_weight: RuleWeight | None = None
    price_weight: RuleWeight | None = None


def weights_of(tally: Tally, params: WeightedParams) -> tuple[Any, Any]:
    """The quality weight and the price weight: as given, or the scheme's own and the weight of the rest.

    Raises:
        FigureError: no weight is left for the price.
    """
    quality = tally.available(params.quality)
    rest = tally.available(tally.roots) - quality
    wq = params.quality_weight if params.quality_weight is not None else quality
    wc = params.price_weight if params.price_weight is not None else rest
    if np.any(np.asarray(wc <= 0)):
        raise FigureError("no weight is left for the price beside quality", "state price_weight")
    return wq, wc


class WeightedValueIndex(AwardRule):
    """Q ** (wQ / wC) / P, with Q the share of quality points, held at zero; the highest wins.

    Source: UK Ministry of Defence weighted value-for-money index (R package tessa). Hypersensitive to quality
    above a quality weight of 70%. Points below zero count as none. A zero price is an error.
    """

    name = "weighted_value_index"
    figure = RankingFigure.WEIGHTED_VALUE_INDEX
    best = "highest"
    exact = False
    examples = ({"quality_weight": 60, "price_weight": 40},)
    Params = WeightedParams

    def reads(self, params: WeightedParams) -> tuple[Reads, ...]:
        return (Reads(params.price, better="lower", above=ZERO, kind="money"),)

    def rank_by(self, tally: Tally, params: WeightedParams, steps: Steps) -> Array:
        wq, wc = weights_of(tally, params)
        price = tally.column(params.price)
        share = numeric.divide(tally.points(params.quality), tally.available(params.quality))
        steps.working(notation("max(0, quality) ** (wQ / wC) / price"), quality=share, wQ=wq, wC=wc, price=price)
        held = numeric.larger(share, numeric.like(share, 0))
        return numeric.divide(numeric.power(held, numeric.divide(wq, wc)), price)

    def expression(self, params: WeightedParams) -> Node:
        from tender_eval.plugins import expression as e

        (quality, price), available = self.weights(params), e.available(*params.quality)
        share = e.larger(0, quality_points(params) / e.named(Title.QUALITY_POINTS_AVAILABLE, available))
        return share ** (quality / price) / e.figure(params.price)

    def weights(self, params: WeightedParams) -> Weights:
        return stated_weights(params, params.quality_weight, params.price_weight)
