"""Which assumptions move the answer, and by how much.

Each is set to its low and its high, one at a time; the beliefs of bidders are solved anew, and the first and the
last design are simulated on the same random numbers as before. What is reported is the change of their paired
difference with its standard error. One at a time finds no interactions: for these, `sweep` several together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import SeedSequence
from numpy.typing import NDArray

from tender_eval.model.diagnostics import Refused
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.prepared import prepare
from tender_eval.simulation.results.outcome import (
    Effect,
    Estimate,
    Figures,
    ParameterEffect,
    ParameterValue,
    Sensitivity,
)
from tender_eval.simulation.results.tally import Moments
from tender_eval.simulation.spec.parameters import Value
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.spec.variations import Variation, variations
from tender_eval.simulation.tender import simulate

FIGURES = ("small_win_share", "small_bidders", "price_ratio", "quality")
"""The figures whose paired difference is the answer."""

DRAWS = 1024  # of a run: on common random numbers a change shows long before its two ends are known as well

SAMPLE = 20_000
"""Cells (providers x lots x tenders) on which the beliefs of a run are solved, each time."""

SOLVES = 4
"""Times that they are solved, so that the error of solving shows in that of a change."""

Values = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class RunResult:
    """Of a run: the difference of each figure in each tender, shape (draws,), and whether beliefs settled; or why the
    scheme or a mechanism refuses what was set."""

    differences: Values
    converged: bool
    refused: str = ""


@dataclass(frozen=True, slots=True)
class SensitivityRun:
    """The last design less the first, or a design that is alone by itself, with the parameters of a spec."""

    spec: Spec
    changed: ParameterValue
    draws: int = DRAWS

    @property
    def label(self) -> str:
        """What tells it from the other runs; empty for the spec as it stands."""
        return f"{self.changed.name} = {self.changed.value}" if self.changed.name else ""

    def __call__(self, catalogue: Catalogue) -> RunResult:
        spec = self.spec
        two = (spec.designs[0], spec.designs[-1])
        try:
            prepared = [
                prepare(d, spec.types_in(d), spec.providers, spec.area_weights, catalogue, spec.seed, SAMPLE, SOLVES)
                for d in two
            ]
        except Refused as e:
            return RunResult({}, True, "; ".join(d.message for d in e.diagnostics))
        first, last = simulate(prepared, SeedSequence(entropy=spec.seed, spawn_key=(0,)), self.draws)
        alone = len(spec.designs) == 1
        found = {f: np.asarray(last[f] if alone else last[f] - first[f], dtype=np.float64) for f in FIGURES}
        return RunResult(found, all(s.equilibrium.converged for p in prepared for s in p.solutions))


def sensitivity_runs(spec: Spec, draws: int = DRAWS) -> tuple[SensitivityRun, ...]:
    """All runs of a spec: first as it stands, then of each assumption its low and its high."""
    found = [SensitivityRun(spec, ParameterValue(), draws)]
    for v in variations(spec):
        found += [
            SensitivityRun(v.applied(spec, value), ParameterValue(v.name, value), draws) for value in _other_values(v)
        ]
    return tuple(found)


def sensitivity(spec: Spec, results: Sequence[RunResult], draws: int = DRAWS) -> Sensitivity:
    """The table, from what the `sensitivity_runs` gave."""
    base, rest = results[0], iter(results[1:])
    moved = []
    for v in variations(spec):
        found = {value: next(rest) for value in _other_values(v)}
        effects = {f: Effect(*(_change(base, found.get(end), f) for end in (v.low, v.high))) for f in FIGURES}
        reverses = tuple(f for f in FIGURES if any(_reversed(base, t, f) for t in found.values() if not t.refused))
        moved.append(ParameterEffect(v.name, v.value, v.low, v.high, effects, reverses))
    places = list(zip([t.changed for t in sensitivity_runs(spec, draws)], results, strict=True))
    return Sensitivity(
        first=spec.designs[0].label,
        last=spec.designs[-1].label,
        draws=draws,
        differences=_estimates(base.differences),
        parameters=tuple(sorted(moved, key=_order(moved), reverse=True)),
        unsettled=tuple(at for at, t in places if not t.converged),
        refused=tuple((at, t.refused) for at, t in places if t.refused),
    )


def _other_values(v: Variation) -> tuple[Value, ...]:
    """The values that differ from the one that the spec has."""
    return tuple(value for value in (v.low, v.high) if value != v.value)


def _change(base: RunResult, results: RunResult | None, name: str) -> Estimate | None:
    return None if results is None or results.refused else _estimate(results.differences[name] - base.differences[name])


def _reversed(base: RunResult, results: RunResult, name: str) -> bool:
    """Whether the difference has the other sign, each of the two beyond twice its standard error."""
    before, after = _estimate(base.differences[name]), _estimate(results.differences[name])
    if before.mean is None or after.mean is None or before.se is None or after.se is None:
        return False
    sure = abs(before.mean) > 2 * before.se and abs(after.mean) > 2 * after.se
    return sure and before.mean * after.mean < 0


def _order(moved: Sequence[ParameterEffect]) -> Callable[[ParameterEffect], float]:
    """By the largest change beside the largest that any assumption makes in that figure."""
    largest = {f: max((m.effects[f].size for m in moved), default=0.0) or 1.0 for f in FIGURES}
    return lambda m: max(m.effects[f].size / largest[f] for f in FIGURES)


def _estimates(values: Values) -> Figures:
    return {name: _estimate(array) for name, array in values.items()}


def _estimate(array: NDArray[np.float64]) -> Estimate:
    return Estimate.of(Moments.of(array, SOLVES))
