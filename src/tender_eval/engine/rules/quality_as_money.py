"""Rules that turn quality into money and take it off the price."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import Field

from tender_eval.engine.rules.quality import quality_points, stated_weights
from tender_eval.files.fields import Column, Fields, Ident, Money, PositiveMoney, RuleWeight, Some
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import FacetOf, Name, chained, named, notation
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.explanation.terms import Facet, Term
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Likely, Unsupported
from tender_eval.plugins.rule import AwardRule, QualityParams, RuleParams, Weights
from tender_eval.plugins.scorer import NOTHING
from tender_eval.plugins.table import FigureError, Reads, Steps, words_for
from tender_eval.plugins.tally import Tally

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node


class QualityValue(Fields):
    """What full marks at a criterion are worth in money, and what none are (negative: a malus)."""

    criterion: Ident
    full_marks: Money
    no_marks: Money = Fraction(0)


class QualityValueParams(RuleParams):
    """The money value of each quality criterion."""

    values: Some[QualityValue]
    price: Column = "price"


class LowestPriceLessQualityValue(AwardRule):
    """Price less the money value of the quality earned; the lowest wins.

    Source: gunnen op waarde (award on value), CROW (Netherlands); Negometrix, "Award on value". The value at a
    criterion runs from ``no_marks`` (below zero: a malus that is added to the price) to ``full_marks`` with the
    share of full marks. Other bids never matter.
    """

    name = "lowest_price_less_quality_value"
    figure = RankingFigure.PRICE_LESS_QUALITY_VALUE
    best = "lowest"
    examples = ({"values": [{"criterion": "quality", "full_marks": 25000, "no_marks": -5000}]},)
    Params = QualityValueParams

    def criteria(self, params: QualityValueParams) -> tuple[str, ...]:
        return tuple(v.criterion for v in params.values)

    def reads(self, params: QualityValueParams) -> tuple[Reads, ...]:
        return (Reads(params.price, better="lower", kind="money"),)

    def rank_by(self, tally: Tally, params: QualityValueParams, steps: Steps) -> Array:
        price = tally.column(params.price)
        ranked = price
        figures: dict[Name, Any] = {}
        words = words_for([v.criterion for v in params.values])
        for word, value in zip(words, params.values, strict=True):
            earned = value.no_marks + tally.score(value.criterion) * (value.full_marks - value.no_marks)
            figures[FacetOf(Facet.QUALITY_VALUE, word)] = earned
            ranked = ranked - earned
        steps.working(chained("-", map(named, (Term.PRICE, *figures))), figures, price=price)
        return ranked

    def expression(self, params: QualityValueParams) -> Node:
        from tender_eval.plugins import expression as e

        left: Node = e.figure(params.price)
        for value in params.values:
            name = value.criterion
            none = e.parameter_of(Facet.WORTH_WITHOUT_MARKS, name, value.no_marks)
            full = e.parameter_of(Facet.WORTH_WITH_FULL_MARKS, name, value.full_marks)
            left = left - (none + e.earned(name) * (full - none))
        return left

    def price_column(self, params: QualityValueParams) -> str:
        return params.price

    def weights(self, params: QualityValueParams) -> None:
        return None

    def worth_of_quality(self, params: QualityValueParams) -> Fraction:
        return sum((value.full_marks - value.no_marks for value in params.values), Fraction(0))

    def over_lots(self, params: QualityValueParams) -> tuple[str, ...]:
        return ()


class QualityPremiumParams(QualityParams):
    """The published estimate that turns a margin of quality into money."""

    estimate: PositiveMoney
    price_weight: RuleWeight | None = Field(None, description="default: the weight of all that is not quality")


class LowestPriceLessQualityPremium(AwardRule):
    """Price less a premium for the margin of quality over the lowest admitted; the lowest wins.

    Premium = estimate x (quality points - lowest quality points) / price weight. Source: NZ Transport Agency,
    Contract procedures manual, price quality method (the concept; its worked figures are not reproduced here).
    The lowest quality is that of the bids that are in, so bids are compared with each other.
    """

    name = "lowest_price_less_quality_premium"
    figure = RankingFigure.PRICE_LESS_QUALITY_PREMIUM
    best = "lowest"
    examples = ({"estimate": 100000, "price_weight": 40},)
    Params = QualityPremiumParams

    def relative(self, params: QualityPremiumParams) -> bool:
        return True

    def reads(self, params: QualityPremiumParams) -> tuple[Reads, ...]:
        return (Reads(params.price, better="lower", kind="money"),)

    def rank_by(self, tally: Tally, params: QualityPremiumParams, steps: Steps) -> Array:
        price, points = tally.column(params.price), tally.points(params.quality)
        rest = tally.available(tally.roots) - tally.available(params.quality)
        weight = params.price_weight if params.price_weight is not None else rest
        if np.any(np.asarray(weight <= 0)):
            raise FigureError("no weight is left for the price beside quality", "state price_weight")
        low = numeric.lowest(points, tally.present)
        steps.working(
            notation("price - estimate x (quality - lowest) / weight"),
            price=price, estimate=params.estimate, quality=points, lowest=low, weight=weight,
        )  # fmt: skip
        return price - numeric.divide(params.estimate * (points - low), weight)

    def expression(self, params: QualityPremiumParams) -> Node:
        from tender_eval.plugins import expression as e

        points, estimate = quality_points(params), e.parameter("estimate", params.estimate)
        return e.figure(params.price) - estimate * (points - e.lowest(points)) / self.weights(params).price

    def weights(self, params: QualityPremiumParams) -> Weights:
        return stated_weights(params, None, params.price_weight)

    def worth_of_quality(self, params: QualityPremiumParams) -> None:
        """None: what a mark is worth follows from the weights, which stand for themselves."""

    def likely(
        self, column: str, params: QualityPremiumParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        if column != params.price:
            return Unsupported("it reads the price alone")
        return Likely(params.estimate * Fraction(4, 5), params.estimate * Fraction(6, 5), "estimate")

    def over_lots(self, params: QualityPremiumParams) -> tuple[str, ...]:
        return ()
