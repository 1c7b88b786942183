"""What a scheme says of its panel: the mark that counts where several people mark."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from tender_eval.files.fields import (
    Ident,
    Located,
    OnFirstUse,
    Places,
    PositiveCount,
    PositiveMark,
    Whole,
    Words,
    fault,
)
from tender_eval.files.schemes.criteria import RoundingMode
from tender_eval.model.explanation.formulas import Rounded
from tender_eval.model.panel_rule import AGREED, OF_AGREED, TRIMMED_MEAN, WEIGHTED_MEAN, PanelRule, Remarked


class MarkRoundingFile(Located):
    """How a computed mark is rounded; of shares, its share of full marks."""

    places: Places
    mode: RoundingMode

    def record(self) -> Rounded:
        return Rounded(self.mode, self.places)


class PanelFile(Located):
    """Which mark counts where several people mark, and which individual marks are looked at."""

    marks: Literal["agreed", "mean", "median", "trimmed_mean", "weighted_mean"] = Field(
        "agreed", description="agreed: the mark that the panel agrees counts; else this statistic of individual marks"
    )
    of: Literal["marks", "shares"] | None = Field(
        None, description="what the statistic is of; stated where a scale is not in equal steps"
    )
    least: Whole | None = Field(None, description="how many people mark each question at least")
    trim: Whole | None = Field(None, description="how many marks a trimmed mean leaves out at each end")
    weights: dict[Words, PositiveCount] = Field(
        {}, description="in a weighted mean, how much a mark counts by the role of whoever gave it: {practitioner: 2}"
    )
    rounding: OnFirstUse[MarkRoundingFile] | None = Field(None, description="of the statistic; default: none")
    divergence: PositiveMark | None = Field(None, description="individual marks this far apart are flagged")
    for_all_lots: list[Ident] = Field(
        [], description="criteria, or groups of them, answered once for all lots of a bid: a panel marks them once"
    )
    refuse: list[Remarked] = Field(
        [],
        description="remarks on agreed marks that refuse them at their lock and their evaluation",
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.model_fields_set:
            raise fault("TE011", "panel says nothing", "write panel: {divergence: 2}, or {marks: mean, least: 3}")
        if self.marks == AGREED:
            given: dict[str, object] = {"of": self.of, "trim": self.trim, "rounding": self.rounding}
            given["weights"] = self.weights or None
            for key in (key for key, value in given.items() if value is not None):
                message = f"{key} is said of a computed mark, and the panel agrees its marks"
                raise fault("TE028", message, f"remove {key}; or say how marks are computed, such as marks: mean")
        elif never := [name for name in self.refuse if name in OF_AGREED]:
            message = f"refuse names {never[0]}, which is said of an agreed mark, and marks are computed"
            raise fault("TE028", message, f"remove {never[0]}; or let the panel agree its marks: marks: agreed")
        if self.marks == TRIMMED_MEAN and self.trim is None:
            message = "a trimmed mean does not say how many marks it leaves out"
            raise fault("TE027", message, "state trim: 1 to leave out the highest and the lowest mark")
        if self.marks == WEIGHTED_MEAN and not self.weights:
            message = "a weighted mean does not say how much whose mark counts"
            raise fault(
                "TE027", message, "state weights by the roles of the people who mark: {practitioner: 2, legal: 1}"
            )
        if self.marks != WEIGHTED_MEAN and self.weights:
            message = "weights are said of a weighted mean, and there is none"
            raise fault("TE028", message, "remove weights, or write marks: weighted_mean")
        if self.marks != TRIMMED_MEAN and self.trim is not None:
            message = "trim is said of a trimmed mean, and there is none"
            raise fault("TE028", message, "remove trim, or write marks: trimmed_mean")
        rule = self.record()
        if rule.computed and self.least is not None and self.least < rule.fewest:
            message = f"of {self.least} {'mark' if self.least == 1 else 'marks'} nothing is left where "
            message += f"{self.trim} at each end {'is' if self.trim == 1 else 'are'} left out"
            raise fault("TE028", message, f"let least be {rule.fewest} or more")
        return self

    def record(self) -> PanelRule:
        rounding = self.rounding.record() if self.rounding else None
        return PanelRule(
            self.marks,
            self.of or "",
            self.least,
            self.trim or 0,
            dict(self.weights),
            rounding,
            self.divergence,
            tuple(dict.fromkeys(self.refuse)),
            tuple(dict.fromkeys(self.for_all_lots)),
            self.where,
        )
