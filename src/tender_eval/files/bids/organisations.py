"""Who bids, in a bids file: the supplier, and the consortium that it leads, as pydantic models."""

from fractions import Fraction
from typing import Self

from pydantic import Field, model_validator

from tender_eval.files.bids.fields import (
    Email,
    IncomeFigure,
    Lines,
    SizeFigure,
    TextFigure,
    TextsFigure,
    TruthFigure,
    YearsFigure,
)
from tender_eval.files.fields import Located, Share, Truth, Words, fault
from tender_eval.files.numbers import written
from tender_eval.model.bids import Figure, Member


class OrganisationFile(Located):
    """Facts of a supplier or of a consortium member."""

    name: Words
    identifier: TextFigure | None = Field(None, description="in a register, with its scheme: GB-COH-01234567")
    group: TextFigure | None = Field(None, description="linked companies: the same name in each of their bids")
    legal_form: TextFigure | None = None
    annual_income: IncomeFigure | None = None
    size: SizeFigure | None = Field(None, description="micro, small, medium or large")
    vcse: TruthFigure | None = Field(None, description="a voluntary, community or social enterprise")
    by_and_for: TruthFigure | None = Field(None, description="led by the community that it serves")
    areas: TextsFigure | None = Field(None, description="where it already works")
    years_in_area: YearsFigure | None = None
    networks: TextsFigure | None = Field(None, description="local partnerships it is in, as evidenced")

    def facts(self) -> dict[str, Figure]:
        """The facts that were given, by name."""
        found = {name: getattr(self, name) for name in FACTS}
        return {name: figure for name, figure in found.items() if figure is not None}


class SupplierFile(OrganisationFile):
    """Who bids, and how it is written to."""

    address: Lines = Field((), description="postal address, a line each: it stands in letters to this supplier alone")
    email: Email = Field("", description="e-mail address, for letters to this supplier alone")


FACTS = (
    "identifier",
    "group",
    "legal_form",
    "annual_income",
    "size",
    "vcse",
    "by_and_for",
    "areas",
    "years_in_area",
    "networks",
)


class MemberFile(OrganisationFile):
    """A consortium member or sub-contractor."""

    role: Words = ""
    share: Share = Fraction(0)
    confirmed: Truth = Field(False, description="has agreed to be named; an unconfirmed member earns nothing")
    pathways: list[Words] = Field([], description="parts of the service that it delivers")

    def record(self) -> Member:
        return Member(self.name, self.role, self.share, self.confirmed, self.facts(), tuple(self.pathways), self.where)


class ConsortiumFile(Located):
    lead: Words = ""
    members: list[MemberFile] = Field(min_length=1)

    @model_validator(mode="after")
    def _shares(self) -> Self:
        shares = sum((m.share for m in self.members), Fraction(0))
        if shares > 1:
            message = f"the members' shares add up to {written(shares * 100)}%, more than 100%"
            raise fault("TE055", message, "make them at most 100%; what they leave is the lead's")
        names = [m.name.casefold().strip() for m in self.members]
        if twice := next((m.name for m in self.members if names.count(m.name.casefold().strip()) > 1), None):
            raise fault("TE055", f'"{twice}" is listed twice among the members', "list each member once")
        return self
