"""Rules that rank by points alone, or by price alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import Field

from tender_eval.engine.rules.quality import quality_points
from tender_eval.files.fields import Column, Ident, PositiveMoney
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import Name, OwnWords, chained, named, notation
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.explanation.reasons import OverBudget, RuleReason
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Likely, Unsupported
from tender_eval.plugins.rule import AwardRule, QualityParams, RuleParams
from tender_eval.plugins.scorer import NOTHING
from tender_eval.plugins.table import Reads, Steps, words_for
from tender_eval.plugins.tally import Tally

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Comparison, Node

ZERO = Fraction(0)


class ScoreParams(RuleParams):
    """Which criteria count."""

    count: tuple[Ident, ...] = Field((), description="root criteria whose points count; default: all")


class HighestScore(AwardRule):
    """The sum of all points, price among them; the highest wins.

    Source: the common rule, as in Procurement Act 2023 s.23(3)(a) with relative importance as weights. With
    ``count`` the criteria of a first stage (a shortlist) can be left out of the award.
    """

    name = "highest_score"
    figure = RankingFigure.POINTS
    best = "highest"
    needs_criteria = True
    Params = ScoreParams

    def criteria(self, params: ScoreParams) -> tuple[str, ...]:
        return params.count

    def rank_by(self, tally: Tally, params: ScoreParams, steps: Steps) -> Array:
        counts = params.count or tally.roots
        if steps.kept:
            points: dict[Name, object] = {OwnWords(n): tally.points([root]) for n, root in words_for(counts).items()}
            steps.working(chained("+", map(named, points)), points)
        return tally.points(counts)

    def expression(self, params: ScoreParams) -> Node:
        from tender_eval.plugins import expression as e

        return e.points(*params.count)

    def weights(self, params: ScoreParams) -> None:
        return None

    def over_lots(self, params: ScoreParams) -> tuple[str, ...]:
        return ()


class PriceParams(RuleParams):
    """Which figure is the price."""

    price: Column = "price"


class LowestPrice(AwardRule):
    """The evaluated price of the bids that pass conditions and minimums; the lowest wins.

    Source: lowest-cost award after pass/fail gates, as in World Bank least-cost selection. Criteria show their
    points and count only through their minimums. A zero or negative price is ranked as it stands.
    """

    name = "lowest_price"
    figure = RankingFigure.PRICE
    best = "lowest"
    Params = PriceParams

    def reads(self, params: PriceParams) -> tuple[Reads, ...]:
        return (Reads(params.price, better="lower", kind="money"),)

    def rank_by(self, tally: Tally, params: PriceParams, steps: Steps) -> Array:
        price = tally.column(params.price)
        steps.working(notation("price"), price=price)
        return price

    def expression(self, params: PriceParams) -> Node:
        from tender_eval.plugins import expression as e

        return e.figure(params.price)

    def price_column(self, params: PriceParams) -> str:
        return params.price

    def weights(self, params: PriceParams) -> None:
        return None

    def worth_of_quality(self, params: PriceParams) -> None:
        return None

    def over_lots(self, params: PriceParams) -> tuple[str, ...]:
        return ()


class BudgetParams(QualityParams):
    """The published budget."""

    budget: PositiveMoney = Field(description="bids above it are rejected")


class HighestQualityWithinBudget(AwardRule):
    """Quality points of the bids within the published budget; the highest wins.

    Source: fixed-price or fixed-budget award (Public Contracts Regulations 2015 reg. 67(7)); World Bank fixed
    budget selection.
    """

    name = "highest_quality_within_budget"
    figure = RankingFigure.QUALITY_POINTS
    best = "highest"
    examples = ({"budget": 100000},)
    Params = BudgetParams

    def reads(self, params: BudgetParams) -> tuple[Reads, ...]:
        return (Reads(params.price, better="lower", kind="money"),)

    def reject(self, tally: Tally, params: BudgetParams, steps: Steps) -> Mapping[RuleReason | str, Mask]:
        price = tally.column(params.price)
        over = numeric.less(numeric.full(price, 0) + params.budget, price)
        return {OverBudget(params.budget): over}

    def rank_by(self, tally: Tally, params: BudgetParams, steps: Steps) -> Array:
        points = tally.points(params.quality)
        steps.working(notation("quality_points"), quality_points=points)
        return points

    def expression(self, params: BudgetParams) -> Node:
        return quality_points(params)

    def accepts(self, params: BudgetParams) -> Comparison:
        from tender_eval.plugins import expression as e

        return e.compare(e.figure(params.price), "<=", e.parameter("budget", params.budget))

    def weights(self, params: BudgetParams) -> None:
        return None

    def likely(
        self, column: str, params: BudgetParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        if column != params.price:
            return Unsupported("it reads the price alone")
        return Likely(params.budget * Fraction(4, 5), params.budget, "budget")

    def over_lots(self, params: BudgetParams) -> tuple[str, ...]:
        return ()
