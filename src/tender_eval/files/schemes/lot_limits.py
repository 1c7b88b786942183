"""How the lots of a tender are awarded together, as a scheme file says it."""

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from tender_eval.files.fields import Ident, Located, OnFirstUse, Share, Whole, fault
from tender_eval.files.schemes.adjust import When
from tender_eval.files.schemes.fields import BoundField, MechanismCall, in_digits
from tender_eval.model.pricing.offers_taken import OffersTaken
from tender_eval.model.scheme import Bound, Call, LotLimits, Quota, Reserved


class ReservedFile(Located):
    """Lots at which only those bids stand of which the tests hold."""

    lots: list[Ident]
    when: When

    @model_validator(mode="after")
    def _names_lots(self) -> Self:
        if not self.lots:
            raise fault("TE018", "no lots are listed here", "list those that are reserved, such as [north, south]")
        return self

    def record(self) -> Reserved:
        return Reserved(tuple(self.lots), self.when, self.where)


class QuotaFile(Located):
    """How many lots may go, or must go, to those bids of which the tests hold."""

    id: Ident
    when: When
    at_most: Whole | None = None
    at_least: Whole | None = None

    @model_validator(mode="after")
    def _says_how_many(self) -> Self:
        if self.at_most is None and self.at_least is None:
            raise fault("TE011", f'the quota "{self.id}" says nothing', "add at_most or at_least, in lots")
        if self.at_most is not None and self.at_least is not None and self.at_most < self.at_least:
            message = f'the quota "{self.id}" asks for at least {self.at_least} lots and at most {self.at_most}'
            raise fault("TE028", message, "change one of the two")
        return self

    def record(self) -> Quota:
        return Quota(self.id, self.when, self.at_most, self.at_least or 0, self.where)


class LotLimitsFile(Located):
    """How the lots of a tender are awarded together."""

    mechanism: MechanismCall | None = Field(None, description="who wins which lot; default: independent")
    most_tendered: Whole | None = Field(None, description="how many lots one supplier may bid for")
    most_awarded: Whole | None = Field(None, description="how many lots one supplier may be awarded")
    capacity: BoundField | None = Field(
        None,
        description="the annual value that one supplier may be awarded, such as 60% of supplier.annual_income "
        "(confirmed consortium members' figures are added)",
    )
    most_value: Share | None = Field(
        None, description="the share of the annual value of all lots that one supplier may be awarded"
    )
    most_suppliers: Whole | None = Field(None, description="how many suppliers may be awarded anything")
    fewest_suppliers: Whole | None = Field(None, description="how many suppliers must be awarded something")
    reserved: list[OnFirstUse[ReservedFile]] = Field([], description="lots at which only some bids stand")
    quotas: list[OnFirstUse[QuotaFile]] = Field(
        [], description="how many lots may go, or must go, to some bids, such as those of incumbents"
    )
    order: list[Ident] = Field([], description="the lots in the published order; default: as the tender lists them")
    packages: Literal["by_lot", "in_one"] | None = Field(
        None,
        description="bids may state prices for several lots that come together or not at all: the price of each lot, "
        "or one, which is shared out as the bid's prices for each lot alone are",
    )
    alone: Literal["required"] | None = Field(None, description="who offers a package bids for each of its lots alone")
    discounts: Literal["where_awarded"] | None = Field(
        None, description="bids may take something off their prices where several lots are awarded together"
    )
    compare: Literal["all_offers"] | None = Field(
        None, description="where bids are compared at a lot, each offer for several lots counts there as a bid does"
    )

    @field_validator("capacity", mode="before")
    @classmethod
    def _money_or_share_of(cls, capacity: object) -> object:
        return in_digits("tender.annual_value", capacity)

    @field_validator("capacity")
    @classmethod
    def _above_zero(cls, capacity: Bound | None) -> Bound | None:
        if capacity is not None and capacity.amount <= 0:
            message = "the capacity must be above 0"
            raise fault("TE015", message, "write an amount, or a share such as 60% of supplier.annual_income")
        return capacity

    @field_validator("most_value")
    @classmethod
    def _more_than_nothing(cls, share: Fraction | None) -> Fraction | None:
        if share is not None and not 0 < share <= 1:
            raise fault("TE015", "most_value is a share above 0% and up to 100%", "write it like 40%")
        return share

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        most, fewest = self.most_suppliers, self.fewest_suppliers
        if most is not None and fewest is not None and most < fewest:
            message = f"at least {fewest} suppliers must be awarded something, and at most {most} may"
            raise fault("TE028", message, "change one of the two")
        for key, needs in (("alone", self.packages), ("compare", self.packages or self.discounts)):
            if getattr(self, key) and not needs:
                message = f"{key} is said of offers for several lots, and the scheme takes none"
                raise fault("TE028", message, f"remove {key}, or state packages: by_lot")
        for n, quota in enumerate(self.quotas):
            if quota.id in (other.id for other in self.quotas[:n]):
                raise fault("TE020", f'two quotas have the id "{quota.id}"', "give each its own id")
        return self

    def record(self) -> LotLimits:
        return LotLimits(
            self.mechanism or Call("independent", {}, self.where), self.most_tendered, self.most_awarded,
            self.capacity, tuple(self.order), self.where, self.most_value, self.most_suppliers, self.fewest_suppliers,
            tuple(one.record() for one in self.reserved), tuple(one.record() for one in self.quotas),
            OffersTaken(self.packages or "", self.alone or "", self.discounts or "", self.compare or ""),
        )  # fmt: skip
