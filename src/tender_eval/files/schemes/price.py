"""How the evaluated price is made, as a scheme file says it: components, and a schedule of quantities."""

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from tender_eval.files.fields import (
    IN_WELSH,
    Ident,
    Located,
    OnFirstUse,
    PositiveCount,
    PositiveMoney,
    Share,
    Truth,
    Words,
    Years,
    fault,
)
from tender_eval.files.schemes.adjust import AdjustFile
from tender_eval.files.schemes.fields import Paid
from tender_eval.model.location import place
from tender_eval.model.pricing.adjust import OWN
from tender_eval.model.pricing.price import Component, PriceModel


class LineFile(Located):
    """A line of a priced schedule: so many units, of which bids state the rate."""

    id: Ident
    title: Words = ""
    title_cy: Words = Field("", description=IN_WELSH)
    quantity: PositiveCount
    unit: Words = ""
    unit_cy: Words = Field("", description=IN_WELSH)
    paid: Paid = Field("once", description="when the whole quantity is paid: once, per_year (each year) or year_N")

    def record(self, counts: str) -> Component:
        return Component(
            self.id, self.paid, self.quantity, self.unit, self.title, counts, self.where,
            self.title_cy, self.unit_cy,
        )  # fmt: skip


class PriceFile(Located):
    components: dict[Ident, Paid] = Field({}, description="sums of money that bids state, and when each is paid")
    schedule: list[OnFirstUse[LineFile]] = Field([], description="quantities, of which bids state rates.<id>")
    prevails: Literal["unit", "total"] | None = Field(
        None,
        description="what counts where a bid's totals.<id> is not quantity x rate: unit (the rate) or total",
    )
    misplaced_point: Truth = Field(
        False,
        description="under prevails: unit, a stated total that is the line with its point moved stands, not the rate",
    )
    from_: Literal["discount"] | None = Field(None, alias="from", description="bids state a discount, and no price")
    of: PositiveMoney | None = Field(None, description="the sum off which a discount is")
    years: Years = 1
    discount_rate: Share = Fraction(0)
    payments: Literal["start_of_year", "end_of_year"] = Field(
        "start_of_year", description="when a year's sum is discounted from; the first year's start is today"
    )

    adjust: list[OnFirstUse[AdjustFile]] = Field(
        [], description="what changes the price that is compared, in this order, and not what is paid"
    )
    together: Literal["added", "in_turn"] | None = Field(
        None,
        description="whether a percentage of the price is of it before all adjustments (added), or as those before "
        "left it (in_turn)",
    )
    cap_together: PositiveMoney | None = Field(None, description="the most by which all adjustments change a price")

    @model_validator(mode="before")
    @classmethod
    def _who_pays_is_said_elsewhere(cls, data: object) -> object:
        if isinstance(data, dict) and "payment" in data:
            message = 'the key "payment" stands in price, but is said of the whole scheme'
            raise fault("TE010", message, f"move payment: {data['payment']} out of price, to stand beside it")
        return data

    @model_validator(mode="after")
    def _made_of_something(self) -> Self:
        if self.from_ and self.of is None:
            raise fault("TE027", "of is not stated, off which the discounts are", "state of: with an amount")
        if self.from_ is None and self.of is not None:
            raise fault("TE028", "of is said of discounts, and there are none", "state from: discount, or remove of")
        if self.from_ and (self.components or self.schedule):
            message = "the price is a discount, and made of components or a schedule as well"
            raise fault("TE028", message, "keep one of the two")
        if not self.components and not self.schedule and not self.adjust and not self.from_:
            hint = "add components: {annual_price: per_year, ...}, or schedule: [{id: ..., quantity: ...}, ...]"
            raise fault("TE011", "the price is made of nothing", hint)
        if self.schedule and self.prevails is None:
            message = "prevails is not stated, but bids may state totals that are not quantity x rate"
            raise fault("TE027", message, "state prevails: unit (the rate counts) or prevails: total")
        if self.prevails is not None and not self.schedule:
            raise fault("TE028", "prevails is said of a schedule, and there is none", "remove prevails")
        if self.misplaced_point and self.prevails != "unit":
            message = "misplaced_point is an exception to prevails: unit"
            raise fault("TE028", message, "state prevails: unit, or remove misplaced_point")
        return self

    @model_validator(mode="after")
    def _adjusted_in_one_way(self) -> Self:
        shares = [a.id for a in self.adjust if isinstance(a.by, tuple) and a.of == OWN]
        if len(shares) > 1 and self.together is None:
            message = f"{', '.join(shares)} are percentages of the price, and it is not said whether of one price"
            hint = "state together: added (each is of the price before all), or in_turn (as those before left it)"
            raise fault("TE027", message, hint)
        if self.together is not None and len(self.adjust) < 2:
            raise fault("TE028", "together is said of adjustments, and there are not two", "remove together")
        if self.cap_together is not None and len({a.record().rises for a in self.adjust}) != 1:
            message = "cap_together is of adjustments that all lower the price, or all raise it"
            raise fault("TE028", message, "remove cap_together; each may have a cap of its own")
        return self

    def record(self) -> PriceModel:
        components = tuple(Component(k, v, where=place(k, self.where)) for k, v in self.components.items())
        counts = "totals" if self.prevails == "total" else "rates"
        lines = tuple(line.record(counts) for line in self.schedule)
        return PriceModel(
            (*components, *lines), self.years, self.discount_rate, self.payments, self.prevails or "",
            self.misplaced_point, tuple(a.record() for a in self.adjust), self.together or "", self.cap_together,
            self.of, self.where,
        )  # fmt: skip
