"""What bids offer for several lots together, and the price of each lot that follows: packages, discounts.

An offer is called by its bid and by its lots (``alder+north+east``), or by how many of them (``alder+2_or_more``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tender_eval.model.explanation.figure import Figure
from tender_eval.model.explanation.formulas import Formula, Line, Worked, notation
from tender_eval.model.location import NOWHERE, Location

SHARED_OUT = notation("stated x price_alone / prices_alone")
TAKEN_OFF = notation("stated x (1 - discount)")
TAKEN_OFF_ALL = notation("stated x (1 - discount / prices_alone)")

_REDUCED = ("price", "prices", "rates", "totals")
"""The kinds of figures that a discount is taken off."""
_ADDED = ("price", "prices")
"""The kinds of figures that come to the price of a lot, so that those of several lots come to one."""

Prices = Mapping[str, Figure]
"""The prices of one lot by dotted name."""


@dataclass(frozen=True, slots=True, repr=False)
class Package:
    """Prices of a bid for several lots together, which it is awarded together or not at all.

    ``figures`` are what it states of each of its lots, by lot; ``in_one`` what it states once, for all of them.
    """

    lots: tuple[str, ...]
    figures: Mapping[str, Prices] = field(default_factory=dict)
    in_one: Prices = field(default_factory=dict)
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def at_least(self) -> int:
        """How many of its lots the bid is awarded with it: all."""
        return len(self.lots)

    def prices(self, alone: Mapping[str, Prices]) -> dict[str, dict[str, Figure]]:
        """The prices of each lot; one price for all is shared out as the prices for each lot ``alone`` are."""
        found = {lot: dict(self.figures.get(lot, {})) for lot in self.lots}
        for name, figure in self.in_one.items():
            own = {lot: _value(alone.get(lot, {}).get(name)) for lot in self.lots}
            together = sum(own.values(), Fraction(0))
            for lot, of_lot in own.items():
                share, of = (of_lot, together) if together else (Fraction(1), Fraction(len(own)))
                found[lot][name] = _worked(figure, SHARED_OUT, share, of, times=share / of)
        return found


@dataclass(frozen=True, slots=True, repr=False)
class Discount:
    """What a bid takes off its prices for these lots where it is awarded at least so many of them.

    Either the share ``off`` of each, or ``sum_off`` of all of them together, where all are awarded.
    """

    lots: tuple[str, ...]
    at_least: int
    off: Figure | None = None
    sum_off: Figure | None = None
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def stated(self) -> Prices:
        """What it takes off."""
        off = self.off if self.off is not None else self.sum_off
        return {} if off is None else {"discount": off}

    def prices(self, alone: Mapping[str, Prices]) -> dict[str, dict[str, Figure]]:
        """The prices of each lot, less what is taken off those for each lot ``alone``."""
        own = {lot: alone.get(lot, {}) for lot in self.lots}
        if self.off is not None:
            off = _value(self.off)
            how, numbers, times = TAKEN_OFF, [off], 1 - off
        else:
            off, together = _value(self.sum_off), sum(map(amounts, own.values()), Fraction(0))
            how, numbers, times = TAKEN_OFF_ALL, [off, together], 1 - (off / together if together else Fraction(0))
        return {
            lot: {n: _worked(f, how, *numbers, times=times) if _kind(n) in _REDUCED else f for n, f in prices.items()}
            for lot, prices in own.items()
        }


def name_of(bid: str, offer: Package | Discount, of_bid: Collection[str]) -> str:
    """How an offer is called; ``of_bid`` are the lots of the bid.

    >>> n, s, e = "north", "south", "east"
    >>> name_of("a", Package((n, e)), (n, s, e)), name_of("a", Discount((n, s, e), 2), (n, s, e))
    ('a+north+east', 'a+2_or_more')
    >>> name_of("a", Discount((n, s, e), 2), (n, s, e, "west"))
    'a+2_or_more+north+south+east'
    """
    if offer.at_least == len(offer.lots):
        return "+".join((bid, *offer.lots))
    some = () if frozenset(offer.lots) == frozenset(of_bid) else offer.lots
    return "+".join((bid, f"{offer.at_least}_or_more", *some))


def is_of_several_lots(name: str) -> bool:
    """Whether a price of this dotted name can be one for several lots, and be shared out over them.

    >>> is_of_several_lots("prices.annual"), is_of_several_lots("rates.hour")
    (True, False)
    """
    return _kind(name) in _ADDED


def amounts(prices: Prices) -> Fraction:
    """What the prices of a lot come to as they are stated, before years and rates."""
    return sum((_value(figure) for name, figure in prices.items() if is_of_several_lots(name)), Fraction(0))


def _worked(stated: Figure, formula: Formula, *numbers: Fraction, times: Fraction) -> Figure:
    line = Line(formula, (stated.value, *numbers))
    return replace(stated, value=_value(stated) * times, how=Worked((line,)))


def _value(figure: Figure | None) -> Fraction:
    return figure.value if figure is not None and isinstance(figure.value, Fraction) else Fraction(0)


def _kind(name: str) -> str:
    return name.partition(".")[0]
