"""Bids as frozen records: what each bidder said and what the panel marked, with every value's place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Literal, Protocol, TypeVar

from tender_eval.model.diagnostics import Diagnostic
from tender_eval.model.explanation.figure import Figure as Figure  # noqa: PLC0414 - told on: it is a part of bids
from tender_eval.model.explanation.figure import Value as Value  # noqa: PLC0414
from tender_eval.model.explanation.reasons import Removed
from tender_eval.model.location import NOWHERE, Location
from tender_eval.model.pricing.offers import Discount, Package, Prices, name_of

Columns_co = TypeVar("Columns_co", covariant=True)

PRICED = ("price", "prices", "rates", "totals", "discount", "costs")
"""The kinds of figures that are prices, make one up, or tell one, as the bid's own cost sheet does."""

OF_A_LOT = (*PRICED, "marks", "values", "benefits")
"""The kinds of figures that a bid can state for each lot; whatever else it says is said for all its lots."""


CAN_BE_SEALED = ("values", "declarations")
"""The kinds of figures that stay closed with the prices where a scheme has them so; others never do."""


def bid_of(offer: str) -> str:
    """The bid of an offer by its id; a bid is its own.

    >>> bid_of("alder+north+east"), bid_of("alder")
    ('alder', 'alder')
    """
    return offer.partition("+")[0]


def reads_price(name: str) -> bool:
    """Whether a figure of this dotted name is the price, or a part of it."""
    return name.partition(".")[0] in PRICED


def is_amount(name: str) -> bool:
    """Whether a figure of this dotted name is a price that is an amount of money, and not a discount."""
    return reads_price(name) and name != "discount"


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """The mark of one criterion, and how the panel came to it.

    Attributes:
        agreed: the mark that the panel agreed; none where the scheme computes it of the individual ones.
        reason: why, as the bidder is to read it.
        note: what stays in the panel: no letter, release or redacted record has it.
        supposed: whether it was put here in the place of a panel's, to see what would follow: it counts as it is.
    """

    agreed: Figure | None = None
    individual: Mapping[str, Figure] = field(default_factory=dict)
    reason: str = ""
    agreed_by: tuple[str, ...] = ()
    on: str = ""
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    supposed: bool = False
    note: str = ""

    @property
    def value(self) -> Value | None:
        """The agreed mark, where there is one."""
        return self.agreed.value if self.agreed else None

    @property
    def given(self) -> dict[str, Fraction]:
        """The individual marks that are numbers, by whoever gave them."""
        return {who: f.value for who, f in self.individual.items() if isinstance(f.value, Fraction)}

    @property
    def figure_at(self) -> Location:
        """Where the mark that counts stands: the agreed one, or all of it."""
        return self.agreed.where if self.agreed else self.where


def supposed(value: Value) -> Mark:
    """A mark that is put in the place of a panel's."""
    return Mark(Figure(value), supposed=True)


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """A member of a consortium or a sub-contractor, with its share of delivery."""

    name: str
    role: str = ""
    share: Fraction = Fraction(0)
    confirmed: bool = False
    facts: Mapping[str, Figure] = field(default_factory=dict)  # annual_income, size, areas, by_and_for, ...
    pathways: tuple[str, ...] = ()
    where: Location = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """How a supplier is written to. No figure: no scheme can read it, and letters to that supplier alone hold it."""

    address: tuple[str, ...] = ()
    email: str = ""


NO_CONTACT = Contact()


@dataclass(frozen=True, slots=True, repr=False)
class Bid:
    """One bid. ``figures`` holds price, prices.*, values.*, declarations.* and supplier.* by dotted name.

    ``lot`` is the lot that it stands for, once it was taken apart by `for_lot`. ``removed`` says that people took it
    out, of everything here and of one lot in `BidForLot`. ``currency`` is that of its prices, where it is said.
    ``preference`` is the order in which it would have the lots, best first. ``packages`` and ``discounts`` are what it
    offers for several lots; ``of`` is the bid that this is such an offer of, which is awarded ``least`` lots or none.
    """

    id: str
    name: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    lots: Mapping[str, BidForLot] = field(default_factory=dict)
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    lot: str = ""
    priced: Location = field(default=NOWHERE, compare=False, repr=False)  # where its prices stand, if in another file
    removed: Removed | None = None
    contact: Contact = NO_CONTACT
    currency: str = ""
    sealed: frozenset[str] = frozenset()  # what else the file of its prices states
    preference: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()
    discounts: tuple[Discount, ...] = ()
    of: str = ""
    least: int = 1

    def file_of(self, column: str) -> Location:
        """The place of the bid in the file that states this figure."""
        sealed = reads_price(column) or column in self.sealed
        return self.priced if sealed and self.priced != NOWHERE else self.where

    def for_lot(self, lot: str) -> Bid:
        """The bid as it stands for one lot: the lot's figures and marks over the bid's own."""
        key, part = next((key, part) for key, part in self.lots.items() if key == lot)  # the key has its place
        figures, marks = {**self.figures, **part.figures}, {**self.marks, **part.marks}
        removed = self.removed or part.removed
        return replace(self, figures=figures, marks=marks, lots={}, lot=key, removed=removed, packages=(), discounts=())

    @property
    def alone(self) -> dict[str, Prices]:
        """Its prices for each lot by itself."""
        return {
            str(lot): {name: figure for name, figure in part.figures.items() if reads_price(name)}
            for lot, part in self.lots.items()
            if part.alone
        }

    @property
    def for_several(self) -> tuple[Bid, ...]:
        """What it offers for several lots together, as bids for these, in the order in which it states them.

        Marks and whatever is no price are those of the bid.
        """
        alone = self.alone if self.packages or self.discounts else {}
        stated: tuple[Package | Discount, ...] = (*self.packages, *self.discounts)
        return tuple(self._offer(one, one.prices(alone)) for one in stated)

    def _offer(self, stated: Package | Discount, prices: Mapping[str, Prices]) -> Bid:
        parts = {}
        for lot, part in ((lot, part) for lot, part in self.lots.items() if lot in prices):
            rest = {name: figure for name, figure in part.figures.items() if not reads_price(name)}
            parts[lot] = replace(part, figures={**rest, **prices[lot]}, alone=True)
        apart = self.priced != NOWHERE  # prices come in a file of their own
        return replace(
            self, id=name_of(self.id, stated, self.lots), lots=parts, packages=(), discounts=(), preference=(),
            of=self.id, least=stated.at_least, where=self.where if apart else stated.where,
            priced=stated.where if apart else NOWHERE,
        )  # fmt: skip

    @property
    def marks_by_lot(self) -> Mapping[str, Mapping[str, Mark]]:
        """The marks as they are stated: under ``""`` those for all lots, or where there are none."""
        return {"": self.marks, **{str(lot): part.marks for lot, part in self.lots.items()}}

    def with_marks(self, made: Callable[[str, Mapping[str, Mark]], Mapping[str, Mark]]) -> Bid:
        """The bid with other marks, made of those that are stated; see `marks_by_lot`."""
        lots = {lot: replace(part, marks=made(str(lot), part.marks)) for lot, part in self.lots.items()}
        return replace(self, marks=made("", self.marks), lots=lots)

    def called(self, column: str = "") -> str:
        """The bid in a message about this figure, with its lot where it can state the figure for each.

        >>> Bid("a", "Alder", lot="north").called("price"), Bid("a", "Alder", lot="north").called("supplier.size")
        ('bid "a" for lot "north"', 'bid "a"')
        """
        of_lot = self.lot and column.partition(".")[0] in OF_A_LOT
        return f'bid "{self.id}" for lot "{self.lot}"' if of_lot else f'bid "{self.id}"'


@dataclass(frozen=True, slots=True, repr=False)
class BidForLot:
    """What a bid says differently for one lot; not ``alone`` where it is for the lot in packages only."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    removed: Removed | None = None
    alone: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Lot:
    """A lot of the tender. Its own names (areas) stand in for the tender's; its annual_value nothing stands in for."""

    id: str
    title: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    title_cy: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Tender:
    """The tender that the bids answer."""

    id: str = ""
    title: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)  # annual_value, areas, ...
    lots: tuple[Lot, ...] = ()
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    lot: str = ""  # the lot that it stands for, once it was taken apart by `for_lot`
    title_cy: str = ""

    def repeats(self, there: Tender) -> bool:
        """Whether all that is said here of the tender and its lots is said there; what is left out says nothing."""
        lots = {lot.id: lot for lot in there.lots}
        listed = all(lot.id in lots and _repeats(lot, lots[lot.id]) for lot in self.lots)
        return self.id in ("", there.id) and _repeats(self, there) and listed

    def for_lot(self, lot: str) -> Tender:
        """The tender as it stands for one lot: in the tender's areas where it names none, and at its own value.

        What is said of the whole tender as an amount is no lot's, so none takes it over.
        """
        found = next(x for x in self.lots if x.id == lot)
        names = {name: figure for name, figure in self.figures.items() if not isinstance(figure.value, Fraction)}
        return replace(self, figures={**names, **found.figures}, lots=(), lot=found.id)


def _repeats(said: Tender | Lot, there: Tender | Lot) -> bool:
    figures = all(there.figures.get(name) == figure for name, figure in said.figures.items())
    return said.title in ("", there.title) and said.title_cy in ("", there.title_cy) and figures


@dataclass(frozen=True, slots=True, repr=False)
class LeftOut:
    """What a published document holds and is not evaluated: a bid, a bid for one lot, or a lot.

    Attributes:
        kind: excluded or withdrawn for a bid that stays listed among the bids; left out for what is only listed here.
        status: what was published of it.
        reason: what that status means.
    """

    what: Literal["bid", "lot"]
    id: str
    kind: Literal["excluded", "withdrawn", "left out"]
    status: str
    reason: str
    lot: str = ""
    supplier: str = ""
    where: Location = field(default=NOWHERE, compare=False, repr=False)


class ReadsBids(Protocol[Columns_co]):
    """What reads the columns of bids: a compiled scheme."""

    def columns_of(self, bids: Bids, lot: str = "", draws: int | None = None) -> Columns_co:
        """The columns that it reads."""


@dataclass(frozen=True, repr=False)
class Bids:
    """A bids file.

    ``settled`` is by lot, ``""`` where there are none: bids in the order in which people broke a tie between them, such
    as by drawing lots. ``second_bids`` says that a supplier may have several for one lot whatever the scheme says, as
    in records of a version that counted bids.
    """

    bids: tuple[Bid, ...]
    tender: Tender = Tender()
    currency: str = ""
    notes: str = ""
    sha256: str = field(default="", compare=False)
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    settled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[Diagnostic, ...] = field(default=(), compare=False)  # what is to be told of them, and stops nothing
    roles: Mapping[str, str] = field(default_factory=dict)  # of the people who mark, by their names in the marks
    second_bids: bool = False

    @cached_property
    def offers(self) -> tuple[Bid, ...]:
        """The bids, and behind each what it offers for several lots together, as bids for these."""
        if not any(bid.packages or bid.discounts for bid in self.bids):
            return self.bids
        return tuple(offer for bid in self.bids for offer in (bid, *bid.for_several))

    @property
    def any_for_several(self) -> bool:
        """Whether a bid offers anything for several lots together."""
        return self.offers is not self.bids

    @cached_property
    def alone(self) -> Bids:
        """The bids without what they offer for several lots together, each for the lots that it is for alone."""
        if not self.any_for_several:
            return self
        lots = [{lot: part for lot, part in bid.lots.items() if part.alone} for bid in self.bids]
        bids = (replace(bid, packages=(), discounts=(), lots=own) for bid, own in zip(self.bids, lots, strict=True))
        return replace(self, bids=tuple(bids))

    def for_lot(self, lot: str) -> Bids:
        """Only the bids for one lot, as they stand for it: first by itself, then together with others."""
        chosen = tuple(b.for_lot(lot) for b in self.offers if lot in b.lots and b.lots[lot].alone)
        out = tuple(one for one in self.left_out if one.lot in ("", lot))
        return replace(self, bids=chosen, tender=self.tender.for_lot(lot), left_out=out)

    def columns(self, scheme: ReadsBids[Columns_co], *, lot: str = "", draws: int | None = None) -> Columns_co:
        """The columns that a compiled scheme reads of these bids, for `CompiledScheme.evaluate_batch`.

        Args:
            scheme: a `CompiledScheme`; what the columns are is told at its `columns_of`.
            lot: where the tender has lots, whose bids.
            draws: how many, each at first as the bids are: columns are ``(bids, draws)``; without, ``(bids,)``.
        """
        return scheme.columns_of(self, lot, draws)

    def __repr__(self) -> str:
        lots = f" for {len(self.tender.lots)} lots" if self.tender.lots else ""
        return f"<Bids: {', '.join(bid.id for bid in self.bids[:_NAMED])}{', ...' if self.bids[_NAMED:] else ''}{lots}>"


_NAMED = 6  # bids that a summary of all names
