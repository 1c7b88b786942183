"""What keeps providers away, by effect: each hurdle lifted alone, and every two together, and play solved anew.

Where a provider drops out first says little of what keeps it away: who has too little income for a lot may be unable to
carry it as well, and then the condition on income changes nothing by being lifted. So each hurdle is taken away in
turn, on the same tenders, and what is told is how many more of each type bid and win. Two hurdles bind together where
lifting both brings more than lifting each does, added up. Being outscored is no hurdle that could be lifted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.random import SeedSequence

from tender_eval.model.numeric import Array
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.prepared import prepare
from tender_eval.simulation.results.outcome import DesignHurdles, Estimate, HurdleEffect
from tender_eval.simulation.results.tally import Moments
from tender_eval.simulation.spec.records import Design, Provider, ProviderType, Settings, Spec
from tender_eval.simulation.tender import simulate

DRAWS = 1024  # of a run
SAMPLE = 20_000  # cells (providers x lots x tenders) on which the beliefs of a run are solved, each time
SOLVES = 8  # as of a design: of four, chance alone makes the stated errors 6% too large (benchmarks/README.md)
STAGES = ("bidding", "winning")
PLENTY, AT_ONCE = 1e6, 1e-6  # of income that can be carried; days to write a bid


class Lifted(NamedTuple):
    """How a hurdle is taken away: from the settings and the scheme of a design, from the types, and from providers."""

    design: Callable[[Design], Design] = lambda design: design
    kind: Callable[[ProviderType, Design], ProviderType] = lambda kind, _: kind
    provider: Callable[[Provider], Provider] = lambda provider: provider


def _set(**changed: float) -> Callable[[Design], Design]:
    return lambda design: replace(design, settings=_with(design.settings, changed))


def _with(settings: Settings, changed: Mapping[str, float]) -> Settings:
    return replace(settings, **changed)  # type: ignore[arg-type]


def _meets_all(kind: ProviderType, design: Design) -> ProviderType:
    """The type as one that meets every condition of the scheme that is known beforehand."""
    met = {f"conditions.{condition.id}": 1.0 for condition in design.scheme.conditions}
    return replace(kind, facts={**kind.facts, **met})


def _carries_all(design: Design) -> Design:
    """The design without a limit on what one can carry, or on the value that the scheme lets one win."""
    award = design.scheme.award
    limits = award.lots and replace(award.lots, capacity=None, most_value=None)
    open_ = replace(design, scheme=replace(design.scheme, award=replace(award, lots=limits)))
    return _set(capacity_share=PLENTY, mobilisation_needed=0.0)(open_)


HURDLES: dict[str, Lifted] = {
    "turnover": Lifted(_set(turnover_multiple=0.0), _meets_all),
    "capacity": Lifted(_carries_all),
    "time": Lifted(kind=lambda kind, _: replace(kind, days=AT_ONCE), provider=lambda one: replace(one, days=None)),
    "bid_cost": Lifted(_set(bid_cost_fixed=0.0, bid_cost_share=0.0)),
}
"""By name, in the order of the funnel."""


@dataclass(frozen=True, slots=True)
class HurdleResult:
    """Of a run: the figures that are told of each tender, ``(draws,)`` each, and whether beliefs settled."""

    figures: Mapping[str, Array]
    converged: bool


@dataclass(frozen=True, slots=True)
class HurdleRun:
    """The task to simulate one design of a spec with these hurdles taken away."""

    spec: Spec
    index: int
    hurdles: tuple[str, ...]
    draws: int = DRAWS

    def __call__(self, catalogue: Catalogue) -> HurdleResult:
        spec, design = self.spec, self.spec.designs[self.index]
        types, providers = spec.types_in(design), spec.providers
        for lifted in (HURDLES[name] for name in self.hurdles):
            types = tuple(lifted.kind(kind, design) for kind in types)
            providers = tuple(map(lifted.provider, providers))
            design = lifted.design(design)
        prepared = prepare(design, types, providers, spec.area_weights, catalogue, spec.seed, SAMPLE, SOLVES)
        (found,) = simulate([prepared], SeedSequence(entropy=spec.seed, spawn_key=(0,)), self.draws)
        told = ["small_bidders", "small_win_share", *(f"{stage}.{kind.name}" for stage in STAGES for kind in types)]
        settled = all(s.equilibrium.converged for s in prepared.solutions)
        return HurdleResult({name: np.asarray(found[name], dtype=np.float64) for name in told}, settled)


def hurdle_runs(spec: Spec, draws: int = DRAWS) -> tuple[HurdleRun, ...]:
    """All runs of a spec: of its first and its last design, with nothing lifted, one hurdle, and two."""
    lifted = [*((name,) for name in HURDLES), *combinations(HURDLES, 2)]
    ends = range(0, len(spec.designs), max(len(spec.designs) - 1, 1))
    return tuple(HurdleRun(spec, at, names, draws) for at in ends for names in [(), *lifted]) if lifted else ()


def hurdles(spec: Spec, results: Sequence[HurdleResult], draws: int = DRAWS) -> tuple[DesignHurdles, ...]:
    """What each hurdle does, from what the `hurdle_runs` gave."""
    found: dict[int, dict[tuple[str, ...], HurdleResult]] = {}
    for run, result in zip(hurdle_runs(spec, draws), results, strict=True):
        found.setdefault(run.index, {})[run.hurdles] = result
    return tuple(
        DesignHurdles(
            spec.designs[at].label,
            tuple(_effect(names, of) for names in of if names),
            sum(not result.converged for result in of.values()),
        )
        for at, of in found.items()
    )


def _effect(names: tuple[str, ...], of: Mapping[tuple[str, ...], HurdleResult]) -> HurdleEffect:
    before, after = of[()].figures, of[names].figures
    changes = {figure: _estimate(after[figure] - before[figure]) for figure in before}
    beyond = {}
    if len(names) > 1:
        each = [of[(name,)].figures for name in names]
        for figure in before:
            alone = sum(one[figure] - before[figure] for one in each)
            beyond[figure] = _estimate(after[figure] - before[figure] - alone)
    return HurdleEffect(names, changes, beyond)


def _estimate(values: Array) -> Estimate:
    return Estimate.of(Moments.of(values, SOLVES))
