"""What a result says of a bid, as data: why it is not ranked or not funded.

No sentence is made where results are made: `tender_eval.languages.results` puts each of these in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from tender_eval.model.explanation.formulas import Worked
from tender_eval.model.location import Location

Value = Fraction | bool | str | tuple[str, ...] | None
"""What a bid states."""


class Worded:
    """Base of all that a result says."""

    __slots__ = ()


class Titled(NamedTuple):
    """A criterion or a condition: its id and its title, which is the id where it has none."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A condition asks for one of these values."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exactly:
    """A condition asks for this value."""

    value: bool | str


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition asks for a number on one side of a limit.

    Attributes:
        least: whether it asks for at least that, else for at most.
        share: which share of the figure ``of`` the limit is; None for one that is a plain number.
    """

    limit: Fraction
    least: bool
    share: Fraction | None = None
    of: str = ""


Wanted = OneOf | Exactly | Limit
"""What a condition asks for."""


@dataclass(frozen=True, slots=True)
class ConditionAnswer(Worded):
    """What a condition asks for and what a bid states; the note of the step that says whether it is met.

    Attributes:
        reads: the column that the condition reads.
        pooled: whether the value is that of the supplier and its confirmed consortium members together.
        days: from which day a value in days is counted; ``days`` where it is a duration, empty for other values.
    """

    reads: str
    value: Value
    wanted: Wanted
    pooled: bool = False
    days: str = ""


@dataclass(frozen=True, slots=True)
class NotStated(Worded):
    """The note of a step at which nothing could be read."""


@dataclass(frozen=True, slots=True)
class ConditionNotMet(Worded):
    """A bid states what a condition does not admit.

    Attributes:
        reads: the column that the condition reads.
        pooled: whether the value is that of the supplier and its confirmed consortium members together.
        where: where the value stands, if it was read.
        days: as in `ConditionAnswer`.
    """

    condition: Titled
    reads: str
    value: Value
    wanted: Wanted
    pooled: bool = False
    where: Location | None = None
    days: str = ""


@dataclass(frozen=True, slots=True)
class ConditionNotStated(Worded):
    """A bid does not state what a condition asks for."""

    condition: Titled
    reads: str


@dataclass(frozen=True, slots=True)
class NotShortlisted(Worded):
    """A bid is not among the best ``top`` at the first stage, or below this ``share`` of the points; one of the two."""

    by: tuple[Titled, ...]
    top: int | None = None
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class BelowMinimumMark(Worded):
    """The mark at a criterion is below its minimum; ``in_worth`` where a lower mark is not the worse one."""

    criterion: Titled
    mark: Fraction
    minimum: Fraction
    in_worth: bool = False


@dataclass(frozen=True, slots=True)
class NearTheBest(Worded):
    """A figure is near enough to the best one for the tie break to decide between them."""

    figure: Fraction
    best: Fraction


@dataclass(frozen=True, slots=True)
class BelowMinimumPoints(Worded):
    """The points at a criterion are below the minimum ``share`` of those available."""

    criterion: Titled
    points: Fraction
    available: Fraction
    share: Fraction

    @property
    def minimum(self) -> Fraction:
        """The least points that are admitted."""
        return self.share * self.available


@dataclass(frozen=True, slots=True)
class NoQualityPoints(Worded):
    """A rule that divides the price by quality points finds none."""


@dataclass(frozen=True, slots=True)
class OverBudget(Worded):
    """The price is over the published budget."""

    budget: Fraction


@dataclass(frozen=True, slots=True)
class TurnedAwayByRule(Worded):
    """The award rule turns a bid away, in words of its own: they are data here."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class GrantNotPossible(Worded):
    """No grant reaches what the bidder can work with.

    Attributes:
        ceiling: the most that the bid could be given.
        at_cap: whether that is the cap on every grant, else what the bid asks for.
    """

    floor: Fraction
    ceiling: Fraction
    at_cap: bool


@dataclass(frozen=True, slots=True)
class GrantNotReached(Worded):
    """Funding stopped before a bid's turn.

    Attributes:
        cap: what the request is held at; None where it is below the cap.
        tie: whether it stopped at bids that tie, else at one for which the pot is too small.
    """

    asked: Fraction
    cap: Fraction | None
    tie: bool


@dataclass(frozen=True, slots=True)
class GrantTurn(Worded):
    """What the pot holds when a bid's turn comes.

    Attributes:
        cap: what the request is held at; None where it is below the cap.
        tie: whether it is too little for all the bids that tie.
    """

    asked: Fraction
    cap: Fraction | None
    left: Fraction
    tie: bool


GrantNote = GrantNotPossible | GrantNotReached | GrantTurn
"""Why a grant is what it is."""


@dataclass(frozen=True, slots=True)
class NotFunded(Worded):
    """A bid is ranked, but is given nothing; ``why`` is the working of a plugin's rule where that says it."""

    why: Worded | Worked


@dataclass(frozen=True, slots=True)
class Removed(Worded):
    """People took a bid out: its bidder withdrew it, or the authority excluded or disregarded it.

    Attributes:
        clause: under which provision, as it was entered.
        reason: why, in the words of whoever decided it.
        assessed: whether its marks were locked before. One that was not is out from the start: nothing is asked of
            it. One that was is treated as a bid that fails at a minimum: what it scored stays on record, and the
            scheme's ``on_rejection`` says whether it counts in the scores of the others.
    """

    kind: Literal["withdrawn", "excluded", "disregarded"]
    clause: str = ""
    reason: str = ""
    assessed: bool = True


@dataclass(frozen=True, slots=True)
class SupplierHasPlace(Worded):
    """A bid is ranked, but a supplier in it is awarded a place with the better bid ``by``."""

    by: str


RuleReason = NoQualityPoints | OverBudget
"""Why a built-in award rule turns a bid away."""

Reason = (
    Removed
    | ConditionNotMet
    | ConditionNotStated
    | NotShortlisted
    | BelowMinimumMark
    | BelowMinimumPoints
    | RuleReason
    | TurnedAwayByRule
    | NotFunded
    | SupplierHasPlace
)
"""Why a bid is not ranked, or not funded."""


Note = GrantNote | ConditionAnswer | NotStated | NearTheBest
"""What is said at a step of a working."""
