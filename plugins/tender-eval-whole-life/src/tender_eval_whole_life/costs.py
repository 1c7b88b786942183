"""The lines of a whole-life cost: which figure, when it is paid, and what a payment then counts for today.

A payment n years after the start counts figure / (1 + rate)^n. Sources: ISO 15686-5:2017, Buildings and
constructed assets, service life planning, part 5: life-cycle costing (net present cost over a period of
analysis); HM Treasury, The Green Book (2022), chapter 5 and annex A6 (discounting from a base year).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, field_validator, model_validator

from tender_eval import ScorerParams
from tender_eval.files.fields import Column, Whole, Words, fault

Payments = Literal["start_of_year", "end_of_year"]


class Every(ScorerParams):
    """Paid again after so many years."""

    every: Whole = Field(description="years from one payment to the next")


class InYear(ScorerParams):
    """Paid once, in a certain year."""

    in_year: Whole = Field(description="the year in which it is paid; the first is 1")


_WAYS = "write once, per_year, {every: 3} or {in_year: 4}"
_DATED = {"every": "repeated", "in_year": "dated"}


def _known_way(value: object) -> object:
    match value:
        case Every() | InYear() | "once" | "per_year":
            return value
        case dict() if len(value) == 1 and next(iter(value)) in _DATED:
            return value
        case str():
            raise fault("TE016", f'"{value}" is not a way to be paid', _WAYS)
        case _:
            raise fault("TE012", "expected a way to be paid", _WAYS)


def _kind_of_way(value: object) -> str:
    match value:
        case dict():
            return _DATED[next(iter(value))]
        case Every():
            return "repeated"
        case InYear():
            return "dated"
        case _:
            return "named"


Paid = Annotated[
    Annotated[Literal["once", "per_year"], Tag("named")]
    | Annotated[Every, Tag("repeated")]
    | Annotated[InYear, Tag("dated")],
    Discriminator(_kind_of_way),
    BeforeValidator(_known_way),
]
"""``once`` (at the start), ``per_year``, ``{every: 3}`` or ``{in_year: 4}``."""


class CostLine(ScorerParams):
    """A cost of the bid: money in the scheme's currency, at the prices of the first year."""

    reads: Column = Field(description="the figure that is paid, such as prices.annual or values.maintenance")
    paid: Paid = Field(description="once, at the start; per_year; {every: years}; {in_year: year}")
    from_year: Whole | None = Field(
        None, description="the first year that is paid: per_year begins in year 1 unless this says otherwise"
    )
    source: Words = Field("", description="where the bidder's figure comes from")

    @field_validator("source")
    @classmethod
    def _said(cls, source: str) -> str:
        if not source.strip():
            raise fault("TE018", "the source is empty", "name the document, study or price list")
        return source

    @model_validator(mode="after")
    def _begins(self) -> CostLine:
        if isinstance(self.paid, Every) and self.from_year is None:
            message = f"{self.reads} is paid every {self.paid.every} years, but not stated from which year"
            raise fault("TE027", message, "state from_year")
        if self.from_year is not None and (self.paid == "once" or isinstance(self.paid, InYear)):
            message = f"{self.reads} is paid once, so from_year says nothing"
            raise fault("TE028", message, "remove from_year, or write paid: {in_year: ...}")
        return self

    def years(self, last: int) -> range:
        """The years in which it is paid, up to the ``last``."""
        match self.paid:
            case Every(every=apart):
                return range(self.from_year or 1, last + 1, apart)
            case InYear(in_year=year):
                return range(year, year + 1)
            case "per_year":
                return range(self.from_year or 1, last + 1)
            case _:
                return range(1, 2)

    def latest_start(self) -> int:
        """The last year that it names."""
        return self.paid.in_year if isinstance(self.paid, InYear) else self.from_year or 1


class AvoidedCost(CostLine):
    """A saving to somebody else that a bid expects. It is shown, and never taken off the cost."""

    source: Words = Field(description="the evidence for the saving: study, table or unit costs")


class ResidualValue(ScorerParams):
    """What is still worth something at the end of the analysis, and is taken off the cost."""

    reads: Column = Field(description="the figure, such as values.residual_value")
    in_year: Whole | None = Field(None, description="the year at whose end it is had; default: the last year")


def factor(line: CostLine, years: int, rate: Any, payments: Payments | None) -> Any:
    """By how much a figure counts in the whole-life cost; a number in the arithmetic of ``rate``.

    >>> from fractions import Fraction
    >>> line = CostLine(reads="prices.annual", paid="per_year")
    >>> factor(line, 2, Fraction(1, 4), "end_of_year")
    Fraction(36, 25)
    """
    return sum(1 / (1 + rate) ** n for n in exponents(line, years, payments))


def exponents(line: CostLine, years: int, payments: Payments | None) -> list[int]:
    """How many years each payment lies ahead of the start."""
    if line.paid == "once":
        return [0]
    late = 1 if payments == "end_of_year" else 0
    return [year - 1 + late for year in line.years(years)]


def present_value(ahead: Sequence[int], rate: str) -> str:
    """The factor of payments at even distances as a formula: their geometric series in closed form.

    >>> present_value([0], "r"), present_value([2], "r"), present_value([1, 2, 3], "r")
    ('1', '1 / (1 + r) ** 2', '(1 - (1 + r) ** -3) / r')
    >>> present_value([2, 4], "r"), present_value([0, 1], "0")
    ('(1 - (1 + r) ** -4) / ((1 + r) ** 2 - 1)', '2')
    >>> present_value([3, 5, 7], "r")
    '(1 - (1 + r) ** -6) / ((1 + r) ** 2 - 1) / (1 + r) ** 1'
    """
    number, first = len(ahead), ahead[0] if ahead else 0
    if rate == "0" or list(ahead) in ([], [0]):
        return str(number)
    if number == 1:
        return f"1 / (1 + {rate}) ** {first}"
    apart = ahead[1] - first
    growth = rate if apart == 1 else f"((1 + {rate}) ** {apart} - 1)"
    series = f"(1 - (1 + {rate}) ** -{apart * number}) / {growth}"
    if first == apart:
        return series
    return (
        f"{series} / (1 + {rate}) ** {first - apart}"
        if first > apart
        else f"{series} x (1 + {rate}) ** {apart - first}"
    )


def residual_factor(in_year: int, rate: Any) -> Any:
    """By how much a residual value counts: it is had at the end of its year, however costs are paid."""
    return 1 / (1 + rate) ** in_year


def when(line: CostLine, years: int, payments: Payments | None) -> str:
    """When a line falls due, in words.

    >>> when(CostLine(reads="price", paid={"every": 2}, from_year=1), 5, "end_of_year")
    'in years 1, 3, 5, at the end of the year'
    """
    if line.paid == "once":
        return "once, at the start"
    due = line.years(years)
    at = f", at the {payments.removesuffix('_of_year')} of the year" if payments else ""
    return f"in year{'s' if len(due) > 1 else ''} {listed(due)}{at}"


def listed(numbers: Sequence[int]) -> str:
    """Rising whole numbers in words.

    >>> listed([0]), listed(range(1, 5)), listed([1, 3, 5])
    ('0', '1 to 4', '1, 3, 5')
    """
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]} to {numbers[-1]}"
    return ", ".join(str(n) for n in numbers)
