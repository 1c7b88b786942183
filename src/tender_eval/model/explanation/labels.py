"""What the figure of a step is called, as data; `tender_eval.languages.steps` puts it in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tender_eval.model.explanation.formulas import Column, Name, OwnWords


class CommonFigure(Enum):
    """A figure that every evaluation may have."""

    AGREED_BY = "agreed by"
    AGREED_ON = "agreed on"
    AWARD = "award"
    CAPACITY = "capacity"
    FULL_COST = "full cost"
    LIMIT = "limit"
    NOT_RANKED = "not ranked"
    PRICE_ASKED = "price asked"
    REASON = "reason"
    SCORE = "score"
    SHARE_OF_DELIVERY = "share of delivery"
    SHARE_OF_FULL_MARKS = "share of full marks"
    SUPPLIER = "supplier"
    UNADJUSTED_PRICE = "unadjusted price"


class Unit(Enum):
    """What a figure is counted in."""

    POINTS = "points"
    MONEY = "money"
    OTHER = "other"


class RankingFigure(Enum):
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

    @property
    def unit(self) -> Unit:
        """What it is counted in."""
        if self in _POINTS:
            return Unit.POINTS
        return Unit.MONEY if self in _MONEY else Unit.OTHER


_POINTS = frozenset((RankingFigure.POINTS, RankingFigure.QUALITY_POINTS))
_MONEY = frozenset((
    RankingFigure.COST_PER_QUALITY_POINT, RankingFigure.PRICE, RankingFigure.PRICE_LESS_QUALITY_PREMIUM,
    RankingFigure.PRICE_LESS_QUALITY_VALUE,
))  # fmt: skip

RankedFigure = RankingFigure | OwnWords
"""What an award rule ranks bids by: one of the known figures, or what a plugin calls its own."""


def ranked_figure(stated: RankingFigure | str) -> RankedFigure:
    """What a rule ranks by, as it states it; text that is what a known figure is called is that figure."""
    if isinstance(stated, RankingFigure):
        return stated
    known = {figure.value: figure for figure in RankingFigure}
    return known.get(stated) or OwnWords(stated)


def called(figure: RankedFigure) -> str:
    """What a figure is called in diagnostics, which are in English at their place."""
    return figure.text if isinstance(figure, OwnWords) else figure.value


def unit_of(figure: RankedFigure) -> Unit:
    """What a figure is counted in; of one in a plugin's own words nothing is known."""
    return figure.unit if isinstance(figure, RankingFigure) else Unit.OTHER


@dataclass(frozen=True, slots=True)
class RankedBy:
    """The figure that bids are ranked by."""

    figure: RankedFigure


@dataclass(frozen=True, slots=True)
class RankOf:
    """The rank of a bid."""

    bid: str


@dataclass(frozen=True, slots=True)
class ConditionOf:
    """Whether a condition is met."""

    id: str


@dataclass(frozen=True, slots=True)
class AdjustmentOf:
    """What an adjustment of the price changes."""

    id: str


@dataclass(frozen=True, slots=True)
class FunderOf:
    """What a funder pays of the price that a bid asks for."""

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
    CommonFigure | Column | OwnWords | RankedBy | RankOf | ConditionOf | AdjustmentOf | FunderOf | Member | MarkOf
    | NotScoredAt | FigureOfBid | ShownOnly
)  # fmt: skip
"""What the figure of a step is called: a criterion by its title, as the scheme's own words."""
