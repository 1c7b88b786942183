"""The currency of a scheme file: one, or one with the rates at which others are compared."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from tender_eval.files.fields import Currency, Located, PositiveCount, ReadBy, Words, currency_code, fault, kind
from tender_eval.files.schemes.fields import Day
from tender_eval.files.validate import ReadAsModel
from tender_eval.model.pricing.exchange import Exchange


class CurrencyFile(Located):
    """The currency in which prices are compared, and what one unit of each other currency is in it."""

    in_: Currency = Field(alias="in")
    rates: dict[Currency, PositiveCount] = Field(description="of one unit in the scheme's: EUR: 0.86")
    on: Day = Field(description="the day of the rates")
    source: Words = Field(description="who publishes them")

    @model_validator(mode="after")
    def _others(self) -> Self:
        if not self.rates:
            raise fault("TE018", "no rate is stated", f"state one such as EUR: 0.86, or write currency: {self.in_}")
        if self.in_ in self.rates:
            message = f"one {self.in_} is one {self.in_}, and a rate of {self.rates[self.in_]} is stated"
            raise fault("TE028", message, f"remove {self.in_} from the rates")
        return self

    def record(self) -> Exchange:
        return Exchange(dict(self.rates), self.on, self.source, self.where)


def _currency(value: object) -> object:
    if isinstance(value, dict):
        return CurrencyFile.model_validate(value)
    if not isinstance(value, str):
        message = f"expected a currency, found {kind(value)}"
        raise fault("TE012", message, "write its code, or {in: GBP, rates: {EUR: 0.86}, on: 2026-05-01, source: ...}")
    return currency_code(value) if value else ""


CurrencyField = Annotated[
    str | CurrencyFile,
    ReadBy(_currency, {"anyOf": [{"type": "string", "pattern": "^[A-Z]{3}$"}, {"x-definition": "CurrencyFile"}]}),
    ReadAsModel(CurrencyFile),
]
