"""What is known of real tenders beside what the simulation makes of them, and the search that fits it to them.

The data stand in `awards` and `bids` beside this. The fit is made by ``scripts/calibrate.py``, never at
use: the search moves a few stated parameters on common random numbers until no step brings the simulation nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.prepared import PreparedDesign, prepare
from tender_eval.simulation.spec.records import Spec


@dataclass(frozen=True, slots=True)
class Target:
    """A figure of the data.

    Attributes:
        error: its standard error; None where none can be said.
        fitted: the search brings the simulation near it; else it is a check, which the search does not see.
    """

    name: str
    title: str
    value: float
    error: float | None
    fitted: bool


class Simulated(NamedTuple):
    """A figure of the simulation, with its Monte Carlo standard error."""

    value: float
    error: float


def distance(target: Target, found: Simulated) -> float | None:
    """From the data to the simulation, in standard errors of the data; None where these are not known."""
    return None if target.error is None else (found.value - target.value) / target.error


def loss(targets: Sequence[Target], found: Mapping[str, Simulated]) -> float:
    """Sum of the squared distances of the figures that are fitted."""
    apart = [distance(t, found[t.name]) for t in targets if t.fitted]
    return sum(d * d for d in apart if d is not None)


def all_prepared(spec: Spec, catalogue: Catalogue) -> list[PreparedDesign]:
    """Every design of a spec with its equilibrium solved."""
    return [prepare(d, spec.types_in(d), spec.providers, spec.area_weights, catalogue, spec.seed) for d in spec.designs]


class FittedParameter(NamedTuple):
    """A parameter that the search moves: where it begins, its steps from coarse to fine, and its range."""

    name: str
    start: float
    steps: tuple[float, ...]
    least: float
    most: float


def search(knobs: Sequence[FittedParameter], of: Callable[[Mapping[str, float]], float]) -> dict[str, float]:
    """The values at which ``of`` is least, as far as steps find it.

    Direct search (Hooke and Jeeves, Journal of the ACM 8, 1961): each parameter in turn goes a step up or down where
    that is better; what all of them did together is done once more; when none moves, all go on with their next finer
    step. Nothing in it is random, so the same calls give the same result.

    >>> x, y = FittedParameter("x", 0, (2, 0.5), -9, 9), FittedParameter("y", 0, (1,), 0, 9)
    >>> search([x, y], lambda at: (at["x"] - 3.5) ** 2 + at["y"])
    {'x': 3.5, 'y': 0}
    """
    known: dict[tuple[float, ...], float] = {}

    def asked(at: tuple[float, ...]) -> float:
        if at not in known:
            known[at] = of(dict(zip((k.name for k in knobs), at, strict=True)))
        return known[at]

    def within(at: Sequence[float]) -> tuple[float, ...]:
        return tuple(round(min(max(x, k.least), k.most), 10) for x, k in zip(at, knobs, strict=True))

    def explored(here: tuple[float, ...], fineness: int) -> tuple[float, ...]:
        for n, knob in enumerate(knobs):
            step = knob.steps[min(fineness, len(knob.steps) - 1)]
            tried = [within([*here[:n], here[n] + sign * step, *here[n + 1 :]]) for sign in (1, -1)]
            here = next((there for there in tried if asked(there) < asked(here)), here)
        return here

    here = within([k.start for k in knobs])
    for fineness in range(max(len(k.steps) for k in knobs)):
        while (there := explored(here, fineness)) != here:
            while True:
                further = explored(within([2 * b - a for a, b in zip(here, there, strict=True)]), fineness)
                here = there
                if not asked(further) < asked(there):
                    break
                there = further
    return dict(zip((k.name for k in knobs), here, strict=True))
