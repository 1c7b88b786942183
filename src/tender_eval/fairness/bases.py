"""What findings rest on: which bids, how many draws, what was assumed of bids that nobody made."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Spread = Literal["own", "own or pooled", "assumed"]
"""How marks are drawn anew: from evaluators' own marks of a bid; where there are not two of them, from the differences
that evaluators had anywhere in the tender; or, where no evaluator's marks are given, by assumption."""


@dataclass(frozen=True, slots=True)
class Over:
    """The bids that effective weights are worked out over: those that are ranked, or so many made-up tenders."""

    tenders: int = 0  # made up; none where it is the bids that are ranked
    bids: int = 0  # of each


@dataclass(frozen=True, slots=True)
class GroupBasis:
    """The bids that rates of a group are taken over; ``silent`` of them do not say whether they belong to it."""

    bids: int
    tenders: int = 1  # more than one: made up
    draws: int = 1  # of the marks
    spread: Spread = "assumed"
    silent: int = 0


@dataclass(frozen=True, slots=True)
class Worth:
    """What a made-up contract is worth a year, and what of the scheme that follows from."""

    yearly: Fraction
    source: Literal["estimated value", "pot", "assumed"]
    years: int = 0  # that the value was stated for; 0 where the scheme states none


@dataclass(frozen=True, slots=True)
class PriceLevel:
    """What made-up prices lie around, and what of the scheme it follows from."""

    level: Fraction
    source: Literal["value", "budget", "estimate", "cap", "ceiling", "band"]
    criterion: str = ""  # whose ceiling or band it is
    times: Fraction = Fraction(1)  # of what it follows from, where the scheme can score no other


@dataclass(frozen=True, slots=True)
class MadeUp:
    """How bids were made up; spreads and the mean mark are shares of full marks.

    Attributes:
        kinds: of suppliers, in turn.
        lots_left_out: whether the scheme has lots.
        conditions_met: whether the bids were given what conditions ask for.
        prices: None where the scheme reads none.
        out: how many of them the scheme turns away.
    """

    count: int
    seed: int
    mean_mark: float
    spread_between: float
    spread_within: float
    kinds: tuple[str, ...]
    worth: Worth
    areas: tuple[str, ...]
    lots_left_out: bool
    conditions_met: bool
    prices: PriceLevel | None
    price_spread: float
    out: int
