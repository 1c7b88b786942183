"""A simulation from its spec to its outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path
from typing import Literal, NamedTuple

from tender_eval.base.canonical import Data
from tender_eval.base.environment import environment
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.prepared import SOLVES, PreparedDesign, Solution
from tender_eval.simulation.results.commissioning_teams import team_loads
from tender_eval.simulation.results.frontier import frontier
from tender_eval.simulation.results.hurdles import HurdleResult, hurdle_runs, hurdles
from tender_eval.simulation.results.joint import POINTS, PointResult, joint, joint_points
from tender_eval.simulation.results.outcome import (
    DesignOutcome,
    Estimate,
    Figures,
    PairedOutcome,
    SimulationOutcome,
    SweepPoint,
)
from tender_eval.simulation.results.sensitivity import DRAWS, RunResult, sensitivity, sensitivity_runs
from tender_eval.simulation.results.tally import Moments, Tallies
from tender_eval.simulation.running.chunks import Job, chunk_size
from tender_eval.simulation.running.engines import check_engine, run
from tender_eval.simulation.running.preparation import Task, prepared_designs, run_tasks, solving_tasks
from tender_eval.simulation.spec.assumptions import assumptions_of, unused_figures
from tender_eval.simulation.spec.lot_rule import NAMES, rule_of, stated_by
from tender_eval.simulation.spec.parameters import Value
from tender_eval.simulation.spec.records import Design, Spec
from tender_eval.simulation.spec.variations import varied
from tender_eval.simulation.tender import simulate


class ProgressStage(NamedTuple):
    """A stage of a simulation: what is done, and which of how many points of a sweep it is."""

    doing: Literal["solving", "simulating", "sweep"]
    point: int = 0
    points: int = 0


Progress = Callable[[ProgressStage, int, int], None]


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a simulation is computed, which changes nothing of what comes out."""

    engine: str = "local"
    workers: int | None = None
    scheduler: str | None = None
    checkpoint: Path | None = None
    progress: Progress = lambda _stage, _done, _total: None


class _SpecRun(NamedTuple):
    """The designs of a spec, or of a point of its sweep, and where they are kept."""

    spec: Spec
    checkpoint: Path | None
    stage: ProgressStage
    job: Job[PreparedDesign]

    def compared(
        self, prepared: tuple[PreparedDesign, ...], options: RunOptions
    ) -> tuple[tuple[DesignOutcome, ...], tuple[PairedOutcome, ...]]:
        """Simulate the designs, and compare them."""
        workers = options.workers if options.engine == "local" else None
        tallies = run(
            replace(self.job, prepared=prepared), options.engine, workers,
            options.scheduler, self.checkpoint, lambda n, of: options.progress(self.stage, n, of),
        )  # fmt: skip
        return _designs(self.spec, prepared, tallies), _paired(self.spec, tallies)


def simulate_lots(
    spec: Spec,
    catalogue: Catalogue,
    options: RunOptions | None = None,
    sensitivity_draws: int = DRAWS,
    points: int = POINTS,
) -> SimulationOutcome:
    """Simulate every design of a spec, compare each with the first, and try all that is not known for certain.

    Args:
        catalogue: with the award mechanisms in it, see `tender_eval.lots.catalogue`.
        sensitivity_draws: tenders of each run of the sensitivity, and of each in which hurdles are lifted.
        points: trials in which everything that is not certain varies at once; 0 for none.

    Raises:
        Refused: what the scheme, a plugin, the checkpoint or the cluster refuses.
    """
    options = options or RunOptions()
    here = environment(catalogue)
    stages = [_SpecRun(spec, options.checkpoint, ProgressStage("simulating"), _job(spec, here))]
    swept_points = tuple(_points(spec))
    for n, (_, at) in enumerate(swept_points, 1):
        file = options.checkpoint and options.checkpoint.with_name(f"{options.checkpoint.name}.{n}")
        stages.append(_SpecRun(at, file, ProgressStage("sweep", n, len(swept_points)), _job(at, here)))
    for stage in stages:
        check_engine(stage.job, None, stage.checkpoint)
    check_engine(stages[0].job, options.scheduler)
    tasks: list[Task] = [
        *(task for s in stages for task in solving_tasks(s.spec)),
        *sensitivity_runs(spec, sensitivity_draws),
        *hurdle_runs(spec, sensitivity_draws),
        *joint_points(spec, points),
    ]
    found = run_tasks(
        tasks,
        catalogue,
        options.workers,
        options.checkpoint,
        stages[0].job,
        lambda n, of: options.progress(ProgressStage("solving"), n, of),
    )
    solutions = iter([s for s in found if isinstance(s, Solution)])
    (designs, paired), *swept = (
        s.compared(prepared_designs(s.spec, [*islice(solutions, SOLVES * len(s.spec.designs))]), options)
        for s in stages
    )
    sweep = tuple(SweepPoint(values, *those) for (values, _), those in zip(swept_points, swept, strict=True))
    return SimulationOutcome(
        title=spec.title, spec_sha256=spec.sha256, seed=spec.seed, draws=spec.draws, authorities=spec.authorities,
        currency=spec.currency,
        types=tuple(t.name for t in spec.types), small_types=tuple(t.name for t in spec.types if t.small),
        designs=designs, paired=paired, assumptions=assumptions_of(spec),
        sensitivity=sensitivity(spec, [t for t in found if isinstance(t, RunResult)], sensitivity_draws),
        frontier=frontier(designs), teams=team_loads({d.label: d["evaluation_days"].mean for d in designs}),
        hurdles=hurdles(spec, [h for h in found if isinstance(h, HurdleResult)], sensitivity_draws),
        joint=joint(spec, [p for p in found if isinstance(p, PointResult)]), sweep=sweep, unused=unused_figures(spec),
    )  # fmt: skip


def _points(spec: Spec) -> Iterator[tuple[dict[str, Value], Spec]]:
    """The points of the sweep: every value of each parameter with every value of the others."""
    if spec.sweep:
        for values in product(*spec.sweep.values()):
            at = dict(zip(spec.sweep, values, strict=True))
            digest = hashlib.sha256(f"{spec.sha256} {sorted(at.items())}".encode()).hexdigest()
            yield at, replace(varied(spec, at), sha256=digest)


def _job(spec: Spec, here: Mapping[str, Data]) -> Job[PreparedDesign]:
    """The job of a spec, but for what has to be solved first."""
    return Job(simulate, (), spec.seed, spec.draws, _chunk(spec), spec.sha256, here, SOLVES)


def _chunk(spec: Spec) -> int:
    providers = len(spec.providers) or sum(t.count for t in spec.types)
    return chunk_size(providers * max(d.lots for d in spec.designs))


def _designs(spec: Spec, prepared: tuple[PreparedDesign, ...], tallies: Tallies) -> tuple[DesignOutcome, ...]:
    return tuple(
        DesignOutcome(
            d.label,
            d.lots,
            d.scheme.id,
            _figures(moments),
            max(s.equilibrium.residual for s in p.solutions),
            all(s.equilibrium.converged for s in p.solutions),
            {**_of_scheme(d, spec.designs[0]), **d.changed},
            max(s.equilibrium.iterations for s in p.solutions),
            rule_of(d, spec.area_weights),
            p.model().inputs.declared,
            p.model().limits.undeclared,
            d.scheme.illustrative,
        )
        for d, p, moments in zip(spec.designs, prepared, tallies.designs, strict=True)
    )


def _of_scheme(design: Design, first: Design) -> dict[str, Value]:
    """What the scheme of a design says of lots, where the first design has it otherwise."""
    stated = stated_by(design.scheme)
    there = {n: v for n in NAMES if (v := getattr(design.settings, n)) != getattr(first.settings, n)}
    return {n: v for n, v in there.items() if stated.get(n) == v}


def _paired(spec: Spec, tallies: Tallies) -> tuple[PairedOutcome, ...]:
    first, *others = spec.designs
    return tuple(
        PairedOutcome(d.label, first.label, _figures(moments))
        for d, moments in zip(others, tallies.paired, strict=True)
    )


def _figures(moments: Mapping[str, Moments]) -> Figures:
    return {name: Estimate.of(m) for name, m in moments.items()}
