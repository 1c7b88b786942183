"""What the figure of a step is called, as data; `tender_eval.languages.steps` puts it in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from tender_eval.model.explanation.formulas import Column, Name, OwnWords


class Part(Enum):
    """A figure that every evaluation may have."""

    AGREED_BY = "agreed by"
    AGREED_ON = "agreed on"
    AWARD = "award"
    CAPACITY = "capacity"
    LIMIT = "limit"
    NOT_RANKED = "not ranked"
    REASON = "reason"
    SCORE = "score"
    SHARE_OF_DELIVERY = "share of delivery"
    SUPPLIER = "supplier"


class RankingFigure(StrEnum):
    """What the built-in award rules rank bids by; a plugin's rule names its figure in words of its own."""

    COST_PER_QUALITY_POINT = "cost per quality point"
    POINTS = "points"
    PRICE = "price"
    PRICE_LESS_QUALITY_PREMIUM = "price less quality premium"
    PRICE_LESS_QUALITY_VALUE = "price less quality value"
    QUALITY_POINTS = "quality points"
    QUALITY_POINTS_PER_PRICE = "quality points per price"
    UTILITY_INDEX = "utility index"
    WEIGHTED_VALUE_INDEX = "weighted value index"


@dataclass(frozen=True, slots=True)
class RankedBy:
    """The figure that bids are ranked by."""

    figure: RankingFigure | OwnWords


@dataclass(frozen=True, slots=True)
class RankOf:
    """The rank of a bid."""

    bid: str


@dataclass(frozen=True, slots=True)
class ConditionOf:
    """Whether a condition is met."""

    id: str


@dataclass(frozen=True, slots=True)
class Member:
    """What a member of a consortium brings."""

    name: str


@dataclass(frozen=True, slots=True)
class MarkOf:
    """The mark that one evaluator gave."""

    evaluator: str


@dataclass(frozen=True, slots=True)
class NotScoredAt:
    """A bid has no score at a criterion."""

    criterion: str


@dataclass(frozen=True, slots=True)
class FigureOfBid:
    """A figure that a formula names and that is some bid's own, such as the lowest price."""

    name: Name
    figure: Label
    bid: str


@dataclass(frozen=True, slots=True)
class ShownOnly:
    """A criterion that the award rule does not count."""

    criterion: Label


Label = (
    Part | Column | OwnWords | RankedBy | RankOf | ConditionOf | Member | MarkOf | NotScoredAt | FigureOfBid | ShownOnly
)
"""What the figure of a step is called: a criterion by its title, as the scheme's own words."""
