"""A fact that nobody states, as data: which, and whose it is to state.

`tender_eval.files.bids.missing` says where it lacks and how it is added in the kind of file at hand.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from tender_eval.model.bids import Bid, Tender
from tender_eval.model.location import Location

NO_TENDER = Tender()


class Whose(Enum):
    """Who would have to state a fact."""

    BID = "bid"
    SUPPLIER_OR_MEMBER = "supplier or confirmed member"
    TENDER = "tender"


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is not stated.

    A scorer's default stands in for a silent bid only; a silent tender leaves nothing to measure any bid by.

    Attributes:
        bid: the bid for which it was read.
        tender: the tender, or the lot that it stands for, where that would have to state it.
        near: what the bid states by nearly that name, each with its place, nearest first.
        made_of: of a price that the scheme makes of components, all of these; ``parts`` are those that lack.
        least: of a mark that the scheme computes, how many individual ones it needs; ``marks`` are who gave one;
            ``unweighed`` those of them whose role has no weight.
    """

    column: str
    whose: Whose
    bid: Bid
    tender: Tender = NO_TENDER
    near: tuple[tuple[str, Location], ...] = ()
    made_of: tuple[str, ...] = ()
    parts: tuple[Missing, ...] = ()
    least: int = 0
    marks: tuple[str, ...] = ()
    unweighed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The fact without the kind that it is of: ``annual_value`` of ``tender.annual_value``."""
        return self.column.partition(".")[2]

    def misspelt(self, taken: Collection[str]) -> bool:
        """Whether the bid states something by nearly that name.

        Args:
            taken: the columns that the scheme names: stating one of them is no slip of the pen for another.
        """
        return any(name not in taken for name, _ in self.near)
