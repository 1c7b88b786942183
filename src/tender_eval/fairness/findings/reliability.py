"""How reliably a panel marked, as frozen records. What too little is known of is said, with why, and not worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Literal


class TooLittle(Enum):
    """Why a figure is not worked out."""

    ONE_PERSON = "one person"  # fewer than two people marked
    FEW_PEOPLE = "few people"
    FEW_BIDS = "few bids"  # that two people or more marked
    FEW_ALL_MARKED = "few all marked"  # bids that everybody marked
    FEW_IN_COMMON = "few in common"  # marks beside those of others
    APART = "apart"  # people who marked no bid in common, nor with the same others
    ALL_EQUAL = "all equal"  # marks that do not differ say nothing
    ALL_AGREE = "all agree"  # no disagreement from which to say how far a figure may be off
    OFTEN_UNDEFINED = "often undefined"  # too many draws in which marks do not differ
    SEVERAL_SCALES = "several scales"
    NOT_SCORED = "not scored"  # the engine cannot score these marks, or ranks nobody


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure would lie in 95 of 100 such cases, and how that was found.

    Attributes:
        by: percentiles as whole bids are drawn with replacement; the F distribution (McGraw and Wong 1996); or the t
            distribution, from the spread of the residuals.
        draws: of bids that gave a figure; none for the others.
    """

    low: float
    high: float
    by: Literal["bootstrap", "F", "t"]
    draws: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, and its interval or why it has none."""

    value: float
    interval: Interval | TooLittle


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree at one criterion, or over all of them.

    Attributes:
        criterion: its id; empty over all.
        people, bids, marks: who gave marks beside those of others, to how many bids, and how many marks.
        nominal, ordinal, interval: Krippendorff's alpha, by what counts as a difference.
        single, average: ICC(2,1) and ICC(2,k) of Shrout and Fleiss: the reliability of one person's mark, and of the
            mean of as many people.
        concordance: Kendall's W with ties.
    """

    criterion: str
    title: str
    people: int
    bids: int
    marks: int
    nominal: Estimate | TooLittle
    ordinal: Estimate | TooLittle
    interval: Estimate | TooLittle
    single: Estimate | TooLittle
    average: Estimate | TooLittle
    concordance: Estimate | TooLittle


@dataclass(frozen=True, slots=True)
class Severity:
    """By how much somebody marks higher (or lower, below zero) than the others do the same bids.

    Attributes:
        marks: that they gave beside those of others.
        found: in shares of the highest mark, as they stand.
        shrunk: the same, drawn to nothing by as much of it as chance would explain.
    """

    person: str
    marks: int
    found: Estimate
    shrunk: float


@dataclass(frozen=True, slots=True)
class AgainstMean:
    """The marks that count beside the mean of the individual ones, at a criterion; empty over all."""

    criterion: str
    title: str
    marks: int
    higher: int
    lower: int
    outside: int  # of the range of the individual marks
    gap: Fraction  # mean of the mark that counts less the mean of the individual ones, in shares of the highest mark
    furthest: tuple[str, str, Fraction, Fraction]  # bid, criterion, the mark that counts, mean of the individual ones


@dataclass(frozen=True, slots=True)
class OtherPanels:
    """Who would win by the marks of other panels as reliable as this one.

    Attributes:
        draws: of panels.
        other: the share of them in which others are awarded than now.
        wins: the share of them that each bid wins.
        error: the standard error of ``other``, from the number of draws alone.
        several: marks that two people or more gave.
        fewer: marks that one gave or none is known to have given, taken to be as reliable as the others.
        agreed: whether marks are agreed, and so taken to vary between panels as their mean does.
    """

    draws: int
    other: float
    wins: Mapping[str, float]
    error: float
    several: int
    fewer: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """Everything that individual marks say of how reliably a tender or lot was marked.

    Attributes:
        by_criterion: in the order of the scheme.
        against_mean: of agreed marks; nothing where marks are computed.
        highest: the highest mark, where all criteria have the same.
        resting: by person, how many marks that count lie within what all gave, and outside of what the others did.
        panels: None where no award may be told yet.
    """

    overall: Agreement
    by_criterion: tuple[Agreement, ...]
    severity: tuple[Severity, ...] | TooLittle
    against_mean: tuple[AgainstMean, ...]
    resting: Mapping[str, int]
    highest: Fraction | None
    panels: OtherPanels | TooLittle | None
