"""The rules that hold quality and price against a reference value each, and weigh the two ratios."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from pydantic import Field, field_validator

from tender_eval import AwardRule, FigureError, QualityParams, Reads, Steps, Tally, Weights
from tender_eval.files.fields import Positive, PositiveMoney, Share, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e


class WeightedParams(QualityParams):
    """What quality weighs."""

    quality_weight: Share = Field(description="the weight of quality; the price has the rest")

    @field_validator("quality_weight")
    @classmethod
    def _between(cls, weight: Fraction) -> Fraction:
        if not 0 < weight < 1:
            raise fault("TE015", "either quality or the price would not count", "state a share between 0% and 100%")
        return weight


class _AgainstReferences(AwardRule):
    """quality_weight x quality / reference quality - (1 - quality_weight) x price / reference price."""

    figure = "weighted ratio of quality and price"
    best = "highest"

    def references(self, tally: Tally, params: Any) -> tuple[Any, Any]:
        """The reference values of quality and price."""
        raise NotImplementedError

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads(params.price, "lower", above=Fraction(0), kind="money"),)

    def rank_by(self, tally: Tally, params: Any, steps: Steps) -> Array:
        price, quality, weight = tally.column(params.price), tally.points(params.quality), params.quality_weight
        middle, usual = self.references(tally, params)
        if np.any(np.asarray(middle <= 0) & tally.present.any(axis=0)):
            raise FigureError(
                "the reference value of quality is not above zero, so that nothing can be held against it",
                "state a minimum mark, or another award rule",
            )
        found: Array = weight * numeric.divide(quality, middle) - (1 - weight) * price / usual
        figures = {"quality_weight": weight, "quality": quality, "reference quality": middle, "reference price": usual}
        formula = "quality_weight x quality / reference quality"
        if steps.kept:
            best = numeric.highest(found, tally.present)
            level = (weight * quality / middle - best) * usual / (1 - weight)
            steps.working(
                f"level with the best at = ({formula} - best) x reference price / (1 - quality_weight), "
                "while the reference values stay",
                **{"level with the best at": level, "best": best, **figures},
            )
        steps.working(f"{formula} - (1 - quality_weight) x price / reference price", price=price, **figures)
        return found

    def weights(self, params: WeightedParams) -> Weights:
        weight = e.parameter("quality_weight", params.quality_weight)
        return Weights(weight, 1 - weight)

    def relative(self, params: Any) -> bool:
        return True


def _stated(params: WeightedParams, quality: e.Node, price: e.Node) -> e.Node:
    weight = e.parameter("quality_weight", params.quality_weight)
    return weight * e.points(*params.quality) / quality - (1 - weight) * e.figure(params.price) / price


class ValueOverMedian(_AgainstReferences):
    """Quality over the median quality less price over the median price, each by its weight; the highest wins.

    quality_weight x quality / median quality - (1 - quality_weight) x price / median price. Source: Germany, UfAB V
    version 2.0, Sonderheft 2012, weighted reference values (Gewichtete Richtwertmethode), median. Another bid moves
    the medians, so the order of two bids can turn on a third, less than with means. Also recorded: the price at
    which each bid would be level with the best while the medians stay. A price of zero or below is an error, and so
    is a median quality of zero.
    """

    name = "value_over_median"
    examples = ({"quality_weight": "60%"}, {"quality_weight": "30%", "quality": ["quality"]})
    Params = WeightedParams

    def references(self, tally: Tally, params: WeightedParams) -> tuple[Any, Any]:
        quality, price = tally.points(params.quality), tally.column(params.price)
        return numeric.median(quality, tally.present), numeric.median(price, tally.present)

    def expression(self, params: WeightedParams) -> e.Node:
        return _stated(params, e.median(e.points(*params.quality)), e.median(e.figure(params.price)))


class ValueOverMean(_AgainstReferences):
    """Quality over the mean quality less price over the mean price, each by its weight; the highest wins.

    quality_weight x quality / mean quality - (1 - quality_weight) x price / mean price. Source: Germany, UfAB V,
    weighted reference values by means (Mittelwertmethode), which UfAB no longer recommends: a bid that cannot win
    can turn the order of two others. Also recorded: the price at which each bid would be level with the best while
    the means stay. A price of zero or below is an error, and so is a mean quality of zero.
    """

    name = "value_over_mean"
    examples = ({"quality_weight": "60%"}, {"quality_weight": "30%", "quality": ["quality"]})
    Params = WeightedParams

    def references(self, tally: Tally, params: WeightedParams) -> tuple[Any, Any]:
        quality, price = tally.points(params.quality), tally.column(params.price)
        return numeric.mean(quality, tally.present), numeric.mean(price, tally.present)

    def expression(self, params: WeightedParams) -> e.Node:
        return _stated(params, e.mean(e.points(*params.quality)), e.mean(e.figure(params.price)))


class ReferenceParams(WeightedParams):
    """The weight of quality, and the reference values that the authority states."""

    reference_quality: Positive = Field(description="the quality points that count as 1")
    reference_price: PositiveMoney = Field(description="the price that counts as 1")


class ReferenceValue(_AgainstReferences):
    """Quality over a stated quality less price over a stated price, each by its weight; the highest wins.

    quality_weight x quality / reference_quality - (1 - quality_weight) x price / reference_price. Source: Germany,
    UfAB V version 2.0, Sonderheft 2012, weighted reference values (Gewichtete Richtwertmethode), stated references.
    No bid's figure turns on the others. Also recorded: the price at which each bid would be level with the best. A
    price of zero or below is an error.
    """

    name = "reference_value"
    examples = ({"quality_weight": "60%", "reference_quality": 70, "reference_price": 100000},)
    Params = ReferenceParams

    def references(self, tally: Tally, params: ReferenceParams) -> tuple[Any, Any]:
        return params.reference_quality, params.reference_price

    def expression(self, params: ReferenceParams) -> e.Node:
        return _stated(
            params,
            e.parameter("reference quality", params.reference_quality),
            e.parameter("reference price", params.reference_price),
        )

    def relative(self, params: Any) -> bool:
        return False
