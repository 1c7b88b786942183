"""Criteria in a scheme file: the tree with its weights, minimums and rounding, and the scales that marks are on."""

from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from tender_eval.files.fields import IN_WELSH, Digits, Ident, Located, Mark, OnFirstUse, Places, Some, Words, fault
from tender_eval.files.numbers import parse_number
from tender_eval.files.schemes.fields import MinimumText, ScaleToBest, ScorerCall, StepShare, WeightText
from tender_eval.model.location import NOWHERE, Table, Text, place
from tender_eval.model.marking.scales import Scale, ScaleStep
from tender_eval.model.scheme import Call, Criterion, Minimum, Rounding

RoundingMode = Literal["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"]
RoundingStage = Literal["price", "score", "criterion", "group", "total"]
RoundedAt = Literal["score", "points"]
SourceNote = dict[str, Words]


class ScaleStepFile(Located):
    mark: Mark
    score: StepShare
    title: Words = ""
    descriptor: Words = ""
    title_cy: Words = Field("", description=IN_WELSH)
    descriptor_cy: Words = Field("", description=IN_WELSH)


class RoundingFile(Located):
    places: Places | None = Field(None, description="to so many decimal places; or digits")
    digits: Digits | None = Field(
        None, description="in place of places, at the total alone: where the best figure has so many digits"
    )
    mode: RoundingMode
    at: Some[RoundingStage]

    @model_validator(mode="after")
    def _to_one_of_them(self) -> "RoundingFile":
        if self.places is None and self.digits is None:
            raise fault("TE011", "the rounding does not say to how many places", "state places: 2")
        if self.places is not None and self.digits is not None:
            raise fault("TE028", "the rounding is to places and to digits of the best figure", "state one of the two")
        if self.digits is not None and [*self.at] != ["total"]:
            message = "the best figure is known of the total alone, so that nothing else is rounded to its digits"
            raise fault("TE028", message, "write at: [total]; a criterion may state a rounding of its own")
        return self

    def record(self) -> Rounding:
        return Rounding(self.places or 0, self.mode, tuple(self.at), self.digits or 0)


class CriterionRoundingFile(Located):
    """How one criterion is rounded: the scheme's own rounding then says nothing of its score and its points."""

    places: Places
    mode: RoundingMode
    at: Some[RoundedAt] = Field(("points",), description="its points, its score (the share of full marks), or both")

    def record(self) -> Rounding:
        return Rounding(self.places, self.mode, tuple(self.at))


class CriterionFile(Located):
    id: Ident
    title: Words = ""
    description: Words = ""
    title_cy: Words = Field("", description=IN_WELSH)
    description_cy: Words = Field("", description=IN_WELSH)
    weight: WeightText | None = Field(None, description="by the scheme's convention (weights): 35, 35%, 12.50 or 1/3")
    minimum: MinimumText | None = Field(
        None,
        description="50%: of the points available here; 3: a mark that each marked question here must reach",
    )
    scorer: ScorerCall | None = None
    scale: Ident | None = Field(None, description="short for the scorer's own scale parameter")
    criteria: list["CriterionFile"] | None = None
    rounding: OnFirstUse[CriterionRoundingFile] | None = Field(
        None, description="how this criterion alone is rounded, whatever rounding says of the others"
    )
    scale_to_best: ScaleToBest = Field(
        "",
        description="true: the best bid gets all points here, the others in proportion to what they earned; with "
        "minimums here or above, before_minimums or after_minimums, which then look at the points as earned",
    )
    lots: list[Ident] | None = Field(None, description="of these lots alone; default: of all")
    source: SourceNote = {}

    def record(self, weights: str) -> Criterion:
        scorer = self.scorer
        if scorer and self.scale is not None:
            params = Table(place(scorer.params, self.where))
            params.update({**scorer.params, Text("scale", place(self.scale, self.where)): self.scale})
            scorer = Call(scorer.name, params, scorer.where)
        return Criterion(
            id=self.id, title=self.title or self.id, weight=weight_of(self.weight, weights),
            minimum=_minimum(self.minimum), scorer=scorer,
            criteria=tuple(c.record(weights) for c in self.criteria or ()),
            description=self.description, source=dict(self.source),
            rounding=self.rounding.record() if self.rounding else None, scale_to_best=self.scale_to_best,
            lots=tuple(self.lots or ()), where=self.where,
            title_cy=self.title_cy, description_cy=self.description_cy,
        )  # fmt: skip


def weight_of(text: str | None, convention: str) -> Fraction | None:
    """The weight in points of 100, or in points. A fraction below one, such as 1/3, is that share of 100."""
    if text is None:
        return None
    value = parse_number(text)
    as_share = convention != "points" and (text.endswith("%") or ("/" in text and 0 < value < 1))
    return value * 100 if as_share else value


def _minimum(text: str | None) -> Minimum | None:
    if text is None:
        return None
    value, where = parse_number(text), place(text, NOWHERE)
    return Minimum(share=value, where=where) if text.endswith("%") else Minimum(mark=value, where=where)


def scale_record(name: str, steps: list[ScaleStepFile]) -> Scale:
    ordered = tuple(
        ScaleStep(s.mark, s.score, s.title, s.descriptor, s.title_cy, s.descriptor_cy)
        for s in sorted(steps, key=lambda s: s.mark)
    )
    return Scale(name, ordered, place(name, NOWHERE), tuple(s.mark for s in steps))
