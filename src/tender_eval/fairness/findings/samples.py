"""The samples that findings rest on: which bids, and how many draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Spread = Literal["own", "own or pooled", "assumed"]
"""How marks are drawn anew: from evaluators' own marks of a bid; where there are not two of them, from the differences
that evaluators had anywhere in the tender; or, where no evaluator's marks are given, by assumption."""


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
    draws: int = 1  # of the marks
    spread: Spread = "assumed"
    unknown: int = 0
