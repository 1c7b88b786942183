"""Abnormally low prices as a scheme file says them: against what, over which bids, and exactly when."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from tender_eval.files.fields import Located, OnFirstUse, Share, Truth, Whole, fault
from tender_eval.files.schemes.fields import BoundField, in_digits
from tender_eval.model.pricing.low import (
    ESTIMATE,
    MEAN,
    MEDIAN,
    MIDDLES,
    RUNNER_UP,
    TRIMMED,
    AbnormallyLow,
    Again,
    Trim,
)
from tender_eval.model.pricing.low import LowPriceTest as Record

AGAINST = (MEAN, MEDIAN, TRIMMED, ESTIMATE, RUNNER_UP)
KEYS = ", ".join(f"below_{of}_by" for of in AGAINST)


class TrimFile(Located):
    """What a trimmed mean leaves out at each end."""

    each_end: Share
    rounded: Literal["up", "down"] = Field(description="where that share is no whole number of bids")
    ties: Literal["all", "none"] = Field(description="all: prices equal to one that is left out are left out as well")

    def record(self) -> Trim:
        return Trim(self.each_end, self.rounded, self.ties)


class AgainFile(Located):
    """Which prices are averaged once more, after the mean."""

    below_mean: Literal["kept", "all"] | None = Field(
        None, description="the prices below the mean: of those that trimming kept, or of all"
    )
    without_above: Share | None = Field(None, description="the prices that are no more than this share above the mean")
    fewest: Whole | None = Field(None, description="of without_above: at least so many of the lowest; default 1")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.below_mean is None) == (self.without_above is None):
            message = "averaged_again must have one of below_mean and without_above"
            raise fault("TE012", message, "state below_mean: kept, or without_above: 10%")
        if self.fewest is not None and self.without_above is None:
            raise fault("TE028", "fewest is said of without_above, and there is none", "remove fewest")
        return self

    def record(self) -> Again:
        return Again(self.below_mean or "", self.without_above or Fraction(0), self.fewest or 1)


class LowPriceFile(Located):
    """One test; a price is flagged where it is this share or more below what it is held against."""

    below_mean_by: Share | None = None
    below_median_by: Share | None = None
    below_trimmed_mean_by: Share | None = None
    below_estimate_by: Share | None = None
    below_runner_up_by: Share | None = Field(None, description="the lowest price, below the next one")
    estimate: BoundField | None = Field(None, description="an amount, or such as 400% of annual_value")
    estimate_tax: Share | None = Field(
        None, description="the tax that the estimate holds and prices do not, such as 20%"
    )
    trim: OnFirstUse[TrimFile] | None = None
    averaged_again: OnFirstUse[AgainFile] | None = Field(
        None, description="the mean is taken once more, over some of the prices"
    )
    counts_itself: Truth = Field(True, description="whether the bid's own price is in the mean or median")
    over: Literal["ranked", "evaluated"] = Field("ranked", description="evaluated: rejected bids count as well")
    exactly: Literal["flagged", "not_flagged"] = Field("flagged", description="a price exactly so far below")
    from_bids: Whole | None = Field(None, description="the fewest bids with which the test holds; default 2")
    to_bids: Whole | None = Field(None, description="the most bids with which the test holds")

    @field_validator("estimate", mode="before")
    @classmethod
    def _money_or_share_of(cls, estimate: object) -> object:
        return in_digits("tender.annual_value", estimate)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(stated := self._against()) != 1:
            message = "a test for abnormally low prices must have one of below_mean_by, below_median_by and the like"
            if len(stated) > 1:
                message = f"{' and '.join(f'below_{of}_by' for of in stated)} stand in one test"
            raise fault("TE012", message, f"state one of {KEYS}; further tests go into also: [...]")
        (of,) = stated
        needed = {ESTIMATE: ("estimate", self.estimate), TRIMMED: ("trim", self.trim)}
        if of in needed and needed[of][1] is None:
            such = "estimate: 500000" if of == ESTIMATE else "trim: {each_end: 10%, rounded: up, ties: all}"
            raise fault("TE027", f"below_{of}_by does not say its {needed[of][0]}", f"state {such}")
        for kind, (key, value) in needed.items():
            if of != kind and value is not None:
                raise fault("TE028", f"{key} is said of below_{kind}_by, and there is none", f"remove {key}")
        if self.estimate_tax is not None and of != ESTIMATE:
            raise fault("TE028", "estimate_tax is said of below_estimate_by, and there is none", "remove estimate_tax")
        if self.averaged_again is not None:
            self._check_again(self.averaged_again, of)
        if of not in MIDDLES and not self.counts_itself:
            raise fault("TE028", f"counts_itself says nothing of below_{of}_by", "remove it")
        if self.trim is not None and not self.trim.each_end < 1 / 2:
            raise fault("TE015", "so much trimmed at each end leaves nothing", "trim less than 50% at each end")
        return self

    def _check_again(self, again: AgainFile, of: str) -> None:
        if of not in (MEAN, TRIMMED):
            raise fault("TE028", f"averaged_again says nothing of below_{of}_by", "remove it")
        if not self.counts_itself:
            message = "averaged_again goes by the mean of all, and counts_itself leaves the bid's own price out"
            raise fault("TE028", message, "remove one of the two")
        if of == MEAN and again.below_mean == "all":
            raise fault("TE028", "nothing is trimmed, so that the prices below the mean are of all", "write kept")
        if of == TRIMMED and again.without_above is not None:
            raise fault("TE028", "without_above is said of below_mean_by alone", "trim, or leave out what is above")

    def _against(self) -> list[str]:
        return [of for of in AGAINST if getattr(self, f"below_{of}_by") is not None]

    def test(self) -> Record:
        (of,) = self._against()
        amount, share_of = (self.estimate.amount, self.estimate.of) if self.estimate else (None, "")
        fewest = self.from_bids or (1 if of == ESTIMATE else 2)
        return Record(
            getattr(self, f"below_{of}_by"), of, amount, share_of, self.trim.record() if self.trim else None,
            self.counts_itself, self.over, self.exactly == "flagged", fewest, self.to_bids,
            self.averaged_again.record() if self.averaged_again else None, self.estimate_tax or Fraction(0), self.where,
        )  # fmt: skip


class AbnormallyLowFile(LowPriceFile):
    """When a price is flagged to be queried; a flag never rejects."""

    also: list[OnFirstUse[LowPriceFile]] = Field([], description="further tests, each of which flags by itself")

    def record(self) -> AbnormallyLow:
        return AbnormallyLow((self.test(), *(each.test() for each in self.also)), self.where)
