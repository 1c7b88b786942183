"""What a scheme rounds on the way from scores to figures, and where it steps as a weight or a price moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from math import ceil
from typing import NamedTuple

from tender_eval.fairness.scenarios.scenario import Trial


class Rounded(NamedTuple):
    """Numbers that are rounded: ``before`` gives them as they are before that, at a value, in the same order.

    They step at the whole multiples of ``step``, or half way between where ``halves``.
    """

    before: Callable[[Fraction], Sequence[Fraction] | None]
    step: Fraction
    halves: bool

    def steps_between(self, one: Fraction, other: Fraction) -> Fraction | None:
        """The lowest number between two at which what is rounded steps, or None."""
        low, high = sorted((one, other))
        shift = Fraction(self.halves, 2)
        found = (ceil(low / self.step - shift) + shift) * self.step
        return found if found <= high else None


def steps_of(
    trial: Trial, before: Callable[[str, Fraction], Sequence[Fraction] | None], but: str = ""
) -> tuple[Rounded, ...]:
    """What the scheme rounds between scores and figures, but at one stage, to be found stepping."""
    rounding = trial.plan.scheme.rounding
    if rounding is None:
        return ()
    stages = [stage for stage in ("score", "criterion", "group", "total") if stage in rounding.at and stage != but]
    step, halves = Fraction(1, 10**rounding.places), rounding.mode.startswith("half")
    return tuple(Rounded(partial(before, stage), step, halves) for stage in stages)
