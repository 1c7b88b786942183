"""Ways to play a scheme that were found, and the bids, made by nobody, that show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from tender_eval.model.bids import Value
from tender_eval.model.evaluation import BidResult


@dataclass(frozen=True, slots=True)
class Dummy:
    """A bid that nobody made, to try the scheme with: at a share of the marks and a price, or a copy of a bid."""

    id: str
    price: Fraction | None
    share: Fraction | None  # of full marks on everything that is marked; None where it copies another bid
    copies: str = ""
    times: Fraction = Fraction(1)  # its price as a multiple of that of the bid it copies


@dataclass(frozen=True, slots=True)
class LowestQuality:
    """The lowest share of the marks that wins, and its price as a share of the lowest of the others."""

    share_of_lowest_price: Fraction | None  # None where no price is read, or the lowest is zero


@dataclass(frozen=True, slots=True)
class PointsLost:
    """What a bid loses at a criterion for its price, of so many points."""

    bid: str
    criterion: str
    was: Fraction
    now: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class ZeroPrice:
    """What becomes of a bid that asks nothing, and what others lose."""

    outcome: Literal["wins", "ties", "ranked", "rejected"]
    result: BidResult
    lost: tuple[PointsLost, ...]


@dataclass(frozen=True, slots=True)
class LossLeader:
    """A price below a share of the mean price; ``takes`` is the share of the marks that wins at the mean."""

    below: Fraction
    mean: Fraction
    usual: Fraction  # the mean as people write prices
    takes: Fraction | None  # None: none does


@dataclass(frozen=True, slots=True)
class Friend:
    """A bid that makes another win in place of these."""

    instead_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GamingStrategy:
    """A way to play the scheme, with the bid that shows it.

    ``states`` is all that this bid states, by dotted name as a bids file has it, so that anyone can evaluate it;
    where it has partners, they are those of the bid ``partners_of``.
    """

    how: LowestQuality | ZeroPrice | LossLeader | Friend
    bid: Dummy
    beneficiary: str  # who gains: the dummy itself, or a friend
    winner: tuple[str, ...]
    flagged: bool = False  # as abnormally low
    states: Mapping[str, Value] = field(default_factory=dict)
    partners_of: str = ""

    @property
    def kind(self) -> str:
        """The name of the strategy, as programs read it."""
        return _KINDS[type(self.how)]


_KINDS: Mapping[type, str] = {
    LowestQuality: "lowest_quality", ZeroPrice: "zero_price", LossLeader: "loss_leader", Friend: "friend",
}  # fmt: skip
