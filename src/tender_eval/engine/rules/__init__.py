"""The built-in award rules, one file a family, registered through the same hook as those of others."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.plugins.catalogue import references
from tender_eval.plugins.spec import hookimpl

_HOMES = {
    "one_sided": ("HighestScore", "LowestPrice", "HighestQualityWithinBudget"),
    "cost_quality": ("LowestCostPerQualityPoint", "HighestQualityPerPrice", "WeightedValueIndex"),
    "quality_as_money": ("LowestPriceLessQualityPremium", "LowestPriceLessQualityValue"),
    "utility": ("UtilityIndex",),
    "grants": ("GrantsWithinPot",),
}


@hookimpl
def tender_eval_rules() -> Mapping[str, str]:
    """Every built-in award rule by name; a scheme loads only the one that it uses."""
    return references(__name__, _HOMES)
