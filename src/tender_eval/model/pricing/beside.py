"""Money beside the price, and never netted from it: wider savings, who funds, the full cost by the bid's own sheet.

Sources: Home Office, VAWG Services Commissioning Toolkit (March 2022), 3.3 and 5.3 (full cost implications and savings
of a service), 3.4 (whose budgets pay, and whether the money meets the full cost); Welsh Government, VAWDASV
Commissioning Guidance (draft 2018), 2.9 and 4.8 (management and overheads met, unless by separate core funding).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.model.location import NOWHERE, Location

BENEFITS = "benefits"
"""The column of all benefits of a bid together."""

Source = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Benefit:
    """What a service saves others, in money over the contract; below zero, what it costs them.

    Attributes:
        of: the figure of the bid that is multiplied by ``each``; empty where bids state the amount themselves.
        each: what one unit of that figure saves.
    """

    id: str
    title: str = ""
    of: str = ""
    each: Fraction | None = None
    source: Source = ()
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    title_cy: str = ""

    @property
    def column(self) -> str:
        """The amount, by its dotted name."""
        return f"{BENEFITS}.{self.id}"


@dataclass(frozen=True, slots=True, repr=False)
class Funder:
    """Who pays which share of what a bid asks for; ``most`` is the money that it has for that."""

    id: str
    share: Fraction
    title: str = ""
    most: Fraction | None = None
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    title_cy: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Cost:
    """A line of the cost sheet of a bid, and when it falls due: ``once``, ``per_year`` or ``year_<n>``."""

    id: str
    paid: str
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def column(self) -> str:
        """The amount, by its dotted name."""
        return f"costs.{self.id}"

    def times(self, years: int) -> Fraction:
        """How often it falls due; nothing is discounted."""
        return Fraction(years if self.paid == "per_year" else 1)


@dataclass(frozen=True, slots=True, repr=False)
class FullCost:
    """The lines of the cost sheet that the price has to meet, less what other funding is stated to meet."""

    costs: tuple[Cost, ...]
    other_funding: tuple[Cost, ...] = ()
    years: int = 1
    source: Source = ()
    where: Location = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Beside:
    """All that a scheme says of money beside the price."""

    benefits: tuple[Benefit, ...] = ()
    funders: tuple[Funder, ...] = ()
    full_cost: FullCost | None = None

    def __bool__(self) -> bool:
        return bool(self.benefits or self.funders or self.full_cost)


NOTHING_BESIDE = Beside()
