"""What the fairness analyses found, as frozen records. Reports render these and compute nothing.

Everything that names a winner was confirmed in exact arithmetic. An order is a list of bids from the first;
winners are listed together where they tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tender_eval.fairness.findings.notes import Note
from tender_eval.fairness.findings.ploys import Dummy, GamingStrategy
from tender_eval.fairness.findings.reliability import Reliability
from tender_eval.fairness.findings.samples import GroupSample, SampleSize, Spread
from tender_eval.fairness.findings.worth import PointWorth, Worth
from tender_eval.model.explanation.labels import RankedFigure
from tender_eval.model.extras import notebook
from tender_eval.model.gap import Gap
from tender_eval.synthetic.assumptions import BidAssumptions

if TYPE_CHECKING:
    from pandas import DataFrame

Order = tuple[str, ...]


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

    ``flips_at`` is where the two tie (exact; where scores are roots, an `Enclosed` number, which stands as a Fraction
    of as many digits as are stated), or, where ``exact`` is false, the middle of an interval no wider than ``within``
    that holds the change; the weight itself where the least change of it changes the winner. None: no weight from
    none to all of the points changes the winner.
    ``winner`` is who wins just beyond it; where ``only_level``, who is first or level with the winner at the very end,
    with none or all of the points there, short of which nothing changes.
    """

    criterion: str
    weight: Fraction
    flips_at: Fraction | None
    winner: Order
    exact: bool = True
    within: Fraction = Fraction(0)
    only_level: bool = False


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
class NarrowRejection:
    """A bid that is turned away and would be ranked with one mark a step higher or lower, or at a lower price."""

    bid: str
    criterion: str  # of the mark; empty where it is the price
    was: Fraction
    to: Fraction  # the mark, or the highest price found that lets it in
    rank: int  # that it then has
    winner: Order


@dataclass(frozen=True, slots=True)
class NearestWeights:
    """The weights nearest to the scheme's, by the sum of points moved, at which another bid draws level."""

    winner: Order
    weights: Mapping[str, Fraction]  # points by scored criterion
    moved: Fraction  # points taken from some criteria and given to others
    exact: bool = True


@dataclass(frozen=True, slots=True)
class PossibleWinners:
    """Who is first, alone or level, at some weights within bands, at all of them, and at any weights whatever.

    Necessary and possible: Greco, Mousseau and Slowinski, European Journal of Operational Research 191 (2008) 416-436.
    """

    bands: Mapping[str, tuple[Fraction, Fraction]]  # least and most points, by criterion or group
    stated: bool  # whether they were asked for; else each weight from half to one and a half of what is published
    possible: Order
    necessary: Order
    anywhere: Order


@dataclass(frozen=True, slots=True)
class Acceptability:
    """SMAA-2 over random weights (Lahdelma and Salminen 2001). Shares are of the draws in which anybody is ranked.

    Around the published weights there are neither central weights nor confidence: these are the scheme's own.
    """

    draws: int  # in which anybody is ranked
    bands: Mapping[str, tuple[Fraction, Fraction]]  # within which weights are uniform; none: on the whole simplex
    ranks: Mapping[str, tuple[float, ...]]  # by bid: share of draws at rank 1, 2, ...; ties share a rank equally
    central_weights: Mapping[str, Mapping[str, float]]  # by bid that ever wins: mean weight by criterion
    confidence: Mapping[str, float]  # by bid that ever wins: share of draws of the marks that it wins at these weights
    standard_error: float  # the largest of any share
    notes: tuple[Note, ...] = ()  # what must be known of the shares where weights turn bids away
    concentration: int | None = None  # of weights around the published ones; None where they are uniform


@dataclass(frozen=True, slots=True)
class PanelDisagreement:
    """How firm the result is against the panel's own disagreement."""

    spread: Spread  # where the disagreement comes from
    draws: int
    wins: Mapping[str, float]  # share of draws won, by bid
    winner_without: Mapping[str, Order | None]  # by evaluator left out; None where no rule says what would count then


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
    members: int
    others: int
    selected: float | None  # share of its bids that win
    selected_others: float | None
    ratio: float | None  # selected / selected_others; below 0.8 is flagged; None from one award
    rejected: float | None
    rejected_others: float | None
    gaps: Mapping[str, float]  # mean points by criterion: group less others
    widest_gap: str  # the criterion with the largest gap against the group; empty where there is none
    sample: GroupSample
    chance: float | None = None  # how likely awards as uneven are by lot: the p-value of an exact test
    by_chance: bool = False  # whether the rates differ by no more than is to be expected by chance


@dataclass(frozen=True, slots=True)
class Alternative:
    """The same bids under a scheme or price formula that is compared; the first of them is the scheme itself."""

    scheme: str
    title: str
    winner: Order
    order: Order
    figures: Mapping[str, Fraction]
    gap: Gap | None  # between first and second, in what the rule ranks by
    margin_share: Fraction | None  # the same as a share of the first's figure
    figure: RankedFigure
    reversals: tuple[Reversal, ...]
    effective_price: float | None  # the price's share of the variance, beside
    nominal_price: float | None  # None where the rule does not say at which weights it sets quality against price
    formula: str = ""  # where it is the scheme itself with another price formula: that formula
    worth: tuple[PointWorth, ...] = ()  # of one more quality point, by bid


@dataclass(frozen=True, slots=True)
class PriceCurve:
    """The score of a price criterion as one bid's price moves and the others stay."""

    criterion: str
    title: str
    prices: tuple[float, ...]
    scores: tuple[float, ...]
    bids: Mapping[str, tuple[float, float]]  # price and score of each real bid


@dataclass(frozen=True, slots=True, repr=False)
class Findings:
    """All that was found for one scheme with one set of bids (or one lot)."""

    scheme_id: str
    scheme_title: str
    lot: str
    bids: Mapping[str, str]  # names by id, in rank order, rejected ones last
    made_up: BidAssumptions | None  # how the bids were, where none were given
    winner: Order
    order: Order
    figures: Mapping[str, Fraction]
    figure: RankedFigure
    best: str
    independent: bool  # whether the scorers and the rule promise that no other bid can change an order
    offers_left_out: bool = False  # bids offer more for several lots, which has no place in one lot by itself
    limited_across_lots: bool = False  # the scheme's limits across lots may award this lot to another than its first
    reversals: tuple[Reversal, ...] = ()
    tipping: tuple[Tipping, ...] = ()
    marks: tuple[MarkTipping, ...] = ()
    prices: tuple[PriceTipping, ...] = ()
    rejections: tuple[NarrowRejection, ...] = ()
    nearest: NearestWeights | None = None
    winners: PossibleWinners | None = None
    worth: Worth | None = None  # of marks and quality points, in money
    near: Acceptability | None = None  # over weights around the published ones
    acceptability: Acceptability | None = None  # over weights that are uniform on the simplex or within bands
    panel_disagreement: PanelDisagreement | None = None
    reliability: Reliability | None = None  # of the panel's marks, where individual ones are given
    effective_weights: tuple[EffectiveWeight, ...] = ()
    effective_sample: SampleSize | None = None
    groups: tuple[GroupImpact, ...] = ()
    gaming: tuple[GamingStrategy, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    curves: tuple[PriceCurve, ...] = ()
    notes: tuple[Note, ...] = ()  # what was not tried, and why

    def __repr__(self) -> str:
        lot = f", lot {self.lot}" if self.lot else ""
        return f"<Findings of {self.scheme_id}{lot}: winner: {', '.join(self.winner) or 'none'}; {len(self.bids)} bids>"

    def to_frames(self, exact: bool = False) -> dict[str, DataFrame]:
        """Everything that was found, as frames of pandas by name.

        ``bids`` (place, figure, shares of draws at each rank), ``reversals``, ``weights``, ``marks`` and ``prices``
        (what would change the winner), ``rejections`` (what would let a bid in), ``nearest_weights``,
        ``central_weights``, ``effective_weights``, ``groups``, ``gaming``, ``alternatives``, ``price_curves`` (with no
        bid, and the real bids on them); of the panel's marks, where individual ones are given, ``agreement`` and
        ``severity``. What was not looked into has no frame, what was looked for in vain has one without rows. Columns
        are the fields of the records, ``a.b`` for what a field holds in turn.

        Args:
            exact: fractions as they are, in columns of objects, in place of float64.

        Raises:
            Refused: TE097 where pandas is not installed (extra ``notebook``).
        """
        found: dict[str, DataFrame] = notebook().findings_frames(self, exact)
        return found
