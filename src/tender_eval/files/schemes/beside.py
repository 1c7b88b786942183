"""Money beside the price as a scheme file says it: benefits, funders and the cost sheet that the price has to meet."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from tender_eval.files.fields import IN_WELSH, Column, Ident, Located, Money, PositiveMoney, Share, Words, Years, fault
from tender_eval.files.numbers import written
from tender_eval.files.schemes.criteria import SourceNote
from tender_eval.files.schemes.fields import Paid
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location, place
from tender_eval.model.pricing.beside import Benefit, Beside, Cost, FullCost, Funder
from tender_eval.model.pricing.price import PriceModel
from tender_eval.model.scheme import Scheme


class BenefitFile(Located):
    """What a service saves others over the contract: shown beside the price, and never taken off it."""

    id: Ident
    title: Words = ""
    title_cy: Words = Field("", description=IN_WELSH)
    of: Column | None = Field(
        None, description="the figure of the bid that is multiplied by each, such as values.nights"
    )
    each: Money | None = Field(
        None, description="what one unit of that figure saves; without it bids state benefits.<id>"
    )
    source: SourceNote = Field({}, description="who found that one unit saves so much")

    @model_validator(mode="after")
    def _both(self) -> Self:
        if self.of is not None and self.each is None:
            raise fault("TE027", f'"{self.id}" does not say what one unit saves', "state each: with an amount")
        if self.of is None and self.each is not None:
            hint = "state of: with the figure that is multiplied, such as values.nights; or remove each"
            raise fault("TE027", f'"{self.id}" does not say of what each is', hint)
        return self

    def record(self) -> Benefit:
        source = tuple(self.source.items())
        return Benefit(self.id, self.title, self.of or "", self.each, source, self.where, self.title_cy)


class FunderFile(Located):
    """Who pays which share of what a bid asks for."""

    id: Ident
    title: Words = ""
    title_cy: Words = Field("", description=IN_WELSH)
    share: Share
    most: PositiveMoney | None = Field(None, description="the money that it has for this; a larger share is flagged")

    def record(self) -> Funder:
        return Funder(self.id, self.share, self.title, self.most, self.where, self.title_cy)


class FullCostFile(Located):
    """The lines of a bid's own cost sheet; a price that does not meet their sum is flagged, and rejects nobody."""

    costs: dict[Ident, Paid] = Field(description="the lines of which bids state costs.<id>, and when each falls due")
    other_funding: dict[Ident, Paid] = Field(
        {}, description="lines of money from elsewhere, stated as costs.<id> too, that meets some of the cost"
    )
    years: Years | None = Field(None, description="of the contract, where price does not say them")
    source: SourceNote = Field({}, description="which document asks that the full cost is met")

    @model_validator(mode="after")
    def _of_something(self) -> Self:
        if not self.costs:
            raise fault(
                "TE018", "no line of the cost sheet is named", "write costs: {staff: per_year, overheads: per_year}"
            )
        return self

    def record(self, price: PriceModel | None) -> FullCost:
        def lines(of: dict[str, str]) -> tuple[Cost, ...]:
            return tuple(Cost(name, paid, place(name, self.where)) for name, paid in of.items())

        years = price.years if price else self.years or 1
        source = tuple(self.source.items())
        return FullCost(lines(self.costs), lines(self.other_funding), years, source, self.where)


def beside_record(
    benefits: Iterable[BenefitFile], funders: Iterable[FunderFile], full_cost: FullCostFile | None,
    price: PriceModel | None,
) -> Beside:  # fmt: skip
    """All that the file says of money beside the price."""
    return Beside(
        tuple(b.record() for b in benefits), tuple(f.record() for f in funders),
        full_cost.record(price) if full_cost else None,
    )  # fmt: skip


def refuse_years_twice(full_cost: FullCostFile, price: object) -> None:
    """Refuse years that are said of the cost sheet and of the price, and yearly costs of a contract of no stated term.

    Raises:
        PydanticCustomError: the fault.
    """
    if price is not None and full_cost.years is not None:
        raise fault("TE028", "years are stated in full_cost, and are those of price", "remove years from full_cost")
    yearly = [*full_cost.costs.values(), *full_cost.other_funding.values()]
    if price is None and full_cost.years is None and any(paid != "once" for paid in yearly):
        raise fault("TE027", "full_cost has yearly lines, and the years are not stated", "state years: in full_cost")


def check_beside(scheme: Scheme, problems: Problems) -> None:
    """Note shares that do not add up, and what has no sense where bidders pay."""
    beside = scheme.beside
    if beside.funders:
        total = sum((funder.share for funder in beside.funders), Fraction(0))
        if total != 1:
            listed = " + ".join(f"{written(funder.share * 100)}%" for funder in beside.funders)
            message = f"the shares of the funders are {listed} = {written(total * 100)}%, not 100%"
            problems.add("TE022", beside.funders[0].where, message, "make them add up to 100% exactly")
    full = beside.full_cost
    for line in (*full.costs, *full.other_funding) if full else ():
        if full and line.paid.startswith("year_") and int(line.paid[5:]) > full.years:
            message = f'"{line.id}" falls due in {line.paid}, but the years are {full.years}'
            hint = f"write year_{full.years} or an earlier one, or let the years be more"
            problems.add("TE015", place(line.paid, line.where), message, hint)
    if scheme.payment == "received":
        for what, where in _of_what_is_paid(beside):
            message = f"{what} is said of what the authority pays, but here the bidders pay"
            problems.add("TE028", where, message, f"remove {what}, or payment: received")


def _of_what_is_paid(beside: Beside) -> Iterable[tuple[str, Location]]:
    if beside.funders:
        yield "funders", beside.funders[0].where
    if beside.full_cost:
        yield "full_cost", beside.full_cost.where
