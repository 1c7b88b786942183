"""What was assumed of bids that nobody made."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Source = Literal["estimated value", "pot", "assumed"]
"""What the value of a contract follows from."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a made-up contract is worth a year, and what of the scheme that follows from."""

    yearly: Fraction
    source: Source
    years: int = 0  # that the value was stated for; 0 where the scheme states none


@dataclass(frozen=True, slots=True)
class PriceLevel:
    """What made-up prices lie around, and what of the scheme it follows from."""

    level: Fraction
    by: str = ""  # the parameter that says so; empty where it is the value of the contract
    criterion: str = ""  # whose parameter it is; that of the award rule where it is empty
    times: Fraction = Fraction(1)  # of what it follows from, where the scheme can score no other


@dataclass(frozen=True, slots=True)
class BidAssumptions:
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
