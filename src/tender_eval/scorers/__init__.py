"""The built-in scorers, one file a family, registered through the same hook as those of third parties."""

from __future__ import annotations

from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.spec import hookimpl


@hookimpl
def tender_eval_scorers() -> tuple[type[Scorer], ...]:
    """Every built-in scorer; their modules are loaded when they are asked for."""
    from tender_eval.scorers.bands import FixedBand, Piecewise
    from tender_eval.scorers.ceiling import DiscountFromCeiling
    from tender_eval.scorers.consortium import Consortium
    from tender_eval.scorers.deviation import MeanDeviation, StandardDeviation
    from tender_eval.scorers.formula import Formula
    from tender_eval.scorers.linear import LinearAboveLowest, LinearBetweenBids
    from tender_eval.scorers.local_specialist import LocalSpecialist
    from tender_eval.scorers.logarithmic import LogRatio
    from tender_eval.scorers.mark import Mark, PassFail
    from tender_eval.scorers.network_strength import NetworkStrength
    from tender_eval.scorers.ratio import RatioToHighest, RatioToLowest
    from tender_eval.scorers.risk import RiskAdjusted
    from tender_eval.scorers.social_value import SocialValueCommitments

    return (
        Mark,
        PassFail,
        RatioToLowest,
        RatioToHighest,
        LinearAboveLowest,
        LinearBetweenBids,
        FixedBand,
        Piecewise,
        DiscountFromCeiling,
        MeanDeviation,
        StandardDeviation,
        LogRatio,
        Formula,
        Consortium,
        LocalSpecialist,
        NetworkStrength,
        SocialValueCommitments,
        RiskAdjusted,
    )
