"""What marks and quality points are worth in money, as frozen records. Amounts are floats, to be printed rounded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PointWorth:
    """What one more quality point is worth to a bid: how much more it could ask and stay where it is.

    ``quality`` are its points on everything that is not the price; None: no price makes up for it.
    """

    bid: str
    quality: float
    price: Fraction
    money: float | None


@dataclass(frozen=True, slots=True)
class MarkWorth:
    """What one step of a mark is worth: how much more the bid could ask with it, or must ask less without it.

    A mark at the top of its scale is tried one step lower. None: no price makes up for it.
    """

    bid: str
    criterion: str
    mark: Fraction
    to: Fraction
    money: float | None


@dataclass(frozen=True, slots=True)
class IsoUtility:
    """Prices at which a bid would stand as it does, had it other quality points; the other bids stay as they are.

    From half of its quality points to half as many again, at even steps, as far as the scheme gives so many.
    """

    bid: str
    quality: tuple[float, ...]
    prices: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What quality is worth under a scheme with these bids; ``curves`` from the leading bid's on."""

    points: tuple[PointWorth, ...]
    marks: tuple[MarkWorth, ...]
    curves: tuple[IsoUtility, ...] = ()
