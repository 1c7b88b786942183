"""What a scheme takes of offers for several lots together."""

from __future__ import annotations

from typing import NamedTuple


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
    def any(self) -> bool:
        """Whether they may offer anything for several lots together."""
        return bool(self.packages or self.discounts)


NO_OFFERS = OffersTaken()
