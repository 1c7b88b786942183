"""Scorers of a panel's judgement: its mark on a published scale, and pass or fail."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field, ValidationInfo, field_validator

from tender_eval.files.fields import Column, Ident, Positive, PositiveMark, in_the_unit_of
from tender_eval.model import numeric
from tender_eval.model.digits import percent, shown
from tender_eval.model.explanation.formulas import Said, notation
from tender_eval.model.explanation.terms import Term
from tender_eval.model.marking.scales import ScaleStep
from tender_eval.model.numeric import Array
from tender_eval.model.tables import interpolate, segment
from tender_eval.plugins.answers import Likely, Unsupported, spanned
from tender_eval.plugins.scorer import NOTHING, CriterionView, Scorer, ScorerParams, Trait
from tender_eval.plugins.table import BidTable, Reads, Steps

if TYPE_CHECKING:
    from tender_eval.plugins.expression.tree import Node

MARK_OUT_OF = notation("mark / highest")
SHARE_FOR_MARK = notation("share_of_full_marks").with_remark(Said.FOR_MARK, Term.MARK, Term.TITLE)
SHARE_BETWEEN = notation("start + (mark - low) * (end - start) / (high - low)")
PASSES = notation("if_(figure >= threshold, 1, 0)")


class MarkParams(ScorerParams):
    """A mark on a scale of the scheme, or any mark out of a highest one."""

    scale: Ident | None = Field(None, description="a scale of the scheme")
    out_of: PositiveMark | None = Field(None, description="instead of a scale: marks from 0 to this, in proportion")
    field: Column | None = Field(None, description="the column to read; default marks.<criterion id>")
    below_zero: Literal["allow"] | None = Field(None, description="allow: marks of the scale may take points away")
    above_full: Literal["allow"] | None = Field(None, description="allow: marks may earn more than all points")
    better: str = Field("higher", exclude=True, json_schema_extra={"internal": True})
    marks: tuple[Any, ...] = Field((), exclude=True, json_schema_extra={"internal": True})
    shares: tuple[Any, ...] = Field((), exclude=True, json_schema_extra={"internal": True})
    titles: tuple[str, ...] = Field((), exclude=True, json_schema_extra={"internal": True})
    between: bool = Field(False, exclude=True, json_schema_extra={"internal": True})


class Mark(Scorer):
    """The share of full marks that the panel's mark earns on its scale.

    Source: graded scales with published shares, as in HM Treasury and Cabinet Office "Assessing Competitive
    Tenders" guidance under the Procurement Act 2023. All equal: equal scores. Single bid: its own score.
    Zero: a mark like any other. A mark that is not on the scale is an error. Any mark may be the best, as 1 is in
    German school marks (Schulnoten): the scale says what each earns. Marks that take points away, or earn more than
    all, are an error unless ``below_zero: allow`` or ``above_full: allow`` is published. A mark that the scheme's panel
    computes may lie between two of the scale, and earns in a straight line between what they earn.
    """

    name = "mark"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = ({"out_of": 5}, {"scale": "zero_to_five"})
    Params = MarkParams

    def traits_for(self, params: MarkParams) -> frozenset[Trait]:
        return self.traits if params.better else self.traits - {Trait.MONOTONE}

    def unbounded_below(self, params: MarkParams) -> bool:
        return params.below_zero == "allow"

    def unbounded_above(self, params: MarkParams) -> bool:
        return params.above_full == "allow"

    def prepare(self, params: MarkParams, criterion: CriterionView) -> MarkParams:
        field = params.field or f"marks.{criterion.id}"
        if (params.scale is None) == (params.out_of is None):
            criterion.refuse("TE028", "mark needs one of scale and out_of, not both", "name a scale of the scheme")
            return params.model_copy(update={"field": field})
        steps: tuple[ScaleStep, ...] = ()
        better = "higher"
        if params.scale is not None:
            scale = criterion.scale_named(params.scale)
            steps = scale.steps if scale else ()
            better = scale.better if scale else better
            self._refuse_unstated(steps, params, criterion)
        elif params.below_zero or params.above_full:
            message = "marks out of a highest one earn from 0% to 100%"
            criterion.refuse("TE028", message, "remove below_zero and above_full, or name a scale")
        found = {
            "better": better,
            "field": field,
            "marks": tuple(s.mark for s in steps),
            "shares": tuple(s.score for s in steps),
            "titles": tuple(s.title for s in steps),
            "between": criterion.computed_marks and bool(steps) and field.startswith("marks."),
        }
        return params.model_copy(update=found)

    @staticmethod
    def _refuse_unstated(steps: tuple[ScaleStep, ...], params: MarkParams, criterion: CriterionView) -> None:
        """Refuse marks that earn less than nothing or more than all, where the scheme does not say that they may."""
        for step in steps:
            if (step.score < 0 and params.below_zero is None) or (step.score > 1 and params.above_full is None):
                key = "below_zero" if step.score < 0 else "above_full"
                message = f'the mark {shown(step.mark)} of "{params.scale}" earns {percent(step.score)}'
                criterion.refuse("TE015", message, f"write {key}: allow if that is meant, beside the scale")
                return

    def reads(self, params: MarkParams) -> tuple[Reads, ...]:
        column = params.field or "marks"
        if params.out_of is not None:
            most = Fraction(params.out_of)
            return (Reads(column, better="higher", at_least=Fraction(0), at_most=most, kind="mark"),)
        marks = tuple(Fraction(m) for m in params.marks)
        return (Reads(column, better=params.better, one_of=marks, kind="mark", between=params.between),)

    def score(self, bids: BidTable, params: MarkParams, steps: Steps) -> Array:
        marks = bids.column(params.field or "")
        if params.out_of is not None:
            steps.working(MARK_OUT_OF, mark=marks, highest=params.out_of)
            return numeric.divide(marks, params.out_of)
        if params.between:
            scores = interpolate(marks, params.marks, params.shares)
            if steps.kept:
                steps.working(SHARE_BETWEEN, **self._lines(marks, params))
            return scores
        scores = numeric.lookup(marks, params.marks, params.shares)
        if steps.kept:
            steps.working(SHARE_FOR_MARK, share_of_full_marks=scores, mark=marks, title=self._titles(marks, params))
        return scores

    def expression(self, params: MarkParams) -> Node:
        from tender_eval.plugins import expression as e

        mark = e.figure(params.field or "marks")
        if params.out_of is not None:
            return mark / e.parameter("out_of", params.out_of)
        rows = tuple((Fraction(m), Fraction(s)) for m, s in zip(params.marks, params.shares, strict=True))
        return e.look_up(mark, e.Table(rows, scale=str(params.scale)), "line" if params.between else "mark")

    def likely(self, column: str, params: MarkParams, known: Mapping[str, Fraction] = NOTHING) -> Likely | Unsupported:
        if column != params.field:
            return Unsupported("it reads another mark")
        if params.out_of is not None:
            return Likely(Fraction(0), Fraction(params.out_of), "out_of")
        return spanned(params.marks, "scale") if params.marks else Unsupported("its scale has no marks")

    def scale_of(self, params: MarkParams) -> str:
        return str(params.scale or "")

    @staticmethod
    def _lines(marks: Array, params: MarkParams) -> dict[str, Array]:
        """The marks, and the ends of the line that each is on."""
        ends = [segment(params.marks, mark) for mark in marks]
        found = {"low": (params.marks, -1), "high": (params.marks, 0), "start": (params.shares, -1)}
        found["end"] = (params.shares, 0)
        by_name = {name: numeric.exact_array(of[end + n] for end in ends) for name, (of, n) in found.items()}
        return {"mark": marks, **by_name}

    @staticmethod
    def _titles(marks: Array, params: MarkParams) -> object:
        titles = dict(zip(params.marks, params.titles, strict=True))
        found = np.empty(len(marks), dtype=object)
        found[:] = [titles[mark] or "untitled" for mark in marks]
        return found


class PassFailParams(ScorerParams):
    """A figure that passes from a threshold on."""

    field: Column | None = Field(None, description="the column to read; default marks.<criterion id>")
    at_least: Positive = Field(Fraction(1), description="the least that passes; true counts as 1")

    @field_validator("at_least", mode="before")
    @classmethod
    def _in_the_unit(cls, value: object, info: ValidationInfo) -> object:
        return in_the_unit_of(info.data.get("field") or "marks", value)


class PassFail(Scorer):
    """Full marks at or above the threshold, none below.

    Source: pass/fail criteria as in Procurement Act 2023 s.23(3)(b), which asks the scheme to say so. Zero and
    negative figures fail. It scores; to reject those that fail, give the criterion a minimum of 100%.
    """

    name = "pass_fail"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    Params = PassFailParams

    def prepare(self, params: PassFailParams, criterion: CriterionView) -> PassFailParams:
        return params.model_copy(update={"field": params.field or f"marks.{criterion.id}"})

    def reads(self, params: PassFailParams) -> tuple[Reads, ...]:
        return (Reads(params.field or "marks", better="higher"),)

    def score(self, bids: BidTable, params: PassFailParams, steps: Steps) -> Array:
        figures = bids.column(params.field or "")
        fails = numeric.less(figures, numeric.full(figures, 0) + params.at_least)
        steps.working(PASSES, figure=figures, threshold=params.at_least)
        return numeric.where(np.asarray(fails), numeric.full(figures, 0), numeric.full(figures, 1))

    def expression(self, params: PassFailParams) -> Node:
        from tender_eval.plugins import expression as e

        least = e.parameter("at_least", params.at_least)
        return e.if_(e.compare(e.figure(params.field or "marks"), ">=", least), 1, 0)

    def likely(
        self, column: str, params: PassFailParams, known: Mapping[str, Fraction] = NOTHING
    ) -> Likely | Unsupported:
        if column != params.field:
            return Unsupported("it reads another figure")
        return Likely(Fraction(0), Fraction(params.at_least), "at_least")
