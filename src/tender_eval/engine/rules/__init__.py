"""The built-in award rules, registered through the same hook as those of others."""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.engine.rules.cost_quality import (
    HighestQualityPerPrice,
    LowestCostPerQualityPoint,
    WeightedValueIndex,
)
from tender_eval.engine.rules.grants import GrantsWithinPot
from tender_eval.engine.rules.one_sided import HighestQualityWithinBudget, HighestScore, LowestPrice
from tender_eval.engine.rules.quality_as_money import (
    LowestPriceLessQualityPremium,
    LowestPriceLessQualityValue,
)
from tender_eval.engine.rules.utility import UtilityIndex
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.spec import hookimpl


@hookimpl
def tender_eval_rules() -> Iterable[type[AwardRule]]:
    """The built-in award rules."""
    return (
        HighestScore,
        LowestCostPerQualityPoint,
        HighestQualityPerPrice,
        WeightedValueIndex,
        LowestPrice,
        HighestQualityWithinBudget,
        LowestPriceLessQualityPremium,
        LowestPriceLessQualityValue,
        UtilityIndex,
        GrantsWithinPot,
    )
