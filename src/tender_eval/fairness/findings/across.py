"""What was found of the award across the lots of a tender, as frozen records; those of single lots are `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tender_eval.fairness.findings.results import GroupImpact, Order

Award = Mapping[str, Order]
"""By lot, who is awarded it; nobody where it is open or nobody stands for it."""

Kind = Literal["mark", "price", "weight", "removed"]
"""What is changed."""


@dataclass(frozen=True, slots=True)
class AwardChange:
    """One thing changed, and the lots that then go to others; evaluated and awarded in exact arithmetic.

    A mark that is given once for all lots changes in all of them, and a weight and a bid that goes do too: ``lot`` is
    then empty. ``was`` and ``to`` are the mark, the price or the points before and after. Of prices and weights
    ``to`` is the nearest at which the award was seen to change, the award at it and beyond it being ``award``.
    """

    kind: Kind
    lot: str
    bid: str  # empty for a weight
    criterion: str  # empty for a price and a bid that goes
    was: Fraction | None
    to: Fraction | None
    award: Award  # of the lots that change alone


@dataclass(frozen=True, slots=True)
class AwardShares:
    """By lot, in what share of draws each bid is awarded it; and how often no lot changes hands."""

    draws: int
    awarded: Mapping[str, Mapping[str, float]]
    same: float
    standard_error: float  # the largest of any share


@dataclass(frozen=True, slots=True)
class AcrossFindings:
    """The award as the scheme makes it over all lots, and all that was found to move it.

    Where nothing ties the lots together (``independent``), each lot's own findings say what moves it.
    """

    award: Award
    first: Award  # who comes first in each lot by itself
    undecided: tuple[str, ...]
    independent: bool
    changes: tuple[AwardChange, ...] = ()
    near: AwardShares | None = None  # over weights around the published ones
    whole: AwardShares | None = None  # over weights of any kind, or within the bands given
    marks: AwardShares | None = None  # over marks drawn anew
    groups: tuple[GroupImpact, ...] = ()
    sought: tuple[Kind, ...] = ()  # the kinds of changes that were looked for
