"""What a scheme takes of offers for several lots together."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class OffersTaken(NamedTuple):
    """What bids may offer for several lots together, and how it counts.

    Attributes:
        packages: ``by_lot`` or ``in_one`` where they may state prices that hold for several lots together or not at
            all: the price of each lot, or one price, shared out as the bid's prices for each lot alone are.
        alone: ``required`` where they must bid for each of these lots alone, too.
        discounts: ``where_awarded`` where they may take something off where several lots are awarded together.
        compare: ``all_offers`` where each offer counts at each of its lots as a bid does, wherever bids are compared.
    """

    packages: str = ""
    alone: str = ""
    discounts: str = ""
    compare: str = ""

    @property
    def taken(self) -> tuple[str, ...]:
        """What they may offer, by the keys of the scheme: ``packages``, ``discounts``, or both."""
        return tuple(key for key in ("packages", "discounts") if getattr(self, key))

    @property
    def any(self) -> bool:
        """Whether they may offer anything for several lots together."""
        return bool(self.taken)


NO_OFFERS = OffersTaken()


class TakesOffers(Protocol):
    """What a scheme says of its lots together."""

    @property
    def offers(self) -> OffersTaken:
        """What it takes."""


def taken_with(lots: TakesOffers | None) -> OffersTaken:
    """What is taken; nothing where a scheme says nothing of lots."""
    return lots.offers if lots else NO_OFFERS
