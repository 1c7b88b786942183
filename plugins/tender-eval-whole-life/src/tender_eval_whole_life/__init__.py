"""A plugin for tender-eval that brings the scorer ``whole_life_cost``."""

from __future__ import annotations

from tender_eval import Scorer, hookimpl
from tender_eval_whole_life.scorer import WholeLifeCost


@hookimpl
def tender_eval_scorers() -> tuple[type[Scorer], ...]:
    """The scorers that this plugin brings."""
    return (WholeLifeCost,)
