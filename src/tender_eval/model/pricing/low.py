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
class Again:
    """Which prices are averaged once more, after the mean of them all.

    Attributes:
        below_mean: those below the mean: of the prices that trimming ``kept``, or of ``all``; empty where it is the
            other. As much is the mean less the mean deviation of the prices below it.
        without_above: those that are no more than this share above the mean.
        fewest: where fewer are left by that, so many of the lowest.
    """

    below_mean: str = ""
    without_above: Fraction = Fraction(0)
    fewest: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class LowPriceTest:
    """A price is flagged where it is this share or more below what it is held against.

    Attributes:
        of: ``mean``, ``median``, ``trimmed_mean``, ``estimate`` or ``runner_up``.
        estimate: an amount, or with ``estimate_of`` a share of that figure of the tender; ``estimate_tax`` is the
            tax that it holds and prices do not, which is taken out.
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
    again: Again | None = None
    estimate_tax: Fraction = Fraction(0)
    where: Location = field(default=NOWHERE, compare=False, repr=False)

    @property
    def held_against(self) -> str:
        """What prices are held against, in a word: as ``of``, or what is averaged again."""
        if self.again is None:
            return self.of
        return f"{self.of}_of_low" if self.again.below_mean else f"{self.of}_again"

    @property
    def estimate_column(self) -> str:
        """The figure of the tender that an estimate is a share of, by its column; empty where it is an amount."""
        return f"tender.{self.estimate_of.removeprefix('tender.')}" if self.estimate_of else ""


@dataclass(frozen=True, slots=True, repr=False)
class AbnormallyLow:
    """When a price is flagged to be queried: where any of these tests says so."""

    tests: tuple[LowPriceTest, ...]
    where: Location = field(default=NOWHERE, compare=False, repr=False)
