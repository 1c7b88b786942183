"""Scorers by proportion: to the lowest figure, or to the highest."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import Field

from tender_eval.files.fields import Positive
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import Said, notation
from tender_eval.model.explanation.terms import Term
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.scorer import NOTHING, Scorer, Trait
from tender_eval.plugins.table import BidTable, Reads, Steps
from tender_eval.scorers.common import (
    DIVIDING_FLOOR,
    ZERO,
    NumericParams,
    NumericScorer,
    alone_or,
    figure_of,
    figures_of,
    scored,
)

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node

ALL_HIGHEST = notation("0").with_remark(Said.ALL_FIGURES_ARE, Term.HIGHEST)


class RatioToLowestParams(NumericParams):
    """Which figure, and what a figure of zero means."""

    floor: Positive | None = Field(None, description=DIVIDING_FLOOR)


class RatioToLowest(NumericScorer):
    """Full marks to the lowest figure; the others lowest / figure.

    Source: World Bank QCBS, financial score Sf = 100 x Fm / F; Oracle Fusion Sourcing "lowest price" scoring.
    Single bid and all equal: full marks. A zero figure would send every other bid to zero (Bevan Brittan,
    "Seven procurement pitfalls"), so it is an error unless ``floor`` is published. Never below zero.
    """

    name = "ratio_to_lowest"
    traits = frozenset({Trait.MONOTONE, Trait.SCALE_FREE})
    examples = ({}, {"field": "values.cost"}, {"single_bid": "80%"})
    Params = RatioToLowestParams

    def score(self, bids: BidTable, params: RatioToLowestParams, steps: Steps) -> Array:
        figures = figures_of(bids, params, steps)
        low = numeric.lowest(figures, bids.present)
        scores = numeric.divide(low, figures)
        return scored(scores, bids.present, params, steps, notation("lowest / figure"), lowest=low, figure=figures)

    def expression(self, params: RatioToLowestParams) -> Node:
        from tender_eval.plugins import expression as e

        figure = figure_of(params)
        return alone_or(e.lowest(figure) / figure, params)


class RatioToHighest(Scorer):
    """Full marks to the highest figure; the others figure / highest.

    Source: FELP assessment method, where quality is taken relative to the best bid. Single bid and all equal:
    full marks. A zero figure earns nothing; where all are zero nobody earns anything, for there is nothing to
    be in proportion to. A negative figure is an error. Never below zero.
    """

    name = "ratio_to_highest"
    traits = frozenset({Trait.MONOTONE, Trait.SCALE_FREE})
    examples = ({"field": "values.quality"}, {"field": "values.hours", "single_bid": "50%"})
    Params = NumericParams

    def reads(self, params: NumericParams) -> tuple[Reads, ...]:
        return (Reads(params.field, better="higher", at_least=ZERO),)

    def score(self, bids: BidTable, params: NumericParams, steps: Steps) -> Array:
        figures = bids.column(params.field)
        high = numeric.highest(figures, bids.present)
        formula = ALL_HIGHEST if steps.kept and high == 0 else notation("figure / highest")
        scores = numeric.divide(figures, high)
        return scored(scores, bids.present, params, steps, formula, figure=figures, highest=high)

    def expression(self, params: NumericParams) -> Node:
        from tender_eval.plugins import expression as e

        figure = e.figure(params.field)
        high = e.highest(figure)
        return alone_or(e.if_(e.compare(high, "==", 0), 0, figure / high), params)

    def likely(self, column: str, params: NumericParams, known: Mapping[str, Fraction] = NOTHING) -> Unsupported:
        return Unsupported("the bids themselves set both ends")
