"""The scorer of the core metrics that bidders commit to report."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal, get_args

from pydantic import Field, field_validator

from tender_eval import BidTable, Reads, Scorer, ScorerParams, Steps, Trait
from tender_eval.files.fields import fault
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e

Metric = Literal[
    "age", "gender_identity", "sexual_orientation", "ethnicity", "disability", "waiting_list", "waiting_time",
    "new_referrals", "engaged", "referred_on", "reported_to_police", "departed",
]  # fmt: skip
"""The core metrics of the Victims Funding Strategy: five of demographics, seven of referrals."""


class MetricsParams(ScorerParams):
    """The metrics that are asked for."""

    metrics: tuple[Metric, ...] = Field(
        get_args(Metric),
        description="the metrics that are asked for; by default all twelve, of which each counts alike",
    )

    @field_validator("metrics")
    @classmethod
    def _some(cls, metrics: tuple[Metric, ...]) -> tuple[Metric, ...]:
        if not metrics:
            raise fault("TE018", "no metric is listed", "list at least one, or leave metrics out for all")
        if twice := next((name for name in metrics if metrics.count(name) > 1), None):
            raise fault("TE028", f"{twice} is named twice", "name each metric once")
        return metrics


class VfsMetrics(Scorer):
    """The share of the core metrics that a bidder commits to report, in the categories that are defined for them.

    Source: Ministry of Justice, Victim Services Commissioning Guidance (October 2024), Annex B: the core metrics of
    the Victims Funding Strategy (May 2022), and 2.4a, which encourages commissioners to use them for reporting.
    Where a metric is not to be asked (a service without a waiting list), leave it out. That each counts alike is
    this scorer's own.

    Reads declarations.METRIC, such as declarations.waiting_time, true where the bidder commits to it; silence is no
    commitment. Each bid is scored alone, so a single bid and equal bids are no special case. Never below zero.
    """

    name = "vfs_metrics"
    traits = frozenset({Trait.INDEPENDENT, Trait.MONOTONE})
    examples = ({}, {"metrics": ["new_referrals", "engaged", "departed"]})
    Params = MetricsParams

    def reads(self, params: MetricsParams) -> tuple[Reads, ...]:
        marks = (Fraction(0), Fraction(1))
        return tuple(Reads(c, "higher", one_of=marks, default=marks[0]) for c in _columns(params))

    def score(self, bids: BidTable, params: MetricsParams, steps: Steps) -> Array:
        told: dict[str, Any] = {column: bids.column(column) for column in _columns(params)}
        steps.working(f"({' + '.join(told)}) / metrics", metrics=len(told), **told)
        found: Array = sum(told.values()) / len(told)
        return found

    def expression(self, params: MetricsParams) -> e.Node:
        return e.total(map(e.figure, _columns(params))) / len(params.metrics)


def _columns(params: MetricsParams) -> list[str]:
    return [f"declarations.{metric}" for metric in params.metrics]
