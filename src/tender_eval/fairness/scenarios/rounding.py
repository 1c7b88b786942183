"""What a scheme rounds on the way from scores to figures, and where it steps as a weight or a price moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from math import ceil
from typing import NamedTuple

from tender_eval.fairness.scenarios.scenario import Scenario


class RoundedStage(NamedTuple):
    """Numbers that are rounded: ``unrounded`` gives them as they are before that, at a value, in the same order.

    They step at the whole multiples of ``increment``, or half way between where ``half_way``.
    """

    unrounded: Callable[[Fraction], Sequence[Fraction] | None]
    increment: Fraction
    half_way: bool

    def boundary_between(self, one: Fraction, other: Fraction) -> Fraction | None:
        """The lowest number between two at which what is rounded steps, or None."""
        low, high = sorted((one, other))
        shift = Fraction(self.half_way, 2)
        found = (ceil(low / self.increment - shift) + shift) * self.increment
        return found if found <= high else None


def rounded_stages(
    scenario: Scenario, unrounded: Callable[[str, Fraction], Sequence[Fraction] | None], except_stage: str = ""
) -> tuple[RoundedStage, ...]:
    """What the scheme rounds between scores and figures, but at one stage, to be found stepping."""
    rounding = scenario.plan.scheme.rounding
    if rounding is None or rounding.digits:  # to digits of the best figure: no one increment holds on the way
        return ()
    stages = [
        stage for stage in ("score", "criterion", "group", "total") if stage in rounding.at and stage != except_stage
    ]
    step, halves = Fraction(1, 10**rounding.places), rounding.mode.startswith("half")
    return tuple(RoundedStage(partial(unrounded, stage), step, halves) for stage in stages)
