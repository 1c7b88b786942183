"""Scales of marks: which marks there are, and the share of full marks that each earns."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from tender_eval.model.location import NOWHERE, Location


@dataclass(frozen=True, slots=True, repr=False)
class ScaleStep:
    """One mark of a scale and the share of full marks it earns."""

    mark: Fraction
    score: Fraction
    title: str = ""
    descriptor: str = ""
    title_cy: str = ""
    descriptor_cy: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Scale:
    """The marks that evaluators may give, lowest first; ``listed`` is the order in which the file has them."""

    id: str
    steps: tuple[ScaleStep, ...]
    where: Location = field(default=NOWHERE, compare=False, repr=False)
    listed: tuple[Fraction, ...] = field(default=(), compare=False, repr=False)

    @property
    def marks(self) -> tuple[Fraction, ...]:
        return tuple(step.mark for step in self.steps)

    @property
    def better(self) -> Literal["higher", "lower", ""]:
        """Which end of the scale is better; empty where marks stand for shares in no order of their size."""
        if all(low.score <= high.score for low, high in pairwise(self.steps)):
            return "higher"
        return "lower" if all(low.score >= high.score for low, high in pairwise(self.steps)) else ""

    @property
    def by_worth(self) -> tuple[ScaleStep, ...]:
        """The steps, worst first."""
        if self.better == "higher":
            return self.steps
        return self.steps[::-1] if self.better == "lower" else tuple(sorted(self.steps, key=lambda s: s.score))

    def short_of(self, minimum: Fraction) -> tuple[Fraction, ...]:
        """The marks that are worse than one of the scale."""
        if self.better:
            before = [step.mark for step in self.by_worth]
            return tuple(before[: before.index(minimum)])
        least = next(step.score for step in self.steps if step.mark == minimum)
        return tuple(step.mark for step in self.steps if step.score < least)
