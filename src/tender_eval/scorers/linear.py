"""Scorers in a straight line whose ends the bids themselves set."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tender_eval.files.fields import Number, Percent, Positive
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import Said, notation
from tender_eval.model.explanation.terms import Term
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.scorer import NOTHING, Scorer, Trait
from tender_eval.plugins.table import BidTable, Reads, Steps
from tender_eval.scorers.common import (
    BELOW_ZERO,
    DIVIDING_FLOOR,
    ZERO,
    BelowZero,
    NumericParams,
    PenaltyScorer,
    alone_or,
    figure_of,
    figures_of,
    held,
    kept,
    scored,
    within,
)

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node

ALL_BEST = notation("1").with_remark(Said.ALL_FIGURES_ARE, Term.BEST)


class LinearAboveLowestParams(NumericParams):
    """How far above the lowest figure the marks run out, and what happens beyond."""

    zero_at_percent: Percent = Field(
        Fraction(100), description="a figure this many percent above the lowest earns nothing"
    )
    below_zero: BelowZero = Field(description=BELOW_ZERO)
    floor: Positive | None = Field(None, description=DIVIDING_FLOOR)


class LinearAboveLowest(PenaltyScorer):
    """Full marks to the lowest figure, falling in a straight line to none at ``zero_at_percent`` above it.

    1 - (figure - lowest) / (lowest x zero_at_percent / 100). Source: South Africa, Preferential Procurement
    Regulations, 80/20 system (100%); Swiss federal and cantonal practice (40%); Denmark (150%). Single bid
    and all equal: full marks. A zero or negative figure is an error unless ``floor`` is published. Below
    zero: as the scheme must state, for -4.1 on a scale of 0 to 10 was upheld in Denmark.
    """

    name = "linear_above_lowest"
    traits = frozenset({Trait.MONOTONE, Trait.SCALE_FREE})
    examples = ({"below_zero": "clamp"}, {"zero_at_percent": 40, "below_zero": "allow"})
    Params = LinearAboveLowestParams

    def score(self, bids: BidTable, params: LinearAboveLowestParams, steps: Steps) -> Array:
        figures = figures_of(bids, params, steps)
        low = numeric.lowest(figures, bids.present)
        scores = within(1 - numeric.divide(figures - low, low * params.zero_at_percent / 100), params.below_zero)
        formula = notation("1 - (figure - lowest) / (lowest * zero_at_percent / 100)")
        return scored(
            scores, bids.present, params, steps, held(formula, params.below_zero, above_one=False),
            figure=figures, lowest=low, zero_at_percent=params.zero_at_percent,
        )  # fmt: skip

    def expression(self, params: LinearAboveLowestParams) -> Node:
        from tender_eval.plugins import expression as e

        figure = figure_of(params)
        low, percent = e.lowest(figure), e.parameter("zero_at_percent", params.zero_at_percent)
        return alone_or(1 - (figure - low) / (low * percent / 100), params, params.below_zero)


class LinearBetweenBidsParams(NumericParams):
    """Which end of the bids is best."""

    best: Literal["lowest", "highest"] = Field("lowest", description="the end that earns full marks")
    floor: Number | None = Field(
        None,
        description="figures below this count as this; without it a negative one is an error, and a zero one "
        "too where the lowest is best",
    )


class LinearBetweenBids(Scorer):
    """Full marks to the best figure, none to the worst, and in a straight line between them.

    (worst - figure) / (worst - best). Source: Acquistinretepa (Consip), interdependent min-max formula, which
    advises against it for price. Single bid and all equal: full marks to all, as stated there. A negative
    figure is an error unless ``floor`` is published, and a zero one too where the lowest is best. Never below
    zero.
    """

    name = "linear_between_bids"
    traits = frozenset({Trait.MONOTONE, Trait.SCALE_FREE})
    examples = ({}, {"field": "values.hours", "best": "highest", "single_bid": "50%"})
    Params = LinearBetweenBidsParams

    def traits_for(self, params: LinearBetweenBidsParams) -> frozenset[Trait]:
        return kept(self.traits, params, params.floor)

    def reads(self, params: LinearBetweenBidsParams) -> tuple[Reads, ...]:
        if params.best == "highest":
            return (Reads(params.field, better="higher", at_least=ZERO if params.floor is None else None),)
        return (Reads(params.field, better="lower", above=ZERO if params.floor is None else None),)

    def score(self, bids: BidTable, params: LinearBetweenBidsParams, steps: Steps) -> Array:
        figures = figures_of(bids, params, steps)
        low, high = numeric.lowest(figures, bids.present), numeric.highest(figures, bids.present)
        worst, best = (high, low) if params.best == "lowest" else (low, high)
        # Floats that stand for equal figures may differ in their last digit: that is no spread.
        spread = numeric.where(numeric.equal(low, high), 0, worst - best)
        even = steps.kept and low == high
        formula = ALL_BEST if even else notation("(worst - figure) / (worst - best)")
        scores = numeric.clip(numeric.divide(worst - figures, spread, otherwise=1))
        return scored(scores, bids.present, params, steps, formula, figure=figures, worst=worst, best=best)

    def expression(self, params: LinearBetweenBidsParams) -> Node:
        from tender_eval.plugins import expression as e

        figure = figure_of(params)
        low, high = e.lowest(figure), e.highest(figure)
        worst, best = (high, low) if params.best == "lowest" else (low, high)
        between = e.within((worst - figure) / (worst - best))
        return alone_or(e.if_(e.compare(low, "==", high), 1, between), params)

    def likely(
        self, column: str, params: LinearBetweenBidsParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Unsupported:
        return Unsupported("the bids themselves set both ends")
