"""How far a case, or a lot of it, has come."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """The phases in their order. A case of one envelope has no ``prices_open``."""

    PUBLISHED = "published"
    RECEIVED = "received"
    MARKING = "marking"
    MARKS_LOCKED = "marks_locked"
    PRICES_OPEN = "prices_open"
    SET_ASIDE = "set_aside"
    UNDECIDED = "undecided"
    EVALUATED = "evaluated"
    DECIDED = "decided"
    CLOSED = "closed"

    @property
    def evaluated(self) -> bool:
        """Whether there is a result across quality and price that may be told."""
        return self in (Phase.UNDECIDED, Phase.EVALUATED, Phase.DECIDED, Phase.CLOSED)

    @property
    def decided(self) -> bool:
        """Whether the award is decided."""
        return self in (Phase.DECIDED, Phase.CLOSED)


def least(phases: list[Phase]) -> Phase:
    """The least advanced, which stands for all the lots of a case.

    >>> least([Phase.DECIDED, Phase.UNDECIDED])
    <Phase.UNDECIDED: 'undecided'>
    """
    order = list(Phase)
    return min(phases, key=order.index)
