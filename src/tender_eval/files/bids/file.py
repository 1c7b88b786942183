"""The bids file (``tender-eval/bids/1``) as pydantic models, and from them the frozen records.

Every reader restates its file in this shape; here it is checked, once for all of them.
"""

from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tender_eval.files import mends
from tender_eval.files.bids.fields import (
    ANY_NUMBER,
    DayFigure,
    FactFigure,
    MarkFigure,
    MoneyFigure,
    Names,
    TextFigure,
    TextsFigure,
    ValueFigure,
    figure,
)
from tender_eval.files.bids.lots import check_lots_of, check_prices_by_lot
from tender_eval.files.bids.organisations import ConsortiumFile, SupplierFile
from tender_eval.files.bids.rows import tell_rows_that_are_no_bids
from tender_eval.files.bids.several_lots import DiscountForLotsFile, PackageFile, PricesFile, check_offers
from tender_eval.files.bids.suppliers import tell_suppliers
from tender_eval.files.fields import IN_WELSH, Currency, Ident, Located, OnFirstUse, ReadBy, Truth, Words, fault
from tender_eval.files.nodes import table
from tender_eval.files.numbers import MARK
from tender_eval.files.sound_parts import NO_FAULTY_PARTS, FaultyParts
from tender_eval.files.validate import ReadAsModel, validate
from tender_eval.model.bids import (
    NO_CONTACT,
    Bid,
    BidForLot,
    Bids,
    Contact,
    Figure,
    LeftOut,
    Lot,
    Mark,
    Tender,
)
from tender_eval.model.diagnostics import Problems
from tender_eval.model.explanation.reasons import Removed
from tender_eval.model.location import NOWHERE, Location, Text, place

BIDS_FORMAT = "tender-eval/bids/1"


class WholeMark(Located):
    """The agreed mark with its story; none is agreed where the scheme computes it of the individual ones."""

    agreed: MarkFigure | None = None
    individual: dict[Ident, MarkFigure] = {}
    reason: Words = Field("", description="why, as the bidder is to read it")
    note: Words = Field("", description="what stays in the panel: no letter, release or redacted record has it")
    agreed_by: list[Words] = []
    on: Words = ""

    @model_validator(mode="after")
    def _has_a_mark(self) -> Self:
        if self.agreed is None and not self.individual:
            raise fault("TE011", "no mark is given here", "add agreed: ..., or the individual marks")
        return self

    def record(self) -> Mark:
        by = tuple(self.agreed_by)
        return Mark(self.agreed, dict(self.individual), self.reason, by, self.on, self.where, note=self.note)


def _mark(value: object) -> object:
    return (
        WholeMark.model_validate(value).record()
        if isinstance(value, dict)
        else Mark(figure(value, MARK), where=place(value))
    )


MarkField = Annotated[
    Mark,
    ReadBy(_mark, {"anyOf": [ANY_NUMBER, {"x-definition": "WholeMark"}]}),
    ReadAsModel(WholeMark),
]


class BenefitFile(Located):
    """What the bid says that it saves others, with who found it."""

    amount: MoneyFigure
    source: TextFigure | None = None

    def figures(self, name: str) -> dict[str, Figure]:
        return {f"benefits.{name}": self.amount} | ({f"benefits.{name}.source": self.source} if self.source else {})


def _benefit(value: object) -> object:
    return BenefitFile.model_validate(value if isinstance(value, dict) else {"amount": value})


BenefitField = Annotated[
    BenefitFile,
    ReadBy(_benefit, {"anyOf": [ANY_NUMBER, {"x-definition": "BenefitFile"}]}),
    ReadAsModel(BenefitFile),
]


class RemovedFile(Located):
    """A bid that is not considered: it stays listed, and nothing is asked of it."""

    kind: Literal["withdrawn", "excluded"] = Field(description="by its bidder, or by the authority")
    reason: Words = ""
    clause: Words = Field("", description="under which provision")

    def record(self) -> Removed:
        return Removed(self.kind, self.clause, self.reason, assessed=False)


class FiguresFile(PricesFile):
    """What a bid says of money, marks and other figures, for the tender or for one lot."""

    marks: dict[Ident, MarkField] = {}
    values: dict[Ident, DayFigure] = {}
    benefits: dict[Ident, BenefitField] = Field({}, description="what the service saves others, over the contract")
    removed: OnFirstUse[RemovedFile] | None = Field(None, description="withdrawn, or excluded before it was assessed")

    def out(self) -> Removed | None:
        """Why it is not considered."""
        return self.removed.record() if self.removed else None

    def figures(self) -> dict[str, Figure]:
        """The figures by dotted name."""
        found = super().figures()
        for name, benefit in self.benefits.items():
            found |= benefit.figures(name)
        return found | {f"values.{k}": v for k, v in self.values.items()}


class LotOfBidFile(FiguresFile):
    """What a bid says for one lot."""

    alone: Truth = Field(True, description="false where it is for the lot in packages only")

    def record(self) -> BidForLot:
        return BidForLot(self.figures(), dict(self.marks), self.out(), self.alone)


class BidFile(FiguresFile):
    id: Ident
    currency: Currency = Field("", description="of its prices, where others bid in another; else that of the file")
    supplier: OnFirstUse[SupplierFile] | None = None
    consortium: OnFirstUse[ConsortiumFile] | None = None
    declarations: dict[Ident, FactFigure] = {}
    lots: dict[Ident, OnFirstUse[LotOfBidFile]] = {}
    preference: Names = Field((), description="its lots in the order in which it would have them, best first")
    packages: list[OnFirstUse[PackageFile]] = Field([], description="its prices for several lots together")
    discounts: list[OnFirstUse[DiscountForLotsFile]] = Field(
        [], description="what it takes off its prices where several lots are awarded together"
    )

    @model_validator(mode="after")
    def _lead_is_no_member(self) -> Self:
        lead = self.supplier.name if self.supplier else ""
        members = self.consortium.members if self.consortium else []
        if lead.casefold().strip() in (m.name.casefold().strip() for m in members):
            message = f'"{lead}" is both the supplier and a member of its consortium'
            raise fault("TE055", message, "remove it from the members; the lead's share is what they leave")
        return self

    def record(self) -> Bid:
        facts = self.supplier.facts() if self.supplier else {}
        figures = self.figures()
        figures |= {f"supplier.{k}": v for k, v in facts.items()}
        figures |= {f"declarations.{k}": v for k, v in self.declarations.items()}
        members = tuple(m.record() for m in self.consortium.members) if self.consortium else ()
        lots = {k: v.record() for k, v in self.lots.items()}
        alone = tuple(lot for lot, part in lots.items() if part.alone)
        name = (self.supplier.name if self.supplier else "") or self.id
        contact = Contact(self.supplier.address, self.supplier.email) if self.supplier else NO_CONTACT
        return Bid(
            self.id, name, figures, dict(self.marks), members, lots, self.where, removed=self.out(), contact=contact,
            currency=self.currency, preference=self.preference,
            packages=tuple(package.record() for package in self.packages),
            discounts=tuple(discount.record(alone) for discount in self.discounts),
        )  # fmt: skip


class LotFile(Located):
    id: Ident
    title: Words = ""
    title_cy: Words = Field("", description=IN_WELSH)
    annual_value: ValueFigure | None = None
    areas: TextsFigure | None = None

    def figures(self) -> dict[str, Figure]:
        found = {"annual_value": self.annual_value, "areas": self.areas}
        return {k: v for k, v in found.items() if v is not None}


class TenderFile(LotFile):
    id: Words = ""
    lots: list[LotFile] = []

    def record(self) -> Tender:
        lots = tuple(Lot(x.id, x.title, x.figures(), x.title_cy) for x in self.lots)
        return Tender(self.id, self.title, self.figures(), lots, self.where, title_cy=self.title_cy)


class LeftOutFile(Located):
    """What a published document holds and is not evaluated."""

    what: Literal["bid", "lot"]
    id: Words
    kind: Literal["excluded", "withdrawn", "left out"] = "left out"
    status: Words = ""
    reason: Words = ""
    lot: Words = ""
    supplier: Words = ""

    def record(self) -> LeftOut:
        return LeftOut(self.what, self.id, self.kind, self.status, self.reason, self.lot, self.supplier, self.where)


class BidsFile(Located):
    """Bids and the panel's marks."""

    format: Literal["tender-eval/bids/1"]
    tender: OnFirstUse[TenderFile] | None = None
    currency: Currency = ""
    notes: Words = ""
    roles: dict[Ident, Words] = Field({}, description="of the people who mark, where the scheme weighs marks by role")
    bids: list[BidFile]
    left_out: list[OnFirstUse[LeftOutFile]] = Field([], description="what was received or published and is no bid here")

    def record(self, sha256: str = "") -> Bids:
        """The frozen record that the engine works on."""
        tender = self.tender.record() if self.tender else Tender()
        out = tuple(one.record() for one in self.left_out)
        bids = tuple(replace(bid, currency=bid.currency or self.currency) for bid in (b.record() for b in self.bids))
        return Bids(bids, tender, self.currency, self.notes, sha256, self.where, left_out=out, roles=dict(self.roles))


def stated(field: str, value: str, where: Location, problems: Problems) -> Figure | Mark | None:
    """What a bid states where it states this, or None with the problems noted.

    Args:
        field: as in a bids file, by dotted name: ``price``, ``prices.annual``, ``marks.delivery``, ``values.rate``,
            ``declarations.insured``, ``supplier.annual_income``.
    """
    outer, _, inner = field.partition(".")
    if outer not in _STATED or bool(inner) != _STATED[outer]:
        known = ", ".join(f"{name}.<id>" if part else name for name, part in _STATED.items())
        problems.add("TE085", where, f'"{field}" is no figure that a bid states', f"name one of {known}")
        return None
    text = Text(value, where)
    held: object = table(where, **{inner: text}) if inner else text
    if outer == "supplier":
        held = table(where, **{"name": Text("(any)", where), inner: text})
    made = validate(BidFile, table(where, **{"id": Text("any", where), outer: held}), where, problems)
    if made is None:
        return None
    if field == "supplier.name":
        return Figure(str(text), where)
    record = made.record()
    if field in CONTACT:
        return Figure(getattr(record.contact, inner), where)
    return record.marks[inner] if outer == "marks" else record.figures[field]


CONTACT = ("supplier.address", "supplier.email")
"""What is stated of a bid and is no figure: how its supplier is written to."""
_STATED = {"price": False, "discount": False} | dict.fromkeys(
    ("prices", "rates", "totals", "costs", "benefits", "marks", "values", "declarations", "supplier"), True
)
"""What a bid states figures under, and whether a name follows."""


def check_bids(
    bids: Bids, where: Location, problems: Problems, faulty: FaultyParts = NO_FAULTY_PARTS, tender: Location = NOWHERE
) -> None:
    """Note what is wrong between the parts of a bids file, but where faulty parts were taken out.

    Args:
        where: the place of the bids.
        tender: the place of what is said of the tender.
    """
    if not bids.bids and not faulty.at(bids.where, "bids"):
        problems.add("TE063", where, "the file holds no bids", "add the bids")
    seen: dict[str, Bid] = {}
    lots = [lot.id for lot in bids.tender.lots]
    for lot in sorted({lot for lot in lots if lots.count(lot) > 1}):
        problems.add("TE020", place(lot, where), f'two lots have the id "{lot}"', "give each its own id")
    for bid in bids.bids:
        if bid.id in seen:
            message = f'two bids have the id "{bid.id}"; the first is at {seen[bid.id].where}'
            problems.add("TE050", place(bid.id, bid.where), message, "give each bid its own id")
        seen.setdefault(bid.id, bid)
        if not (faulty.at(bid.where, "lots") or faulty.at(tender, "lots")):
            check_lots_of(bid, bids, problems)
            check_prices_by_lot(bid, problems)
            check_offers(bid, bids.tender, problems, faulty)
    tell_suppliers(bids, problems)
    if mends.in_table(where):
        tell_rows_that_are_no_bids(bids.bids, problems)
