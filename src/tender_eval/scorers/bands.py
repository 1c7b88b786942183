"""Scorers by bands that the scheme fixes before the tender: another bid cannot move them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tender_eval.files.fields import Fields, Number, Share, fault, in_the_unit_of
from tender_eval.model import numeric
from tender_eval.model.digits import shown
from tender_eval.model.explanation.formulas import Formula, Said, notation
from tender_eval.model.explanation.terms import Term
from tender_eval.model.numeric import Array
from tender_eval.model.tables import interpolate, segment, step
from tender_eval.plugins.answers import Likely, Unsupported, spanned
from tender_eval.plugins.scorer import NOTHING, Scorer, Trait
from tender_eval.plugins.table import BidTable, Reads, Steps
from tender_eval.scorers.common import (
    PLAIN_FLOOR,
    ZERO,
    NotNegative,
    NumericParams,
    alone_or,
    figure_of,
    figures_of,
    kept,
    scored,
)

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node

OTHER = Unsupported("it scores another figure")
BAND_FLOOR = PLAIN_FLOOR + ". Not needed where the band itself reaches down to the figure"


class FixedBandParams(NumericParams):
    """The figures that earn full marks and none; either may be the larger."""

    full_at: Number = Field(description="the figure that earns full marks")
    zero_at: Number = Field(description="the figure that earns nothing")
    floor: NotNegative | None = Field(None, description=BAND_FLOOR)

    @model_validator(mode="after")
    def _two_ends(self) -> FixedBandParams:
        if self.full_at == self.zero_at:
            message = f"full_at and zero_at are both {shown(self.full_at)}"
            raise fault("TE028", message, "give the band two ends, or use pass_fail")
        return self


class FixedBand(Scorer):
    """Full marks at ``full_at``, none at ``zero_at``, in a straight line between, and held at both beyond.

    (zero_at - figure) / (zero_at - full_at). Source: Negometrix, weighted score method with a band fixed
    before the tender. Each bid is scored alone, so a single bid and equal bids are no special case. Less is
    better where ``full_at`` is below ``zero_at``; then a zero figure is an error unless the band reaches
    down to zero or ``floor`` is published. So is a negative one, either way. Never below zero.
    """

    name = "fixed_band"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = (
        {"full_at": 80000, "zero_at": 120000},
        {"field": "values.years", "full_at": 10, "zero_at": 2},
    )
    Params = FixedBandParams

    def traits_for(self, params: FixedBandParams) -> frozenset[Trait]:
        return kept(self.traits, params, params.floor)

    def reads(self, params: FixedBandParams) -> tuple[Reads, ...]:
        better = "lower" if params.full_at < params.zero_at else "higher"
        return (_reads(params, better, min(params.full_at, params.zero_at)),)

    def score(self, bids: BidTable, params: FixedBandParams, steps: Steps) -> Array:
        figures = figures_of(bids, params, steps)
        full_at, zero_at = params.full_at, params.zero_at
        scores = numeric.clip((zero_at - figures) / (zero_at - full_at))
        formula = notation("max(0, min(1, (zero_at - figure) / (zero_at - full_at)))")
        return scored(scores, bids.present, params, steps, formula, zero_at=zero_at, figure=figures, full_at=full_at)

    def expression(self, params: FixedBandParams) -> Node:
        from tender_eval.plugins import expression as e

        full, zero = e.parameter("full_at", params.full_at), e.parameter("zero_at", params.zero_at)
        return alone_or(e.within((zero - figure_of(params)) / (zero - full)), params)

    def likely(
        self, column: str, params: FixedBandParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        if column != params.field:
            return OTHER
        return spanned((params.full_at, params.zero_at), "full_at and zero_at")


class Point(Fields):
    """A figure and the share of full marks that it earns."""

    value: Number
    score: Share


class PiecewiseParams(NumericParams):
    """A published table of figures and their scores."""

    points: tuple[Point, ...] = Field(description="at least two, by rising value")
    shape: Literal["linear", "step"] = Field(
        "linear", description="linear joins the points; step holds a score until the next point's value"
    )
    includes: Literal["lower", "upper"] | None = Field(
        None,
        description="for step: which end belongs to a band, so whether a figure that is a point's very value "
        "counts with the band above it (lower) or below it (upper)",
    )
    floor: NotNegative | None = Field(None, description=BAND_FLOOR)

    @field_validator("points", mode="before")
    @classmethod
    def _values_in_the_unit(cls, points: object, info: ValidationInfo) -> object:
        for point in points if isinstance(points, list | tuple) else ():
            if isinstance(point, dict):
                in_the_unit_of(info.data.get("field", ""), point.get("value"))
        return points

    @field_validator("points")
    @classmethod
    def _rising(cls, points: tuple[Point, ...]) -> tuple[Point, ...]:
        if len(points) < 2:
            raise fault("TE028", "fewer than two points make no table", "give the points at both ends")
        for before, after in pairwise(points):
            if after.value <= before.value:
                message = f"the point at {shown(after.value)} stands after the one at {shown(before.value)}"
                raise fault("TE028", message, "list each value once, from low to high")
        return points

    @model_validator(mode="after")
    def _boundaries(self) -> PiecewiseParams:
        if self.shape == "step" and self.includes is None:
            message = "not stated which band a figure on the boundary of two belongs to"
            raise fault("TE027", message, "state includes: lower, or includes: upper")
        if self.shape == "linear" and self.includes is not None:
            raise fault("TE028", "includes says nothing where the shape is linear", "remove it, or use shape: step")
        return self


class Piecewise(Scorer):
    """The score of a published table of figures, joined in straight lines or in steps.

    In steps the score of a point holds from its value to the next point's, and ``includes`` says which band
    the boundary itself belongs to. Below the first value the first score holds, above the last value the
    last. Source: bands in published schemes. Each bid is scored alone, so a single bid
    and equal bids are no special case. A negative figure is an error unless the table reaches down to it or
    ``floor`` is published, and so is a zero one where less is better. Never below zero.
    """

    name = "piecewise"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = (
        {"points": [{"value": 80000, "score": "100%"}, {"value": 120000, "score": "0%"}]},
        {
            "field": "values.years",
            "points": [
                {"value": 0, "score": "0%"},
                {"value": 3, "score": "60%"},
                {"value": 10, "score": "100%"},
            ],
            "shape": "step",
            "includes": "lower",
        },
    )
    Params = PiecewiseParams

    def traits_for(self, params: PiecewiseParams) -> frozenset[Trait]:
        traits = kept(self.traits, params, params.floor)
        return traits if _better(params.points) else traits - {Trait.MONOTONE}

    def reads(self, params: PiecewiseParams) -> tuple[Reads, ...]:
        return (_reads(params, _better(params.points), params.points[0].value),)

    def score(self, bids: BidTable, params: PiecewiseParams, steps: Steps) -> Array:
        figures = figures_of(bids, params, steps)
        values = [p.value for p in params.points]
        shares = [p.score for p in params.points]
        if params.shape == "linear":
            scores = interpolate(figures, values, shares)
        else:
            scores = step(figures, values, shares, params.includes or "lower")
        formula, found = _working(figures, scores, params) if steps.kept else (notation(""), {})
        return scored(scores, bids.present, params, steps, formula, **found)

    def expression(self, params: PiecewiseParams) -> Node:
        from tender_eval.plugins import expression as e

        table = e.Table(tuple((Fraction(p.value), Fraction(p.score)) for p in params.points))
        how = "line" if params.shape == "linear" else params.includes or "lower"
        return alone_or(e.look_up(figure_of(params), table, how), params)

    def likely(
        self, column: str, params: PiecewiseParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        return spanned(tuple(p.value for p in params.points), "points") if column == params.field else OTHER


def _working(figures: Array, scores: Array, params: PiecewiseParams) -> tuple[Formula, dict[str, Array]]:
    """The formula of a table, and its figures: of the line that each figure is on, or the score of its step."""
    table = ((Fraction(p.value), Fraction(p.score)) for p in params.points)
    if params.shape == "step":
        said = Said.IN_STEPS_UPPER if params.includes == "upper" else Said.IN_STEPS_LOWER
        formula = notation("share").with_remark(said, Term.FIGURE, table=table)
        return formula, {"share": scores, "figure": figures}
    values = [p.value for p in params.points]
    ends = [segment(values, figure) for figure in figures]
    low, high = ([params.points[end + side] for end in ends] for side in (-1, 0))
    within = "(max(low, min(high, figure)) - low)" if min(figures) < values[0] or max(figures) > values[-1] else ""
    formula = notation(f"start + {within or '(figure - low)'} * (end - start) / (high - low)")
    return formula.with_remark(Said.IN_LINES, table=table), {
        "figure": figures,
        "low": numeric.exact_array(p.value for p in low),
        "high": numeric.exact_array(p.value for p in high),
        "start": numeric.exact_array(p.score for p in low),
        "end": numeric.exact_array(p.score for p in high),
    }


def _better(points: Sequence[Point]) -> str:
    """Which way the scores run: ``higher``, ``lower``, or neither."""
    scores = [p.score for p in points]
    if scores == sorted(scores):
        return "higher"
    return "lower" if scores == sorted(scores, reverse=True) else ""


def _reads(params: Any, better: str, lowest: Any) -> Reads:
    """What is asked of the figure, ``lowest`` being the lowest that the scheme's band or table names."""
    if params.floor is not None or lowest < 0:
        return Reads(params.field, better=better)
    if better == "lower" and lowest > 0:
        return Reads(params.field, better=better, above=ZERO)
    return Reads(params.field, better=better, at_least=ZERO)
