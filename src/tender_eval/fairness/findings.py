"""What the fairness analyses found, as frozen records. Reports render these and compute nothing.

Everything that names a winner was confirmed in exact arithmetic. An order is a list of bids from the first;
winners are listed together where they tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.model.bids import Value

Order = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dummy:
    """A bid that nobody made, to try the scheme with: in words, and its figures that differ."""

    id: str
    says: str  # such as "10% of the marks at 50"
    price: Fraction | None
    share: Fraction | None  # of full marks on everything that is marked; None where it copies another bid


@dataclass(frozen=True, slots=True)
class Reversal:
    """A change of order among the others: with ``bid`` removed, added or rejected, ``pair`` swaps.

    ``pair`` is (who was ahead or level, who is ahead now); ``was`` tells which of the two. Two that become
    level are not listed. ``before`` and ``after`` are the orders of all who are ranked. ``winner_before`` and
    ``winner_after`` are those first among the others alone: where the winner itself is removed, who the
    published order put next.
    """

    change: str  # remove | add | reject
    bid: str
    pair: tuple[str, str]
    before: Order
    after: Order
    winner_before: Order
    winner_after: Order
    dummy: Dummy | None = None
    was: str = "ahead"  # or "level": the change breaks a tie

    @property
    def changes_award(self) -> bool:
        return set(self.winner_before) != set(self.winner_after)


@dataclass(frozen=True, slots=True)
class Tipping:
    """The nearest weight of a criterion, the others keeping their proportions, at which the winner changes.

    ``flips_at`` is where the two tie (exact), or, where ``exact`` is false, the middle of an interval no wider
    than ``within`` that holds the change; the weight itself where the least change of it
    changes the winner. None: no weight from none to all of the points changes the winner.
    ``winner`` is who wins just beyond it.
    """

    criterion: str
    weight: Fraction
    flips_at: Fraction | None
    winner: Order
    exact: bool = True
    within: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class MarkTipping:
    """One mark given one step higher or lower that changes the winner."""

    bid: str
    criterion: str
    mark: Fraction
    to: Fraction
    winner: Order


@dataclass(frozen=True, slots=True)
class PriceTipping:
    """The price at which ``bid`` draws level with the winner; below it, it wins.

    None: no price above zero makes it win.
    """

    bid: str
    price: Fraction
    wins_at: Fraction | None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class NearestWeights:
    """The weights nearest to the scheme's, by the sum of points moved, at which another bid draws level."""

    winner: Order
    weights: Mapping[str, Fraction]  # points by scored criterion
    moved: Fraction  # points taken from some criteria and given to others
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Acceptability:
    """SMAA-2 over random weights (Lahdelma and Salminen 2001). Shares are of the draws in which anybody is ranked."""

    draws: int  # in which anybody is ranked
    sampling: str  # in words: uniform on the simplex, or within which bands
    ranks: Mapping[str, tuple[float, ...]]  # by bid: share of draws at rank 1, 2, ...; ties share a rank equally
    central_weights: Mapping[str, Mapping[str, float]]  # by bid that ever wins: mean weight by criterion
    confidence: Mapping[str, float]  # by bid that ever wins: share of draws of the marks that it wins at these weights
    standard_error: float  # the largest of any share
    notes: tuple[str, ...] = ()  # what must be known of the shares where weights turn bids away


@dataclass(frozen=True, slots=True)
class Marking:
    """How firm the result is against the panel's own disagreement."""

    spread: str  # in words: where the disagreement comes from
    draws: int
    wins: Mapping[str, float]  # share of draws won, by bid
    without: Mapping[str, Order]  # winner when the marks of one evaluator are left out, by evaluator


@dataclass(frozen=True, slots=True)
class EffectiveWeight:
    """What a criterion really decides: its share of the variance of the totals, beside its nominal weight."""

    criterion: str
    title: str
    nominal: float
    effective: float
    sobol_first: float | None = None
    sobol_total: float | None = None


@dataclass(frozen=True, slots=True)
class GroupImpact:
    """How a kind of provider fares against the others (four-fifths rule: 29 CFR 1607.4(D))."""

    group: str
    title: str
    members: int
    others: int
    selected: float | None  # share of its bids that win
    selected_others: float | None
    ratio: float | None  # selected / selected_others; below 0.8 is flagged
    rejected: float | None
    rejected_others: float | None
    gaps: Mapping[str, float]  # mean points by criterion: group less others
    makes_the_gap: str  # the criterion with the largest gap against the group; empty where there is none
    basis: str  # in words: these bids, or so many simulated tenders
    by_chance: bool = False  # of made-up tenders: the rates differ by no more than is to be expected by chance


@dataclass(frozen=True, slots=True)
class Ploy:
    """A way to play the scheme, with the bid that shows it.

    ``states`` is all that this bid states, by dotted name as a bids file has it, so that anyone can evaluate it;
    where it has partners, they are those of the bid ``partners_of``.
    """

    kind: str  # lowest_quality | zero_price | loss_leader | friend
    says: str
    bid: Dummy
    helps: str  # who gains: the dummy itself, or a friend
    winner: Order
    states: Mapping[str, Value] = field(default_factory=dict)
    partners_of: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same bids under a scheme or price formula that is compared; the first of them is the scheme itself."""

    scheme: str
    title: str
    winner: Order
    order: Order
    figures: Mapping[str, Fraction]
    margin: Fraction | None  # between first and second, in what the rule ranks by
    margin_share: Fraction | None  # the same as a share of the first's figure
    figure: str
    reversals: tuple[Reversal, ...]
    effective_price: float | None  # the price's share of the variance, beside
    nominal_price: float


@dataclass(frozen=True, slots=True)
class PriceCurve:
    """The score of a price criterion as one bid's price moves and the others stay."""

    criterion: str
    title: str
    prices: tuple[float, ...]
    scores: tuple[float, ...]
    bids: Mapping[str, tuple[float, float]]  # price and score of each real bid


@dataclass(frozen=True, slots=True)
class Fairness:
    """All that was found for one scheme with one set of bids (or one lot)."""

    scheme_id: str
    scheme_title: str
    lot: str
    bids: Mapping[str, str]  # names by id, in rank order, rejected ones last
    generated: str  # empty, or how the bids were made up
    winner: Order
    order: Order
    figures: Mapping[str, Fraction]
    figure: str
    best: str
    independent: bool  # whether the scorers and the rule promise that no other bid can change an order
    limited: bool = False  # the scheme's limits across lots may award this lot to another than its first
    reversals: tuple[Reversal, ...] = ()
    tipping: tuple[Tipping, ...] = ()
    marks: tuple[MarkTipping, ...] = ()
    prices: tuple[PriceTipping, ...] = ()
    nearest: NearestWeights | None = None
    acceptability: Acceptability | None = None
    marking: Marking | None = None
    effective: tuple[EffectiveWeight, ...] = ()
    effective_over: str = ""  # in words: the bids over which effective weights are worked out
    groups: tuple[GroupImpact, ...] = ()
    gaming: tuple[Ploy, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    curves: tuple[PriceCurve, ...] = ()
    notes: tuple[str, ...] = field(default=())  # what was not tried, and why
