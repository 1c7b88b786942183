"""What the expressions of several rules have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tender_eval.model.explanation.terms import Title
from tender_eval.plugins.rule import QualityParams, Weights

if TYPE_CHECKING:
    from fractions import Fraction

    from tender_eval.plugins.expression.tree import Node


def quality_points(params: QualityParams) -> Node:
    """The points of the quality criteria together."""
    from tender_eval.plugins import expression as e

    return e.named(Title.QUALITY_POINTS, e.points(*params.quality))


def stated_weights(params: QualityParams, quality: Fraction | None, price: Fraction | None) -> Weights:
    """The weights of quality and price: as given, or the scheme's own and the weight of the rest."""
    from tender_eval.plugins import expression as e

    own = e.available(*params.quality)
    return Weights(
        e.named(Title.QUALITY_WEIGHT, own) if quality is None else e.parameter("quality_weight", quality),
        e.named(Title.WEIGHT_OF_THE_REST, e.available() - own) if price is None else e.parameter("price_weight", price),
    )
