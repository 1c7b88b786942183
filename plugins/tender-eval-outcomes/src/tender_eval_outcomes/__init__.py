"""Outcomes and metrics of the Victims Funding Strategy, for tender-eval."""

from __future__ import annotations

from tender_eval import Scorer, hookimpl
from tender_eval_outcomes.metrics import VfsMetrics
from tender_eval_outcomes.outcomes import VfsOutcomes

SCORERS = (VfsOutcomes, VfsMetrics)


@hookimpl
def tender_eval_scorers() -> tuple[type[Scorer], ...]:
    """The scorers that this plugin brings."""
    return SCORERS
