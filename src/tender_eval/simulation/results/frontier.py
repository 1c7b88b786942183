"""The designs between which a commissioner must choose: those that no other is better than beyond doubt."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from tender_eval.simulation.results.outcome import SURE, DesignOutcome, Estimate, FrontierPoint

SCALES = {"price_ratio": -1, "quality": 1, "small_win_share": 1, "cost": -1}
"""Price, quality, the share of small providers in the contracts won, and what tendering costs everyone; and whether
more of it is better."""


def frontier(designs: Sequence[DesignOutcome]) -> tuple[FrontierPoint, ...]:
    """Every design on the four scales. None is called the best: how much one scale weighs is not for a model.

    A design is dominated by another that is at least as good on every scale, and on one better by more than
    two standard errors of the difference. What chance may still have made so is left on the frontier.
    """
    placed = [(d.label, {name: _scale(d, name) for name in SCALES}) for d in designs]
    return tuple(
        FrontierPoint(label, figures, tuple(other for other, theirs in placed if _dominates(theirs, figures)))
        for label, figures in placed
    )


def _scale(design: DesignOutcome, name: str) -> Estimate:
    """A figure of a design; where it has no cost of both, that of both together, its error at most their sum."""
    if name in design.figures:
        return design[name]
    ours, theirs = design["authority_cost"], design["bidder_cost"]
    if ours.mean is None or theirs.mean is None:
        return Estimate(None, None, min(ours.n, theirs.n))
    return Estimate(ours.mean + theirs.mean, (ours.se or 0.0) + (theirs.se or 0.0), min(ours.n, theirs.n))


def _dominates(one: dict[str, Estimate], two: dict[str, Estimate]) -> bool:
    surely = False
    for name, sign in SCALES.items():
        a, b = one[name], two[name]
        if a.mean is None or b.mean is None:
            return False  # not to be compared
        better = sign * (a.mean - b.mean)
        if better < 0:
            return False
        surely |= better > SURE * hypot(a.se or 0.0, b.se or 0.0) and better > 0
    return surely
