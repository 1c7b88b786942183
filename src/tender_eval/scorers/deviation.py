"""Scorers by the distance from the mean figure: in percent of it, or in standard deviations."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field

from tender_eval.files.fields import Positive
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import Said, notation
from tender_eval.model.explanation.terms import Term
from tender_eval.model.numeric import Array
from tender_eval.plugins.scorer import Trait
from tender_eval.plugins.table import BidTable, FigureError, Steps
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
    mean_of,
    scored,
    within,
)

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node

ALL_LOWEST = notation("50%").with_remark(Said.ALL_FIGURES_ARE, Term.LOWEST)


class MeanDeviationParams(NumericParams):
    """What happens below zero, and to figures of zero."""

    below_zero: BelowZero = Field(description=BELOW_ZERO)
    floor: NotNegative | None = Field(None, description=PLAIN_FLOOR)


class MeanDeviation(PenaltyScorer):
    """Half marks at the mean figure, one percent of full marks up or down for each percent below or above.

    50% - (figure - mean) / mean, held at full marks. Source: procurementtemplates, "mean calculation".
    Single bid and all equal: half marks. A zero or negative figure is an error unless ``floor`` is
    published; a mean of zero is an error in any case. Below zero: as the scheme must state.
    """

    name = "mean_deviation"
    traits = frozenset({Trait.MONOTONE, Trait.SCALE_FREE})
    examples = ({"below_zero": "clamp"}, {"below_zero": "allow", "single_bid": "50%"})
    Params = MeanDeviationParams

    def score(self, bids: BidTable, params: MeanDeviationParams, steps: Steps) -> Array:
        figures = figures_of(bids, params, steps)
        mean = mean_of(figures, bids.present, steps)
        if np.any(np.logical_and(mean <= 0, bids.present.any(axis=0))):
            message = f"the mean of {params.field} is zero: nothing can be a percentage of it"
            raise FigureError(message, "publish a floor above 0, or score by another method")
        scores = within(half(figures) - numeric.divide(figures - mean, mean), params.below_zero)
        formula = held(notation("50% - (figure - mean) / mean"), params.below_zero)
        return scored(scores, bids.present, params, steps, formula, figure=figures, mean=mean)

    def expression(self, params: MeanDeviationParams) -> Node:
        from tender_eval.plugins import expression as e

        figure = figure_of(params)
        mean = e.mean(figure)
        return alone_or(Fraction(1, 2) - (figure - mean) / mean, params, params.below_zero)


class StandardDeviationParams(NumericParams):
    """What one standard deviation costs, of which kind it is, and what happens below zero."""

    k: Positive = Field(description="the share of full marks lost for each standard deviation above the mean")
    deviation: Literal["sample", "population"] = Field(
        "sample",
        description="divides by the number of bids less one (sample), or by their number (population)",
    )
    below_zero: BelowZero = Field(description=BELOW_ZERO)
    floor: NotNegative | None = Field(None, description=PLAIN_FLOOR)


class StandardDeviation(PenaltyScorer):
    """Half marks at the mean figure, ``k`` more or less for each standard deviation below or above it.

    50% - k x (figure - mean) / sd, held at full marks. Source: general practice with standard scores. Single bid
    and all equal: sd is zero, and all get half marks. With two bids the distance is always 0.707 sample standard
    deviations, however far apart they are. A zero or negative figure is an error unless ``floor`` is published.
    Below zero: as the scheme must state. A lower figure can raise the score of another bid, because it widens sd:
    the scorer is not monotone.
    """

    name = "standard_deviation"
    traits = frozenset({Trait.SCALE_FREE})
    exact = False
    examples = (
        {"k": "20%", "below_zero": "clamp"},
        {"k": "50%", "deviation": "population", "below_zero": "allow"},
    )
    Params = StandardDeviationParams

    def score(self, bids: BidTable, params: StandardDeviationParams, steps: Steps) -> Array:
        figures, present = figures_of(bids, params, steps), bids.present
        low, high = numeric.lowest(figures, present), numeric.highest(figures, present)
        above = figures - low  # small numbers, so that floats lose nothing in the squares
        apart = above - numeric.mean(above, present)
        freedom = numeric.count(figures, present) - (1 if params.deviation == "sample" else 0)
        squares = numeric.total(apart * apart, present)
        variance = numeric.divide(squares, freedom)
        # Floats that stand for equal figures may differ in their last digit: that is no deviation.
        variance = numeric.where(numeric.equal(low, high), 0, variance)
        # The root is taken of a ratio, so that it is the same whatever the figures are counted in.
        distance = numeric.sqrt(numeric.divide(apart * apart, variance))
        distance = numeric.where(apart < 0, -distance, distance)
        scores = within(half(figures) - params.k * distance, params.below_zero)
        if not steps.kept:
            return scored(scores, present, params, steps, notation(""))
        if low == high:
            return scored(scores, present, params, steps, ALL_LOWEST, lowest=low)
        mean = mean_of(figures, present, steps)
        number = "(bids - 1)" if params.deviation == "sample" else "bids"
        steps.working(
            notation(f"variance = sum_of_squares / {number}").with_remark(Said.FROM_THE_MEAN),
            variance=variance, sum_of_squares=squares, bids=numeric.count(figures, present),
        )  # fmt: skip
        formula = held(notation("50% - k * (figure - mean) / root(variance)"), params.below_zero)
        return scored(scores, present, params, steps, formula, k=params.k, figure=figures, mean=mean, variance=variance)

    def expression(self, params: StandardDeviationParams) -> Node:
        from tender_eval.plugins import expression as e

        figure, k = figure_of(params), e.parameter("k", params.k)
        away = k * (figure - e.mean(figure)) / e.deviation(figure, params.deviation)
        even = e.compare(e.lowest(figure), "==", e.highest(figure))
        return alone_or(e.if_(even, Fraction(1, 2), Fraction(1, 2) - away), params, params.below_zero)


def half(figures: Array) -> Any:
    """One half, in the arithmetic of the figures."""
    return numeric.like(figures, 1) / 2
