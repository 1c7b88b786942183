"""Prozorro's weighted value for tender-eval, as the award rule and the scorer ``prozorro_weighted_value``."""

from __future__ import annotations

from tender_eval import AwardRule, Scorer, hookimpl
from tender_eval_prozorro.rule import ProzorroRule
from tender_eval_prozorro.scorer import ProzorroScorer


@hookimpl
def tender_eval_scorers() -> tuple[type[Scorer], ...]:
    """The scorers that this plugin brings."""
    return (ProzorroScorer,)


@hookimpl
def tender_eval_rules() -> tuple[type[AwardRule], ...]:
    """The award rules that this plugin brings."""
    return (ProzorroRule,)
