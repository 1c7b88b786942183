"""The rule that divides quality by price, with the quality that every bid must have."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic import Field

from tender_eval import AwardRule, QualityParams, Reads, Steps, Tally
from tender_eval.files.fields import Positive
from tender_eval.model import numeric
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e


class BaseQualityParams(QualityParams):
    """The points that meeting the requirements is worth."""

    base: Positive = Field(
        description="the points of a bid that meets the requirements and offers no more: 100 in Japan"
    )


class BaseQualityPerPrice(AwardRule):
    """The points for meeting the requirements and those earned beyond them, over the price; the highest wins.

    (base + quality points) / price. Source: Japan's comprehensive evaluation by division (standard points and added
    points over the bid price); the Netherlands, EMVI-Superformule of the Belastingdienst (PIANOo, document 9550),
    which finds that quality over price without the quality of the requirements is no ratio of quality and price.
    Also recorded: the price at which each bid would be level with the best, (base + quality points) / best figure.
    Each bid's figure is its own. A price of zero or below is an error.
    """

    name = "base_quality_per_price"
    figure = "base and quality points per price"
    best = "highest"
    examples = ({"base": 100}, {"base": 60, "quality": ["quality"]})
    Params = BaseQualityParams

    def reads(self, params: BaseQualityParams) -> tuple[Reads, ...]:
        return (Reads(params.price, "lower", above=Fraction(0), kind="money"),)

    def rank_by(self, tally: Tally, params: BaseQualityParams, steps: Steps) -> Array:
        price, points = tally.column(params.price), tally.points(params.quality)
        found = numeric.divide(params.base + points, price)
        if steps.kept:
            best = numeric.highest(found, tally.present)
            level = (params.base + points) / best
            steps.working(
                "level with the best at = (base + quality) / best",
                base=params.base, quality=points, best=best, **{"level with the best at": level},
            )  # fmt: skip
        steps.working("(base + quality) / price", base=params.base, quality=points, price=price)
        return found

    def expression(self, params: BaseQualityParams) -> e.Node:
        return (e.parameter("base", params.base) + e.points(*params.quality)) / e.figure(params.price)

    def weights(self, params: Any) -> None:
        return None
