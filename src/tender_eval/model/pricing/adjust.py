"""Adjustments of the evaluated price, such as preference margins: of what is compared, not of what is paid."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.model.location import NOWHERE, Location

OWN, LOWEST, LOWEST_OTHER = "price", "lowest", "lowest_other"
"""What a percentage is of: the bid's own price, the lowest, the lowest of the bids that the adjustment is not for."""


@dataclass(frozen=True, slots=True, repr=False)
class Test:
    """Whether a figure of the bid is one of these values, or at least or at most a number.

    Attributes:
        negated: whether it must be none of the values.
    """

    reads: str
    values: tuple[str, ...] = ()
    negated: bool = False
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    def holds(self, value: Fraction | bool | str | tuple[str, ...]) -> bool | None:
        """Whether it holds of a value; None where that cannot be told of a value of this kind.

        >>> Test("supplier.size", ("micro", "small")).holds("small"), Test("values.x", at_least=Fraction(1)).holds("x")
        (True, None)
        """
        if self.values:
            if {*self.values} <= {"true", "false"} and not isinstance(value, bool):
                return None
            return any(_is(value, wanted) for wanted in self.values) is not self.negated
        if not isinstance(value, Fraction) or isinstance(value, bool):
            return None
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or Fraction(0))


def _is(value: Fraction | bool | str | tuple[str, ...], wanted: str) -> bool:
    """Whether a figure is what is written: of several names, one of them."""
    match value:
        case bool():
            return wanted == ("true" if value else "false")
        case Fraction():
            return wanted == str(value)
        case str():
            return wanted == value
        case names:
            return wanted in names


@dataclass(frozen=True, slots=True, repr=False)
class Adjustment:
    """One adjustment; it holds for a bid where all its tests do.

    Attributes:
        share: by which share of ``of`` the price is changed, negative where it falls; None where ``amount`` says it.
        of: ``price``, ``lowest``, ``lowest_other``, or the column of one of the components.
        cap: the most by which it changes a price, either way.
        unless: it is nobody's where all these hold of a bid that is the lowest without it.
    """

    id: str
    title: str = ""
    when: tuple[Test, ...] = ()
    share: Fraction | None = None
    amount: Fraction | None = None
    of: str = OWN
    cap: Fraction | None = None
    unless: tuple[Test, ...] = ()
    source: tuple[tuple[str, str], ...] = ()
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    title_cy: str = ""

    @property
    def compares(self) -> bool:
        """Whether it depends on the prices of other bids."""
        return bool(self.unless) or (self.share is not None and self.of in (LOWEST, LOWEST_OTHER))

    @property
    def rises(self) -> bool:
        """Whether it makes a price higher."""
        by = self.amount if self.share is None else self.share
        return by is not None and by > 0
