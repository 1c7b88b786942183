"""What an evaluation found: ranking, points, reasons, and the steps that explain every figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tender_eval.model.bids import Bid, LeftOut, bid_of
from tender_eval.model.diagnostics import Diagnostic, NotFound
from tender_eval.model.explanation.flags import Flag
from tender_eval.model.explanation.formulas import How
from tender_eval.model.explanation.labels import Label, RankedFigure
from tender_eval.model.explanation.reasons import Note, Reason
from tender_eval.model.extras import notebook
from tender_eval.model.location import Location
from tender_eval.model.scheme import PeopleDecide

if TYPE_CHECKING:
    from pandas import DataFrame


class Step(NamedTuple):
    """A figure and how it came about: read from a place, or worked out from the steps below it.

    ``how`` tells the method with the figures in it (they come to the value, before a rounding that it names), ``by``
    the scorer or rule with its version and distribution, ``note`` what else is to be said of it. All are data:
    `tender_eval.languages.steps` gives label, formula and working in words.
    """

    label: Label
    value: Fraction | bool | str | tuple[str, ...] | None = None
    how: How | None = None
    where: Location | None = None
    by: str = ""
    inputs: tuple[Step, ...] = ()
    note: Note | None = None

    def __repr__(self) -> str:
        below = len(self.inputs)
        return f"<Step {self.label} = {self.value}{f', of {below} steps' if below else ''}>"

    @property
    def number(self) -> Fraction | None:
        """The number that a figure stands for: true is 1, false is 0; None for text."""
        if isinstance(self.value, bool):
            return Fraction(int(self.value))
        return self.value if isinstance(self.value, Fraction) else None

    def walk(self) -> Iterator[Step]:
        """This step and all below it."""
        yield self
        for part in self.inputs:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A bid's result at one criterion; ``score`` is None at a group. Points are out of ``available``."""

    id: str
    title: str
    depth: int
    available: Fraction
    score: Fraction | None
    points: Fraction
    step: Step


@dataclass(frozen=True, slots=True, repr=False)
class BidResult:
    """How one bid came out: ``status`` is ranked, rejected or not_shortlisted, or what people did with it: withdrawn,
    excluded or disregarded.

    ``reasons`` say why it is not ranked or not funded, ``flags`` what a panel must look at; both are data, which
    `tender_eval.languages.results` puts in words.
    """

    id: str
    name: str
    status: str
    rank: int | None
    tied: bool
    figure: Fraction | None
    award: Fraction | None  # what a rule that shares out money gives to this bid
    criteria: tuple[CriterionResult, ...]
    flags: tuple[Flag, ...]
    reasons: tuple[Reason, ...]
    step: Step
    beside: tuple[Step, ...] = ()  # money shown beside the price, which counts only where a criterion reads it

    def __repr__(self) -> str:
        came_out = self.status if self.rank is None else f"rank {self.rank}"
        return f"<BidResult {self.id}: {came_out}>"

    def criterion(self, named: str) -> CriterionResult | None:
        """The result at one criterion, or None where the bid was not scored there."""
        return next((c for c in self.criteria if c.id == named), None)


def bids_of(results: Iterable[BidResult]) -> frozenset[str]:
    """The bids that results are of, by their ids; an offer for several lots is of its bid."""
    return frozenset(bid_of(result.id) for result in results)


OfBid = TypeVar("OfBid", Bid, BidResult)


def first_offers(bids: Iterable[OfBid]) -> dict[str, OfBid]:
    """By bid the first of its offers, or of their results, in the order in which they are given."""
    first: dict[str, OfBid] = {}
    for bid in bids:
        first.setdefault(bid_of(bid.id), bid)
    return first


@dataclass(frozen=True, repr=False)
class Evaluation:
    """The outcome for one tender or lot: bids in rank order, rejected ones last."""

    scheme_id: str
    scheme_title: str
    scheme_sha256: str
    bids_sha256: str
    rule: str
    rule_by: str
    figure: RankedFigure  # what the rule ranks by
    best: str  # highest | lowest
    winner: tuple[str, ...]
    tied: bool
    bids: tuple[BidResult, ...]
    places: int
    rounding_mode: str
    lot: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    settled: tuple[str, ...] = ()  # bids that tied until people settled the order, in that order
    then: PeopleDecide | None = None  # who or what parts bids that the scheme's steps leave equal
    near: tuple[str, ...] = ()  # bids near enough to the best figure for the tie break to decide, in rank order
    illustrative: tuple[str, ...] = ()  # what of the scheme is an illustration

    @cached_property
    def figure_places(self) -> int:
        """The places at which the figures that bids are ranked by are printed; see `wording.figure_places`."""
        from tender_eval.model.digits import figure_places  # so that results can be read without arithmetic

        figures = {bid.figure for bid in self.bids if bid.figure is not None}
        return figure_places(figures, self.places, self.rounding_mode)

    def level(self, one: BidResult, other: BidResult) -> bool:
        """Whether the scheme takes the figures of two bids for equal."""
        return one.figure == other.figure or (one.id in self.near and other.id in self.near)

    @cached_property
    def winning(self) -> frozenset[str]:
        """The bids of `winner`, to be asked of one bid after the other."""
        return frozenset(self.winner)

    @cached_property
    def ranked(self) -> tuple[BidResult, ...]:
        """The bids that have a rank, in its order."""
        return tuple(bid for bid in self.bids if bid.rank is not None)

    @cached_property
    def awarded(self) -> tuple[BidResult, ...]:
        """The ranked bids of `winner`."""
        return tuple(bid for bid in self.ranked if bid.id in self.winning)

    @cached_property
    def border(self) -> tuple[BidResult, BidResult | None]:
        """The last who wins and the first who does not; asked where somebody wins."""
        return self.awarded[-1], next((bid for bid in self.ranked if bid.id not in self.winning), None)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The bids between whom a tie leaves the award open."""
        if not self.tied:
            return ()
        if self.shares_money:
            unfunded = [bid for bid in self.ranked if bid.tied and bid.award == 0]
            return tuple(bid.id for bid in unfunded if bid.rank == unfunded[0].rank)
        return tuple(bid.id for bid in self.awarded if bid.rank == self.awarded[-1].rank)

    @cached_property
    def criteria(self) -> tuple[CriterionResult, ...]:
        """Every criterion at which some bid was scored, in the order of the scheme."""
        fullest = sorted(self.bids, key=lambda bid: -len(bid.criteria))
        found: dict[str, CriterionResult] = {}
        for bid in fullest:
            for criterion in bid.criteria:
                found.setdefault(criterion.id, criterion)
        return tuple(found.values())

    @cached_property
    def roots(self) -> tuple[CriterionResult, ...]:
        """The criteria at the top of the scheme at which some bid was scored."""
        return tuple(criterion for criterion in self.criteria if criterion.depth == 0)

    @cached_property
    def shares_money(self) -> bool:
        """Whether the rule shares out money."""
        return any(bid.award is not None for bid in self.bids)

    def bid(self, named: str) -> BidResult:
        """The result of one bid.

        Raises:
            NotFound: no bid has this id; it names those that may be meant.
        """
        if (found := self.find(named)) is None:
            raise NotFound("bid", named, self._by_id)
        return found

    def find(self, named: str) -> BidResult | None:
        """The result of one bid, or None where there is none of this id."""
        return self._by_id.get(named)

    def offers(self, bid: str) -> tuple[BidResult, ...]:
        """The results of a bid and of its offers for several lots, in the order of the bids."""
        return self._by_bid.get(bid, ())

    @property
    def several_offers(self) -> bool:
        """Whether some bid has more than one result here, by itself and together with other lots."""
        return len(self._by_bid) < len(self.bids)

    @cached_property
    def _by_bid(self) -> Mapping[str, tuple[BidResult, ...]]:
        found: dict[str, list[BidResult]] = {}
        for result in self.bids:
            found.setdefault(bid_of(result.id), []).append(result)
        return {bid: tuple(results) for bid, results in found.items()}

    @cached_property
    def _by_id(self) -> Mapping[str, BidResult]:
        return {bid.id: bid for bid in reversed(self.bids)}

    def __repr__(self) -> str:
        lot = f", lot {self.lot}" if self.lot else ""
        first = f"tied: {', '.join(self.undecided)}" if self.tied else f"winner: {', '.join(self.winner) or 'none'}"
        standing = ", ".join(f"{n} {status}" for status, n in Counter(bid.status for bid in self.bids).items())
        return f"<Evaluation of {self.scheme_id}{lot}: {first}; {standing or 'no bids'}>"

    def _repr_html_(self) -> str | None:
        """What a notebook shows of it: the result in short, in which text of others is text."""
        found: str | None = notebook().evaluation_html(self)
        return found

    def to_frame(self, exact: bool = False) -> DataFrame:
        """The bids as a frame of pandas, in rank order, rejected ones last; the index ``bid`` holds their ids.

        Columns: ``lot`` where it is of one; ``name``, ``status``, ``rank`` (missing where not ranked), ``tied``,
        ``wins``; ``figure`` that the rule ranks by, ``award`` in the scheme's currency where the rule shares out
        money, ``points.<criterion>`` for each criterion and group; ``why`` it is not ranked or not funded and
        ``flags`` that people must look at, in words.

        Args:
            exact: figures as fractions in columns of objects, in place of float64.

        Raises:
            Refused: TE097 where pandas is not installed (extra ``notebook``).
        """
        return notebook().evaluation_frame(self, exact)

    def steps_frame(self) -> DataFrame:
        """Every step behind every bid as a frame of pandas, in the order in which a trace tells them.

        The index is ``bid`` and ``step``, numbered from 0. Columns: ``parent`` (the step that it is an input of,
        missing at the top), ``depth``, ``criterion`` whose points it leads to (empty above criteria), ``label``,
        ``value`` as it is held (a fraction, true or false, or text), ``number`` (float64; NaN for text), ``formula``,
        ``working``, ``by`` and ``where``.

        Raises:
            Refused: TE097 where pandas is not installed (extra ``notebook``).
        """
        return notebook().steps_frame(self)
