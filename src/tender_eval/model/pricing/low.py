"""From when a price is looked into as abnormally low: tests, each against one thing, over stated bids."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.model.location import NOWHERE, Location

MEAN, MEDIAN, TRIMMED, ESTIMATE, RUNNER_UP = "mean", "median", "trimmed_mean", "estimate", "runner_up"
MIDDLES = (MEAN, MEDIAN, TRIMMED)
"""What is taken over several bids."""


@dataclass(frozen=True, slots=True, repr=False)
class Trim:
    """Which prices a trimmed mean leaves out at each end.

    Attributes:
        share: of the bids.
        rounded: ``up`` or ``down``, where the share is no whole number of bids.
        ties: ``all`` leaves out every price equal to one that is, ``none`` no more than the number.
    """

    share: Fraction
    rounded: str
    ties: str


@dataclass(frozen=True, slots=True, repr=False)
class LowPriceTest:
    """A price is flagged where it is this share or more below what it is held against.

    Attributes:
        of: ``mean``, ``median``, ``trimmed_mean``, ``estimate`` or ``runner_up``.
        estimate: an amount, or with ``estimate_of`` a share of that figure of the tender.
        itself: whether the bid's own price is in the mean, median or trimmed mean.
        over: ``ranked`` bids, or all that were ``evaluated``.
        at: whether a price exactly so far below is flagged.
        from_bids, to_bids: with how many bids the test holds.
    """

    below: Fraction
    of: str
    estimate: Fraction | None = None
    estimate_of: str = ""
    trim: Trim | None = None
    itself: bool = True
    over: str = "ranked"
    at: bool = True
    from_bids: int = 2
    to_bids: int | None = None
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def estimate_column(self) -> str:
        """The figure of the tender that an estimate is a share of, by its column; empty where it is an amount."""
        return f"tender.{self.estimate_of.removeprefix('tender.')}" if self.estimate_of else ""


@dataclass(frozen=True, slots=True, repr=False)
class AbnormallyLow:
    """When a price is flagged to be queried: where any of these tests says so."""

    tests: tuple[LowPriceTest, ...]
    where: Location = field(default=NOWHERE, compare=False, repr=False)
