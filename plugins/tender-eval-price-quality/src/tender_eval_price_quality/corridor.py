"""The rules that let only bids near the best ratio of quality to price stay, and rank these by one of the two."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from pydantic import Field, field_validator

from tender_eval import AwardRule, QualityParams, Reads, Steps, Tally
from tender_eval.files.fields import Share, fault
from tender_eval.model import numeric
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins import expression as e

WIDEST = Fraction(1, 10)


class CorridorParams(QualityParams):
    """How wide the corridor is."""

    width: Share = Field(description="how far a bid's ratio may be below the best one, at most 10%")

    @field_validator("width")
    @classmethod
    def _narrow(cls, width: Fraction) -> Fraction:
        if not 0 < width <= WIDEST:
            raise fault("TE015", "the corridor is wider than 10%, or has no width", "state 1% to 10%")
        return width


class _Corridor(AwardRule):
    """Bids within the corridor below the best ratio of quality points to price."""

    examples = ({"width": "10%"}, {"width": "5%", "quality": ["quality"]})
    Params = CorridorParams

    def reads(self, params: CorridorParams) -> tuple[Reads, ...]:
        return (Reads(params.price, "lower", above=Fraction(0), kind="money"),)

    def reject(self, tally: Tally, params: CorridorParams, steps: Steps) -> Mapping[str, Mask]:
        ratio = numeric.divide(tally.points(params.quality), tally.column(params.price))
        edge = numeric.highest(ratio, tally.present) * (1 - params.width)
        return {
            "its ratio of quality to price is below the corridor": np.asarray(numeric.less(ratio, edge), dtype=np.bool_)
        }

    def accepts(self, params: CorridorParams) -> e.Comparison:
        ratio = e.points(*params.quality) / e.figure(params.price)
        return e.compare(ratio, ">=", e.highest(ratio) * (1 - e.parameter("width", params.width)))

    def weights(self, params: Any) -> None:
        return None

    def worth_of_quality(self, params: Any) -> None:
        return None

    def relative(self, params: Any) -> bool:
        return True


class CorridorByQuality(_Corridor):
    """Of the bids whose quality over price is near the best such ratio, the one with the highest quality.

    A bid stays whose quality points / price is at least (1 - width) of the best; those that stay are ranked by
    quality points, the highest first. Source: Germany, UfAB, extended reference value (Erweiterte
    Richtwertmethode), width at most 10%, decided by performance; it is not a weight of quality (Ferber in
    Mueller-Wrede, VgV/UVgO, s.58 no. 32). A bid that leaves can move the corridor. A price of zero or below is an
    error.
    """

    name = "corridor_by_quality"
    figure = "quality points within the corridor"
    best = "highest"

    def rank_by(self, tally: Tally, params: CorridorParams, steps: Steps) -> Array:
        points = tally.points(params.quality)
        steps.working("quality", quality=points)
        return points

    def expression(self, params: CorridorParams) -> e.Node:
        return e.points(*params.quality)


class CorridorByPrice(_Corridor):
    """Of the bids whose quality over price is near the best such ratio, the one with the lowest price.

    A bid stays whose quality points / price is at least (1 - width) of the best; those that stay are ranked by
    price, the lowest first. Source: Germany, UfAB, extended reference value (Erweiterte Richtwertmethode), width at
    most 10%, decided by price. A bid that leaves can move the corridor. A price of zero or below is an error.
    """

    name = "corridor_by_price"
    figure = "price within the corridor"
    best = "lowest"

    def rank_by(self, tally: Tally, params: CorridorParams, steps: Steps) -> Array:
        price = tally.column(params.price)
        steps.working("price", price=price)
        return price

    def expression(self, params: CorridorParams) -> e.Node:
        return e.figure(params.price)
