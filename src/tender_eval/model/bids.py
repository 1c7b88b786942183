"""Bids as frozen records: what each bidder said and what the panel marked, with every value's place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tender_eval.model.location import NOWHERE, Location

Value = Fraction | bool | str | tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A value and the place it was read from."""

    value: Value
    where: Location = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Mark:
    """The agreed mark of one criterion, and how the panel came to it."""

    agreed: Figure
    individual: Mapping[str, Figure] = field(default_factory=dict)
    reason: str = ""
    agreed_by: tuple[str, ...] = ()
    on: str = ""
    where: Location = field(default=NOWHERE, compare=False, repr=False)


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


@dataclass(frozen=True, slots=True, repr=False)
class Bid:
    """One bid. ``figures`` holds price, prices.*, values.*, declarations.* and supplier.* by dotted name."""

    id: str
    name: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    lots: Mapping[str, BidForLot] = field(default_factory=dict)
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    def for_lot(self, lot: str) -> Bid:
        """The bid as it stands for one lot: the lot's figures and marks over the bid's own."""
        part = self.lots[lot]
        return replace(self, figures={**self.figures, **part.figures}, marks={**self.marks, **part.marks}, lots={})


@dataclass(frozen=True, slots=True, repr=False)
class BidForLot:
    """What a bid says differently for one lot."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Lot:
    """A lot of the tender; its figures (such as annual_value) stand in for the tender's."""

    id: str
    title: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Tender:
    """The tender that the bids answer."""

    id: str = ""
    title: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)  # annual_value, areas, ...
    lots: tuple[Lot, ...] = ()

    def for_lot(self, lot: str) -> Tender:
        """The tender as it stands for one lot."""
        found = next(x for x in self.lots if x.id == lot)
        return replace(self, figures={**self.figures, **found.figures}, lots=())


@dataclass(frozen=True, slots=True, repr=False)
class Bids:
    """A bids file."""

    bids: tuple[Bid, ...]
    tender: Tender = Tender()
    currency: str = ""
    notes: str = ""
    sha256: str = field(default="", compare=False)
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    def for_lot(self, lot: str) -> Bids:
        """Only the bids for one lot, as they stand for it."""
        chosen = tuple(b.for_lot(lot) for b in self.bids if lot in b.lots)
        return replace(self, bids=chosen, tender=self.tender.for_lot(lot))
