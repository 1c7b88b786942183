"""Why a bid for a lot is not awarded it, as data; `tender_eval.languages.results` puts it in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from tender_eval.model.explanation.labels import RankedFigure
from tender_eval.model.explanation.reasons import Reason as BidReason
from tender_eval.model.explanation.reasons import Worded
from tender_eval.model.gap import Gap
from tender_eval.model.pricing.adjust import Test


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Worded):
    """Base of the reasons; ``kind`` is how records and JSON name them.

    Attributes:
        by: the bid that is before it, or that is awarded the lot in its place; empty where none is.
        holds: the lots that its suppliers are awarded, with whichever bid, where they leave no room for this one.
        also: what else holds and would have been enough by itself.
    """

    kind: ClassVar[str]
    bid: str
    by: str = ""
    holds: tuple[str, ...] = ()
    also: tuple[Reason, ...] = ()

    @property
    def margin(self) -> Fraction | None:
        """How far it is behind, exactly; None where that is not the reason."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfItsOwn(Reason):
    """The bid's own result at the lot says why."""

    reasons: tuple[BidReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected(_OfItsOwn):
    """The bid does not meet the conditions or a minimum, or the rule turned it away."""

    kind: ClassVar[str] = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotShortlisted(_OfItsOwn):
    """The bid did not come through the first stage."""

    kind: ClassVar[str] = "not_shortlisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFunded(_OfItsOwn):
    """The bid is ranked, but no money is left for it."""

    kind: ClassVar[str] = "not_funded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTaken(_OfItsOwn):
    """A supplier in the bid has its place with a better bid."""

    kind: ClassVar[str] = "supplier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outscored(Reason):
    """The last bid that is awarded the lot is ahead.

    Attributes:
        figure: what bids are ranked by.
        theirs: the figure of ``by`` as it is printed.
        own: that of the bid itself.
    """

    kind: ClassVar[str] = "outscored"
    gap: Gap
    figure: RankedFigure
    theirs: str
    own: str

    @property
    def margin(self) -> Fraction:
        return self.gap.exact


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBroken(Reason):
    """The bid is level with ``by``, and behind it by the published tie break; ``level`` is the figure of both."""

    kind: ClassVar[str] = "tie_broken"
    figure: RankedFigure
    level: str

    @property
    def margin(self) -> Fraction:
        return Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAward(Reason):
    """It was decided that nobody is awarded the lot."""

    kind: ClassVar[str] = "no_award"
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitReached(Reason):
    """Base of the limits that leave no room for the bid; ``rank`` is its own at the lot."""

    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Capped(LimitReached):
    """A supplier in the bid ``holds`` the ``most`` lots that one supplier is awarded."""

    kind: ClassVar[str] = "capped"
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverCapacity(LimitReached):
    """With the lots that its suppliers ``hold``, this one would be more than they can carry.

    Attributes:
        value: the annual value of the lot.
        held: the annual value of the lots that they hold.
        share: which share of the figure ``of`` the capacity is; None for one that the scheme states as an amount.
        whose: the bid whose capacity it is, where that is another one which shares a supplier with it.
    """

    kind: ClassVar[str] = "capacity"
    value: Fraction
    held: Fraction
    capacity: Fraction
    share: Fraction | None = None
    of: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeyondShare(LimitReached):
    """With the lots that its supplier ``holds`` this one would be more than its share of the value of all lots.

    Attributes:
        value: the annual value of the lot.
        held: the annual value of the lots that it holds.
        most: what ``share`` of the annual value of all lots comes to.
    """

    kind: ClassVar[str] = "value_share"
    value: Fraction
    held: Fraction
    most: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class EnoughSuppliers(LimitReached):
    """As many suppliers are awarded something as may be, and those in the bid would be more."""

    kind: ClassVar[str] = "enough_suppliers"
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaReached(LimitReached):
    """The bid is one of those that a quota is on, and these hold as many lots as it allows."""

    kind: ClassVar[str] = "quota"
    quota: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IsReserved(Reason):
    """The lot is reserved for bids of which these tests hold, and they do not all hold of this one."""

    kind: ClassVar[str] = "reserved"
    rank: int
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotBeKept(Reason):
    """Nothing is awarded, for no award keeps to these limits together; without any one of them some would."""

    kind: ClassVar[str] = "conflict"
    rank: int
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieOpen(Reason):
    """The scheme does not separate the bid from those that it is ``level`` with."""

    kind: ClassVar[str] = "undecided"
    rank: int
    level: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HangsOnTie(Reason):
    """The lot is open until a tie is resolved; ``others`` are the lots that are open as well."""

    kind: ClassVar[str] = "undecided"
    rank: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByMechanism(Reason):
    """No limit is reached, but the mechanism awards the lot to ``by``.

    Attributes:
        said: why, in the mechanism's own words.
        unsaid: why it does not say.
    """

    kind: ClassVar[str] = "mechanism"
    rank: int
    said: str = ""
    unsaid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOffer(Reason):
    """The bid is awarded the lot with another of its offers, which is ``by``."""

    kind: ClassVar[str] = "own_offer"
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferBroken(Reason):
    """The offer is for ``least`` of its ``lots`` together, and does not stand at enough of them: not at ``missing``."""

    kind: ClassVar[str] = "offer_broken"
    rank: int
    lots: tuple[str, ...]
    least: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPassedOver(Reason):
    """The offer is for ``least`` of its ``lots`` together, and other offers are better for all lots.

    Attributes:
        said, unsaid: see `ByMechanism`.
    """

    kind: ClassVar[str] = "offer_passed_over"
    rank: int
    lots: tuple[str, ...]
    least: int
    said: str = ""
    unsaid: str = ""
