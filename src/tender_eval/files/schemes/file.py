"""The scheme file (``tender-eval/scheme/1``) as pydantic models, and from them the frozen records.

The models say what may be written; what must hold between the parts is in `scheme_checks`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tender_eval.files.fields import (
    IN_WELSH,
    Column,
    Ident,
    Located,
    OnFirstUse,
    Share,
    Truth,
    Whole,
    Words,
    fault,
)
from tender_eval.files.schemes.beside import (
    BenefitFile,
    FullCostFile,
    FunderFile,
    beside_record,
    refuse_years_twice,
)
from tender_eval.files.schemes.criteria import (
    CriterionFile,
    RoundingFile,
    ScaleStepFile,
    SourceNote,
    scale_record,
    weight_of,
)
from tender_eval.files.schemes.exchange import CurrencyField, CurrencyFile
from tender_eval.files.schemes.fields import (
    BoundField,
    Day,
    Moment,
    RuleCall,
    TruthOrText,
    WeightText,
    in_digits,
)
from tender_eval.files.schemes.lot_limits import LotLimitsFile
from tender_eval.files.schemes.low import AbnormallyLowFile
from tender_eval.files.schemes.panel import PanelFile
from tender_eval.files.schemes.price import PriceFile
from tender_eval.files.schemes.regime import RegimeFile
from tender_eval.files.schemes.ties import NearTieField, TieFile
from tender_eval.model.panel_rule import NO_PANEL
from tender_eval.model.regime import UNSTATED
from tender_eval.model.scheme import (
    Award,
    Condition,
    Scheme,
    Shortlist,
)

SCHEME_FORMAT = "tender-eval/scheme/1"
Weights = Literal["of_total", "of_parent", "points"]
TESTS = "must_be, one_of, at_least and at_most"


class ConditionFile(Located):
    id: Ident
    title: Words = ""
    title_cy: Words = Field("", description=IN_WELSH)
    reads: Column
    must_be: TruthOrText | None = None
    one_of: list[Words] | None = None
    at_least: BoundField | None = None
    at_most: BoundField | None = None
    pooled: Truth = Field(False, description="add the figures of confirmed consortium members")
    source: SourceNote = {}

    @field_validator("at_least", "at_most", mode="before")
    @classmethod
    def _in_the_unit(cls, limit: object, info: ValidationInfo) -> object:
        return in_digits(info.data.get("reads", ""), limit)

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        given = [t for t in (self.must_be, self.one_of, self.at_least, self.at_most) if t is not None]
        if not given:
            raise fault("TE011", f'condition "{self.id}" has no test', f"add one of {TESTS}")
        if len(given) > 1:
            message = f'condition "{self.id}" has {len(given)} tests'
            raise fault("TE012", message, f"keep one of {TESTS}; make the other a condition of its own")
        if self.pooled and self.at_least is None:
            message = f'condition "{self.id}" is pooled, which adds figures up, but asks for no amount'
            raise fault("TE028", message, "use at_least, or remove pooled")
        return self

    def record(self, days: Mapping[str, date | None]) -> Condition:
        name = self.reads.removeprefix("values.")
        day = days.get(name) if name != self.reads else None
        counted = day.isoformat() if day else "days" if name != self.reads and name in days else ""
        return Condition(
            self.id, self.title, self.reads, self.must_be, tuple(self.one_of or ()), self.at_least, self.at_most,
            self.pooled, dict(self.source), counted, self.where, self.title_cy,
        )  # fmt: skip


class AwardFile(Located):
    rule: RuleCall
    ties: list[OnFirstUse[TieFile]] = []
    on_rejection: Literal["recompute", "keep_order"] | None = None
    suppliers: Whole = Field(1, description="how many ranked suppliers are awarded (a framework agreement)")
    lots: OnFirstUse[LotLimitsFile] | None = None
    variants: Truth = Field(False, description="a supplier may make several bids for one lot; at most one is awarded")
    near_tie: NearTieField | None = Field(
        None,
        description="bids this near to the best figure count as equal to it, and the ties decide: 0.5 of what is "
        "ranked, or 5% of the best",
    )

    @field_validator("ties")
    @classmethod
    def _people_decide_last(cls, ties: list[TieFile]) -> list[TieFile]:
        if any(tie.then for tie in ties[:-1]):
            message = "nothing follows a draw, or a decision of people, in the tie break"
            raise fault("TE028", message, "let it be the last step, once")
        return ties

    @model_validator(mode="after")
    def _near_ties_are_broken(self) -> Self:
        if self.near_tie is not None and not self.ties:
            message = "near_tie takes bids for equal, but no step of ties decides between them"
            raise fault("TE027", message, "add ties: [{highest: quality}], or {draw: lots} as a step")
        return self

    def record(self) -> Award:
        ties = tuple(t.record() for t in self.ties if not t.then)
        then = next((t.then for t in self.ties if t.then), None)
        lots = self.lots.record() if self.lots else None
        return Award(
            self.rule, ties, self.on_rejection, self.suppliers, lots, self.variants, then, self.near_tie, self.where
        )


class ShortlistFile(Located):
    by: list[Ident] = Field([], description="criteria that decide; default: roots that do not read the price")
    top: Whole | None = None
    at_least: Share | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.top is None) == (self.at_least is None):
            raise fault("TE012", "a shortlist must have one of top and at_least", "state top: 5, or at_least: 60%")
        return self

    def record(self) -> Shortlist:
        return Shortlist(tuple(self.by), self.top, self.at_least, self.where)


class SchemeFile(Located):
    """A published evaluation scheme."""

    format: Literal["tender-eval/scheme/1"]
    id: Ident
    title: Words
    title_cy: Words = Field("", description=IN_WELSH)
    requires: list[Words] = []
    source: SourceNote = {}
    notes: Words = ""
    notes_cy: Words = Field("", description=IN_WELSH)
    illustrative: list[Words] = Field(
        [],
        description="what is an illustration and stands in none of the sources; told in what is made of it",
    )
    illustrative_cy: list[Words] = Field([], description=f"{IN_WELSH}, one for each, in the same order")
    currency: CurrencyField = Field("", description="of prices; with rates, what other currencies are in it")
    tax: Literal["excluded", "included"] | None = Field(
        None, description="whether bids state prices without the tax on them, or with it; nothing is reckoned by it"
    )
    payment: Literal["paid", "received"] = Field(
        "paid", description="received: the bidders pay the authority, so that the higher price is the better one"
    )
    deadline: Moment = Field("", description="until when bids come in: RFC 3339, with the offset of its zone")
    regime: OnFirstUse[RegimeFile] | None = None
    scales: dict[Ident, list[ScaleStepFile]] = {}
    conditions: list[OnFirstUse[ConditionFile]] = []
    shortlist: OnFirstUse[ShortlistFile] | None = None
    criteria: list[CriterionFile] = []
    weights: Weights = "of_total"
    price: OnFirstUse[PriceFile] | None = None
    benefits: list[OnFirstUse[BenefitFile]] = Field([], description="what the service saves others; beside the price")
    funders: list[OnFirstUse[FunderFile]] = Field([], description="who pays which share of the price")
    full_cost: OnFirstUse[FullCostFile] | None = Field(
        None, description="the lines of a bid's own cost sheet, which the price should meet"
    )
    dates: dict[Ident, Day] = Field({}, description="values.<id> is a date, and counts in days from this day")
    durations: list[Ident] = Field([], description="values.<id> is a number of days or weeks, and counts in days")
    award: AwardFile
    rounding: OnFirstUse[RoundingFile] | None = None
    abnormally_low: OnFirstUse[AbnormallyLowFile] | None = None
    panel: OnFirstUse[PanelFile] | None = Field(None, description="which mark counts where several people mark")
    sealed: list[Column] = Field(
        [],
        description="figures that stay closed with the prices until the marks are locked: values.running_cost",
    )
    lots: list[Ident] = Field([], description="the lots of the tender, where criteria or weights differ between them")
    weights_by_lot: dict[Ident, dict[Ident, WeightText]] = Field(
        {}, description="weights that hold in one lot in place of the criteria's own: {north: {quality: 60, price: 40}}"
    )

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        low = self.abnormally_low
        if self.tax == "included" and low and any(test.estimate_tax for test in (low, *low.also)):
            message = "the tax is taken out of the estimate, but prices are stated with it"
            raise fault("TE028", message, "remove estimate_tax, or state tax: excluded")
        if self.full_cost is not None:
            refuse_years_twice(self.full_cost, self.price)
        if self.illustrative_cy and len(self.illustrative_cy) != len(self.illustrative):
            message = f"illustrative names {len(self.illustrative)}, and illustrative_cy {len(self.illustrative_cy)}"
            raise fault("TE027", message, "write each in Welsh too, in the same order; or leave illustrative_cy out")
        for name in self.durations:
            if name in self.dates or self.durations.count(name) > 1:
                message = f"values.{name} is named twice among dates and durations"
                raise fault("TE028", message, "let it be one of the two: a date, or a number of days or weeks")
        return self

    def record(self, sha256: str = "") -> Scheme:
        """The frozen record that the engine works on."""
        shortlist = self.shortlist.record() if self.shortlist else None
        rounding = self.rounding.record() if self.rounding else None
        price = self.price.record() if self.price else None
        days = {**self.dates, **dict.fromkeys(self.durations)}
        exchange = self.currency.record() if isinstance(self.currency, CurrencyFile) else None
        return Scheme(
            id=self.id, title=self.title, requires=tuple(self.requires), source=dict(self.source), notes=self.notes,
            illustrative=tuple(self.illustrative),
            currency=self.currency.in_ if isinstance(self.currency, CurrencyFile) else self.currency,
            exchange=exchange, tax=self.tax or "", deadline=self.deadline, payment=self.payment,
            regime=replace(self.regime.record() if self.regime else UNSTATED, concession=self.payment == "received"),
            scales=tuple(scale_record(name, steps) for name, steps in self.scales.items()),
            conditions=tuple(c.record(days) for c in self.conditions),
            shortlist=shortlist,
            criteria=tuple(c.record(self.weights) for c in self.criteria), weights=self.weights,
            price=price, award=self.award.record(), rounding=rounding,
            beside=beside_record(self.benefits, self.funders, self.full_cost, price),
            days=days,
            abnormally_low=self.abnormally_low.record() if self.abnormally_low else None,
            panel=self.panel.record() if self.panel else NO_PANEL, sealed=tuple(dict.fromkeys(self.sealed)),
            lots=tuple(self.lots),
            weights_by_lot={lot: self._weights(own) for lot, own in self.weights_by_lot.items()},
            sha256=sha256, where=self.where,
            title_cy=self.title_cy, notes_cy=self.notes_cy, illustrative_cy=tuple(self.illustrative_cy),
        )  # fmt: skip

    def _weights(self, own: Mapping[str, str]) -> dict[str, Fraction]:
        return {name: weight for name, text in own.items() if (weight := weight_of(text, self.weights)) is not None}
