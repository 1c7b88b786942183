"""The built-in scorers, one file a family, registered through the same hook as those of third parties."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.plugins.catalogue import references
from tender_eval.plugins.spec import hookimpl

_HOMES = {
    "mark": ("Mark", "PassFail"),
    "ratio": ("RatioToLowest", "RatioToHighest"),
    "linear": ("LinearAboveLowest", "LinearBetweenBids"),
    "bands": ("FixedBand", "Piecewise"),
    "ceiling": ("DiscountFromCeiling",),
    "deviation": ("MeanDeviation", "StandardDeviation"),
    "logarithmic": ("LogRatio",),
    "formula": ("Formula",),
    "social_value": ("SocialValueCommitments",),
    "local_specialist": ("LocalSpecialist",),
    "consortium": ("Consortium",),
    "network_strength": ("NetworkStrength",),
    "risk": ("RiskAdjusted",),
}


@hookimpl
def tender_eval_scorers() -> Mapping[str, str]:
    """Every built-in scorer by name; a scheme loads only those that it uses."""
    return references(__name__, _HOMES)
