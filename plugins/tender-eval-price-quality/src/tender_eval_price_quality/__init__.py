"""Published formulas of price and quality for tender-eval, as scorers of prices and as award rules."""

from __future__ import annotations

from tender_eval import AwardRule, Scorer, hookimpl
from tender_eval_price_quality.bilinear import BilinearDiscount
from tender_eval_price_quality.ceiling import KinkedDiscount, PowerBelowCeiling
from tender_eval_price_quality.discounts import DiscountAboveBase, PowerOfDiscount
from tender_eval_price_quality.mean import NearestToMean
from tender_eval_price_quality.per_price import BaseQualityPerPrice
from tender_eval_price_quality.reference import ReferenceValue, ValueOverMean, ValueOverMedian

SCORERS = (PowerOfDiscount, DiscountAboveBase, BilinearDiscount, PowerBelowCeiling, KinkedDiscount, NearestToMean)
RULES = (ValueOverMedian, ValueOverMean, ReferenceValue, BaseQualityPerPrice)


@hookimpl
def tender_eval_scorers() -> tuple[type[Scorer], ...]:
    """The scorers that this plugin brings."""
    return SCORERS


@hookimpl
def tender_eval_rules() -> tuple[type[AwardRule], ...]:
    """The award rules that this plugin brings."""
    return RULES
