"""How the evaluated price is made: sums of money and rates times quantities, over the years of the contract."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.model.location import NOWHERE, Location
from tender_eval.model.pricing.adjust import Adjustment


@dataclass(frozen=True, slots=True, repr=False)
class Component:
    """A figure of the bid that the evaluated price is made of, and when it is paid.

    Attributes:
        quantity: of a line of a schedule, how many units; None for a sum of money.
        counts: of a line, what of it counts: its ``rates`` times the quantity, or the ``totals`` that bids state.
    """

    id: str
    paid: str  # once | per_year | year_N
    quantity: Fraction | None = None
    unit: str = ""
    title: str = ""
    counts: str = "rates"  # or totals
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    title_cy: str = ""
    unit_cy: str = ""

    @property
    def column(self) -> str:
        """The figure that counts, by its dotted name.

        >>> Component("setup", "once").column, Component("night", "once", Fraction(1200)).column
        ('prices.setup', 'rates.night')
        """
        return f"prices.{self.id}" if self.quantity is None else f"{self.counts}.{self.id}"

    @property
    def times(self) -> Fraction:
        """By what the figure is multiplied before it is paid."""
        return self.quantity if self.quantity is not None and self.counts == "rates" else Fraction(1)


@dataclass(frozen=True, slots=True, repr=False)
class PriceModel:
    """How the evaluated price is made: components over years, discounted; then the lines of a schedule.

    Attributes:
        prevails: of a line, which counts where both are stated and differ: ``unit`` or ``total``; empty without lines.
        misplaced_point: whether a stated total stands where the rate is off by its decimal point alone.
        adjustments: what changes the price that is compared, in this order; ``together`` says whether a percentage of
            the price is of the price before all of them (``added``) or as those before left it (``in_turn``).
        cap_together: the most by which all of them together change a price.
        discounted: the sum off which bids state a ``discount``, where that is their price.
    """

    components: tuple[Component, ...]
    years: int = 1
    discount_rate: Fraction = Fraction(0)
    payments: str = "start_of_year"  # or end_of_year
    prevails: str = ""
    misplaced_point: bool = False
    adjustments: tuple[Adjustment, ...] = ()
    together: str = ""
    cap_together: Fraction | None = None
    discounted: Fraction | None = None
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The figures that the price is made of; empty where bids state it."""
        return ("discount",) if self.discounted is not None else tuple(c.column for c in self.components)

    @property
    def compares(self) -> bool:
        """Whether the price of a bid depends on the prices of others."""
        return any(adjustment.compares for adjustment in self.adjustments)

    @property
    def sums(self) -> tuple[Component, ...]:
        """The sums of money."""
        return tuple(c for c in self.components if c.quantity is None)

    @property
    def lines(self) -> tuple[Component, ...]:
        """The lines of the schedule."""
        return tuple(c for c in self.components if c.quantity is not None)
