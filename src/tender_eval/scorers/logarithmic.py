"""The scorer by the logarithm of the ratio to the lowest figure."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from tender_eval.files.fields import Number, Positive, fault
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import notation
from tender_eval.model.numeric import Array
from tender_eval.plugins.scorer import Trait
from tender_eval.plugins.table import BidTable, Steps
from tender_eval.scorers.common import (
    BELOW_ZERO,
    DIVIDING_FLOOR,
    BelowZero,
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


def _above_one(value: Fraction) -> Fraction:
    if value <= 1:
        raise fault("TE015", f"{value} must be above 1", "2 means: twice the lowest earns nothing")
    return value


class LogRatioParams(NumericParams):
    """The multiple of the lowest figure that earns nothing, and what happens beyond."""

    zero_at_multiple: Annotated[Number, AfterValidator(_above_one)] = Field(
        description="a figure this many times the lowest earns nothing; above 1"
    )
    below_zero: BelowZero = Field(description=BELOW_ZERO)
    floor: Positive | None = Field(None, description=DIVIDING_FLOOR)


class LogRatio(PenaltyScorer):
    """Full marks to the lowest figure, the same loss for each equal step in proportion above it.

    1 - log(figure / lowest) / log(zero_at_multiple). Source: Negometrix
    formulas. Single bid and all equal: full marks. A zero or negative figure is an error
    unless ``floor`` is published. Below zero (beyond ``zero_at_multiple`` times the lowest): as the scheme
    must state.
    """

    name = "log_ratio"
    traits = frozenset({Trait.MONOTONE, Trait.SCALE_FREE})
    exact = False
    examples = (
        {"zero_at_multiple": 2, "below_zero": "clamp"},
        {"zero_at_multiple": "1.5", "below_zero": "allow"},
    )
    Params = LogRatioParams

    def score(self, bids: BidTable, params: LogRatioParams, steps: Steps) -> Array:
        figures = figures_of(bids, params, steps)
        low = numeric.lowest(figures, bids.present)
        # A bid that is out may hold any figure, also one that has no logarithm.
        ratios = numeric.where(bids.present, numeric.divide(figures, low), 1)
        scores = within(1 - numeric.log(ratios) / numeric.log(params.zero_at_multiple), params.below_zero)
        formula = notation("1 - log(figure / lowest) / log(zero_at_multiple)")
        return scored(
            scores, bids.present, params, steps, held(formula, params.below_zero, above_one=False),
            figure=figures, lowest=low, zero_at_multiple=params.zero_at_multiple,
        )  # fmt: skip

    def expression(self, params: LogRatioParams) -> Node:
        from tender_eval.plugins import expression as e

        figure, multiple = figure_of(params), e.parameter("zero_at_multiple", params.zero_at_multiple)
        return alone_or(1 - e.log(figure / e.lowest(figure)) / e.log(multiple), params, params.below_zero)
