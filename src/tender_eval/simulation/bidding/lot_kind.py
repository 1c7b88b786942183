"""Lots that are alike, and how bids for them score beside the bids that are expected of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tender_eval.model.numeric import Array
from tender_eval.simulation.bidding.pricing import Grid


class Reference(NamedTuple):
    """What a bidder expects of the others where the scheme compares bids: the lowest, mean and highest price, and
    the quality and the row (kind and facts) that are typical."""

    prices: tuple[float, float, float]
    quality: float
    row: int


class Scores(NamedTuple):
    """How bids score. Most scales have few marks, so many qualities and outcomes of marking come to the same ones.

    Attributes:
        marked: the marks that a bid gets, by number: ``(groups, qualities, outcomes)``, where ``outcomes`` of the
            evaluators' marking are equally likely.
        of: scores, higher is better and ``-inf`` where rejected: from prices ``(prices,)`` and the reference bids to
            ``(marks, prices)``.
    """

    marked: Array
    of: Callable[[Array, Reference], Array]


class LotKind(NamedTuple):
    """Lots that are alike: where they stand, and how bids for them score."""

    lots: Array  # indices
    quality: Grid
    scores: Scores
