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


Scores = Callable[[Array, Reference], Array]
"""Scores of bids, higher is better and ``-inf`` where rejected: from prices ``(prices,)`` and the reference bids to
``(groups, qualities, marks, prices)``, where ``marks`` are equally likely outcomes of the evaluators' marking."""


class LotKind(NamedTuple):
    """Lots that are alike: where they stand, and how bids for them score."""

    lots: Array  # indices
    quality: Grid
    scores: Scores
