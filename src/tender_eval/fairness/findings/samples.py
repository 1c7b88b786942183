"""The samples that findings rest on: which bids, and how many draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Spread = Literal["own", "own or pooled", "too few", "assumed"]
"""How marks are drawn anew: as other panels would give them that are as reliable as this one; the same, where bids
that fewer than two people marked are taken to be marked as reliably; or by assumption, for too few individual marks
or none."""


CONCENTRATION = 100
"""Of weights drawn around the published ones: one of 60 of 100 points has a standard deviation of 4.9 points."""


@dataclass(frozen=True, slots=True)
class SampleSize:
    """The bids that effective weights are worked out over: those that are ranked, or so many made-up tenders."""

    tenders: int = 0  # made up; none where it is the bids that are ranked
    bids: int = 0  # of each


@dataclass(frozen=True, slots=True)
class GroupSample:
    """The bids that rates of a group are taken over; ``silent`` of them do not say whether they belong to it."""

    bids: int
    tenders: int = 1  # more than one: made up
    lots: int = 0  # of a tender, where bids are counted over several of them
    unknown: int = 0
