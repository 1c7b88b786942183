"""The scorer by the discount off a published ceiling price."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from tender_eval.files.fields import PositiveMoney, Share, fault
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import notation
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Likely, Unsupported
from tender_eval.plugins.scorer import NOTHING, Trait
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.scorers.common import (
    BELOW_ZERO,
    PLAIN_FLOOR,
    BelowZero,
    NotNegative,
    NumericParams,
    PenaltyScorer,
    alone_or,
    figure_of,
    figures_of,
    held,
    scored,
    within,
)

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node


def _significant(value: Fraction) -> Fraction:
    if value == 0:
        raise fault("TE015", "a significant discount of 0 lets a trifling one earn full marks", "write 2% to 5%")
    return value


class DiscountFromCeilingParams(NumericParams):
    """The ceiling, and the discount from which the best one earns full marks."""

    ceiling: PositiveMoney = Field(description="the published price from which discounts are taken")
    significant_discount: Annotated[Share, AfterValidator(_significant)] = Field(
        description="the best discount earns full marks only from here on; 2% to 5% in the source"
    )
    below_zero: BelowZero = Field(description=BELOW_ZERO + "; a price above the ceiling scores below zero")
    floor: NotNegative | None = Field(None, description=PLAIN_FLOOR)


class DiscountFromCeiling(PenaltyScorer):
    """The discount off the ceiling, as a share of the best discount or of a significant one if that is more.

    B / max(Bs, Bmax), where B is (ceiling - figure) / ceiling: a trifling best discount cannot earn full
    marks. Source: Junta Consultiva de Contratacion Administrativa de Aragon, Informe 6/2014. Single bid and
    all equal: full marks from ``significant_discount`` on, in proportion below it. A zero or negative figure
    is an error unless ``floor`` is published. A figure above the ceiling is a negative discount and scores
    below zero: as the scheme must state. Where it may stay there, a better best discount brings it nearer to
    zero.
    """

    name = "discount_from_ceiling"
    traits = frozenset({Trait.MONOTONE})
    examples = (
        {"ceiling": 100000, "significant_discount": "3%", "below_zero": "clamp"},
        {"ceiling": 100000, "significant_discount": "5%", "below_zero": "allow"},
    )
    Params = DiscountFromCeilingParams

    def traits_for(self, params: DiscountFromCeilingParams) -> frozenset[Trait]:
        # Below zero a larger best discount shrinks everybody's loss, so a bid can raise another's score.
        return self.traits - {Trait.MONOTONE} if params.below_zero == "allow" else self.traits

    def score(self, bids: BidTable, params: DiscountFromCeilingParams, steps: Steps) -> Array:
        figures = figures_of(bids, params, steps)
        discounts = (params.ceiling - figures) / params.ceiling
        best = numeric.highest(discounts, bids.present)
        if steps.kept:
            low, ceiling = numeric.lowest(figures, bids.present), params.ceiling
            steps.working(
                notation("best_discount = (ceiling - lowest) / ceiling"),
                best_discount=best,
                ceiling=ceiling,
                lowest=low,
            )
            steps.working(
                notation("discount = (ceiling - figure) / ceiling"), discount=discounts, ceiling=ceiling, figure=figures
            )
        scores = within(discounts / numeric.larger(best, params.significant_discount), params.below_zero)
        formula = notation("discount / max(significant_discount, best_discount)")
        return scored(
            scores, bids.present, params, steps, held(formula, params.below_zero, above_one=False),
            discount=discounts, significant_discount=params.significant_discount, best_discount=best,
        )  # fmt: skip

    def expression(self, params: DiscountFromCeilingParams) -> Node:
        from tender_eval.plugins import expression as e

        figure, ceiling = figure_of(params), e.parameter("ceiling", params.ceiling)
        least = e.parameter("significant_discount", params.significant_discount)
        best = e.larger(least, (ceiling - e.lowest(figure)) / ceiling)
        return alone_or((ceiling - figure) / ceiling / best, params, params.below_zero)

    def likely(
        self, column: str, params: DiscountFromCeilingParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        if column != params.field:
            return Unsupported("it scores another figure")
        return Likely(params.ceiling * Fraction(4, 5), params.ceiling, "ceiling")
