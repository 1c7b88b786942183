"""What the scorers of one figure share: the field, a published floor, an only bid, scores below zero."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tender_eval.files.fields import Column, Number, Share, fault, in_the_unit_of
from tender_eval.model import numeric
from tender_eval.model.explanation.formulas import Formula, Name, Said, notation
from tender_eval.model.explanation.terms import Title
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Likely, Unsupported
from tender_eval.plugins.scorer import NOTHING, Scorer, ScorerParams, Trait
from tender_eval.plugins.table import NO_NAMES, BidTable, Reads, Steps

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node, Operand

ZERO = Fraction(0)
BelowZero = Literal["clamp", "allow"]
BELOW_ZERO = "clamp holds a score that falls below zero at zero; allow lets it take points away"
DIVIDING_FLOOR = "figures below this count as this; without it a zero or negative figure is an error"
AT_LEAST_FLOOR = notation("figure = max(stated, floor)")
ONLY_BID = notation("single_bid").with_remark(Said.ONLY_BID)
PLAIN_FLOOR = DIVIDING_FLOOR + "; 0 admits a figure of zero"


def _not_negative(value: Fraction) -> Fraction:
    if value < 0:
        raise fault("TE015", f"{value} is out of range: at least 0")
    return value


NotNegative = Annotated[Number, AfterValidator(_not_negative)]
"""An exact number of at least zero."""


class NumericParams(ScorerParams):
    """Which figure is scored, and what an only bid earns."""

    field: Column = Field("price", description="the figure that is scored")
    single_bid: Share | None = Field(None, description="the score of an only bid; default: what the method gives it")

    @field_validator("floor", "full_at", "zero_at", mode="before", check_fields=False)
    @classmethod
    def _in_the_unit(cls, value: object, info: ValidationInfo) -> object:
        """What the figure is compared with is of its kind: money in digits where that is money."""
        return in_the_unit_of(info.data.get("field", ""), value)


class NumericScorer(Scorer):
    """Base of the scorers of one figure of which less is better, and which zero would break.

    Their parameters are `NumericParams` with a ``floor``; without one a zero or negative figure is an error.
    """

    def traits_for(self, params: Any) -> frozenset[Trait]:
        return kept(self.traits, params, params.floor)

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads(params.field, better="lower", above=ZERO if params.floor is None else None),)

    def likely(self, column: str, params: Any, known: Mapping[str, Fraction] = NOTHING) -> Likely | Unsupported:
        return Unsupported("the bids themselves set both ends")


class PenaltyScorer(NumericScorer):
    """Base of those whose parameters say, as ``below_zero``, whether a dear bid may lose points."""

    def unbounded_below(self, params: Any) -> bool:
        return bool(params.below_zero == "allow")


def kept(traits: frozenset[Trait], params: NumericParams, floor: Fraction | None = None) -> frozenset[Trait]:
    """The promises that outlast a published floor, and a published score of an only bid."""
    if floor:
        traits = traits - {Trait.SCALE_FREE}
    if params.single_bid is not None:
        traits = traits - {Trait.INDEPENDENT}
    return traits


def figures_of(bids: BidTable, params: Any, steps: Steps) -> Array:
    """The figures that are scored: those of the bids, none below the published floor."""
    stated = bids.column(params.field)
    if params.floor is None:
        return stated
    figures = numeric.larger(stated, params.floor)
    steps.working(AT_LEAST_FLOOR, figure=figures, stated=stated, floor=params.floor)
    return figures


def scored(
    scores: Array,
    present: Mask,
    params: Any,
    steps: Steps,
    formula: Formula,
    named: Mapping[Name, object] = NO_NAMES,
    /,
    **figures: object,
) -> Array:
    """The scores with their working; in place of the method's the published score of an only bid, where there is one.

    Args:
        formula: the method's, with the figures that its names stand for, as `Steps.working` takes them.
    """
    alone = False if params.single_bid is None else present.sum(axis=0) == 1
    if not np.any(alone):
        steps.working(formula, named, **figures)
        return scores
    steps.working(ONLY_BID, single_bid=params.single_bid)
    return numeric.where(alone, params.single_bid, scores)


def figure_of(params: Any) -> Node:
    """The figure that is scored, as `figures_of` has it, for an expression."""
    from tender_eval.plugins import expression as e

    stated = e.figure(params.field)
    if params.floor is None:
        return stated
    return e.named(Title.AT_LEAST_THE_FLOOR, e.larger(stated, e.parameter("floor", params.floor)))


def alone_or(score: Operand, params: Any, below_zero: str | None = None) -> Node:
    """A score as an expression, held as `within` does, with the published score of an only bid as `scored` has it."""
    from tender_eval.plugins import expression as e
    from tender_eval.plugins.expression.tree import node

    bounded = score if below_zero is None else e.smaller(1, score) if below_zero == "allow" else e.within(score)
    if params.single_bid is None:
        return node(bounded)
    return e.if_(e.compare(e.count(), "==", 1), e.parameter("single_bid", params.single_bid), bounded)


def within(scores: Array, below_zero: str) -> Array:
    """Scores held at full marks, and at zero unless the scheme allows them to fall below."""
    if below_zero == "allow":
        return numeric.smaller(scores, numeric.like(scores, 1))
    return numeric.clip(scores)


def held(formula: Formula, below_zero: str, above_one: bool = True) -> Formula:
    """A formula with the bounds of `within`, so that its working comes to the score that they hold.

    >>> held(notation("1 - k"), "clamp").parts, held(notation("1 - k"), "allow", above_one=False).parts
    (('max(0, min(1, 1 - ', <Term.K: 'k'>, '))'), ('1 - ', <Term.K: 'k'>, ''))
    """
    bounded = formula.between("min(1, ", ")") if above_one else formula
    return bounded if below_zero == "allow" else bounded.between("max(0, ", ")")


def mean_of(figures: Array, present: Mask, steps: Steps) -> Any:
    """The mean of the figures, with its working."""
    mean = numeric.mean(figures, present)
    if steps.kept:
        total, bids = numeric.total(figures, present), numeric.count(figures, present)
        steps.working(notation("mean = total / bids"), mean=mean, total=total, bids=bids)
    return mean
