"""What must be known of a study beside its figures: what was not tried, and why; each a record of its own kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from tender_eval.model.evaluation import BidResult


@dataclass(frozen=True, slots=True)
class TooFew:
    """Fewer than two bids are ranked, so that nothing that compares bids was tried."""


@dataclass(frozen=True, slots=True)
class Unranked:
    """Bids that are not ranked, all for the reasons that ``like``, one of them, has."""

    bids: tuple[str, ...]
    like: BidResult


@dataclass(frozen=True, slots=True)
class UnrankedToo:
    """Further bids that are not ranked, whose reasons are not told."""

    bids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithoutFigures:
    """Bids below a minimum or not shortlisted whose further figures nobody has: they are left out of all draws."""

    bids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotRemoved:
    """What happens without these bids was not tried: another would come in whose figures nobody has."""

    bids: tuple[str, ...]


class NoNearestBecause(Enum):
    """Why the nearest weights over all criteria were not found."""

    NOT_STATED = "not stated"  # the rule does not say how its figure is made
    NOT_STRAIGHT = "not straight"  # it compares no bids in a straight line of the weights
    NOT_STRAIGHT_HERE = "not straight here"  # not these bids
    NEAR_TIES = "near ties"
    NO_SUM = "no sum"  # points of single criteria are rounded or scaled
    ROUNDED = "rounded"
    SEVERAL_SUPPLIERS = "several suppliers"
    TOO_FEW = "too few"
    NO_WEIGHTS = "no weights"
    NO_POINTS = "no points"  # by points alone; what minimums and shortlists do was not looked for
    ENCLOSED = "enclosed"  # scores between bounds
    TURNED_AWAY = "turned away"  # where another bid draws level, they turn bids away or let them in


@dataclass(frozen=True, slots=True)
class NoNearest:
    """The nearest weights over all criteria were not found; ``said`` is why the ``rule`` does not say."""

    because: NoNearestBecause
    rule: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class NoPossible:
    """Which bids can win within bands was not found, for this reason."""

    like: NoNearest


@dataclass(frozen=True, slots=True)
class Unseen:
    """Where the winner changes as a weight moves cannot all be worked out: a nearer change is possible."""


@dataclass(frozen=True, slots=True)
class TurnedAwayBySome:
    """Some of the random weightings turn bids away, which share the last places there."""


@dataclass(frozen=True, slots=True)
class NobodyInSome:
    """So many of the random weightings turn every bid away, and are left out."""

    nobody: int
    draws: int


@dataclass(frozen=True, slots=True)
class NotCompared:
    """Schemes or price formulas under which the bids cannot be evaluated; ``why`` is the message of a diagnostic."""

    titles: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class NobodyRanked:
    """Under this scheme or price formula no bid is ranked; ``unranked`` tells of some, or of the rest."""

    title: str
    unranked: Unranked | UnrankedToo


@dataclass(frozen=True, slots=True)
class NotPlayed:
    """Gaming was not tried: no bid is ranked."""


@dataclass(frozen=True, slots=True)
class NoMadeUpBidWins:
    """At no share of the marks and no price that was tried."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """What stops a bid with this share of the marks: the reasons of its result."""

    share: Fraction
    result: BidResult


@dataclass(frozen=True, slots=True)
class ZeroNotAdmitted:
    """Neither a price of zero nor this one is admitted."""

    least: Fraction


@dataclass(frozen=True, slots=True)
class ZeroRefused:
    """A price of zero is an error; this one was tried in its place."""

    tried: Fraction


@dataclass(frozen=True, slots=True)
class ScoredAlone:
    """A criterion that scores each price by itself: none, however low, takes points from another bid."""

    criterion: str


@dataclass(frozen=True, slots=True)
class NoLossLeader:
    """At this price, below a share of the mean price, a bid loses with every share of the marks."""

    price: Fraction
    below: Fraction
    mean: Fraction


@dataclass(frozen=True, slots=True)
class FlagsStopNothing:
    """An abnormally low price is flagged, to be asked about; the flag by itself stops no strategy."""


Note = (
    TooFew
    | Unranked
    | UnrankedToo
    | WithoutFigures
    | NotRemoved
    | NoNearest
    | NoPossible
    | Unseen
    | TurnedAwayBySome
    | NobodyInSome
    | NotCompared
    | NobodyRanked
    | NotPlayed
    | NoMadeUpBidWins
    | Stopped
    | ZeroNotAdmitted
    | ZeroRefused
    | ScoredAlone
    | NoLossLeader
    | FlagsStopNothing
)
