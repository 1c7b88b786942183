"""The utility index: quality's distance from the best, over price."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tender_eval.engine.rules.cost_quality import WeightedParams, weights_of
from tender_eval.engine.rules.quality import quality_points, stated_weights
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import Said, notation
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.explanation.terms import Title
from tender_eval.model.numeric import Array
from tender_eval.plugins.rule import AwardRule, Weights
from tender_eval.plugins.table import Reads, Steps
from tender_eval.plugins.tally import Tally

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node


class UtilityIndex(AwardRule):
    """U = (1 - (Qbest - Q) x wQ / wC) / P x Pmin, with Q the share of quality points; the highest wins.

    Source: Mercell Source-to-Contract (Negometrix), utility index. Also recorded: the price at which each bid
    would equal the best, U / Ubest x P. Qbest and Pmin are those of the bids that are in, but only scale: the
    order of two bids can still turn on Qbest. A zero price is an error.
    """

    name = "utility_index"
    figure = RankingFigure.UTILITY_INDEX
    best = "highest"
    examples = ({"quality_weight": 60, "price_weight": 40},)
    Params = WeightedParams

    def relative(self, params: WeightedParams) -> bool:
        return True

    def reads(self, params: WeightedParams) -> tuple[Reads, ...]:
        return (Reads(params.price, better="lower", above=Fraction(0), kind="money"),)

    def rank_by(self, tally: Tally, params: WeightedParams, steps: Steps) -> Array:
        wq, wc = weights_of(tally, params)
        price = tally.column(params.price)
        share = numeric.divide(tally.points(params.quality), tally.available(params.quality))
        best, low = numeric.highest(share, tally.present), numeric.lowest(price, tally.present)
        utility = numeric.divide((1 - (best - share) * numeric.divide(wq, wc)) * low, price)
        if steps.kept:
            top = numeric.highest(utility, tally.present)
            steps.working(
                notation("break_even = index x price / best_index").with_remark(Said.LIKE_THE_BEST),
                break_even=numeric.divide(utility * price, top), index=utility, price=price, best_index=top,
            )  # fmt: skip
        steps.working(
            notation("(1 - (best - quality) x wQ / wC) / price x lowest"),
            best=best, quality=share, wQ=wq, wC=wc, price=price, lowest=low,
        )  # fmt: skip
        return utility

    def expression(self, params: WeightedParams) -> Node:
        from tender_eval.plugins import expression as e

        (quality, price), points = self.weights(params), quality_points(params)
        behind = (e.highest(points) - points) / e.named(Title.QUALITY_POINTS_AVAILABLE, e.available(*params.quality))
        column = e.figure(params.price)
        return (1 - behind * quality / price) / column * e.lowest(column)

    def weights(self, params: WeightedParams) -> Weights:
        return stated_weights(params, params.quality_weight, params.price_weight)
