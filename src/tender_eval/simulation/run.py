"""A simulation from its spec to its outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.basis import all_stated
from tender_eval.simulation.chunks import Job, chunk_size
from tender_eval.simulation.engines import run
from tender_eval.simulation.frontier import frontier
from tender_eval.simulation.outcome import DesignOutcome, Estimate, Figures, Outcome, PairedOutcome, SweepPoint
from tender_eval.simulation.parallel import Task, in_parallel
from tender_eval.simulation.parameters import Value
from tender_eval.simulation.sensitivity import DRAWS, Tried, sensitivity, trials
from tender_eval.simulation.spec import Design, Spec
from tender_eval.simulation.tally import Moments, Tallies
from tender_eval.simulation.teams import team_loads
from tender_eval.simulation.tender import Prepared, prepare, simulate
from tender_eval.simulation.variations import varied

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class How:
    """How a simulation is computed, which changes nothing of what comes out."""

    engine: str = "local"
    workers: int | None = None
    scheduler: str | None = None
    checkpoint: Path | None = None
    progress: Progress = lambda _stage, _done, _total: None


@dataclass(frozen=True, slots=True)
class Solve:
    """The task to solve the beliefs of bidders in one design."""

    spec: Spec
    design: Design

    def __call__(self, catalogue: Catalogue) -> Prepared:
        spec, design = self.spec, self.design
        types = design.types or spec.types
        return prepare(design, types, spec.providers, spec.area_weights, catalogue, spec.seed)


def simulate_lots(spec: Spec, catalogue: Catalogue, how: How | None = None, trial_draws: int = DRAWS) -> Outcome:
    """Simulate every design of a spec, compare each with the first, and try every assumption.

    Args:
        catalogue: with the award mechanisms in it, see `tender_eval.lots.catalogue`.
        trial_draws: tenders of each trial of the sensitivity.

    Raises:
        Refused: what the scheme, a plugin, the checkpoint or the cluster refuses.
    """
    how = how or How()
    points = tuple(_points(spec))
    solves = [Solve(s, d) for s in (spec, *(s for _, s in points)) for d in s.designs]
    tasks: list[Task[Prepared | Tried]] = [*solves, *trials(spec, trial_draws)]
    found = in_parallel(tasks, catalogue, how.workers, lambda n, of: how.progress("solving", n, of))
    prepared = [p for p in found if isinstance(p, Prepared)]
    tried = [t for t in found if isinstance(t, Tried)]
    own, rest = prepared[: len(spec.designs)], prepared[len(spec.designs) :]
    designs, paired = _compared(spec, tuple(own), how, "simulating", how.checkpoint)
    sweep = []
    for n, (values, at_point) in enumerate(points):
        each = tuple(rest[n * len(spec.designs) : (n + 1) * len(spec.designs)])
        file = how.checkpoint and how.checkpoint.with_name(f"{how.checkpoint.name}.{n + 1}")
        stage = f"sweep {n + 1} of {len(points)}"
        sweep.append(SweepPoint(values, *_compared(at_point, each, how, stage, file)))
    return Outcome(
        title=spec.title, spec_sha256=spec.sha256, seed=spec.seed, draws=spec.draws, authorities=spec.authorities,
        types=tuple(t.name for t in spec.types), small_types=tuple(t.name for t in spec.types if t.small),
        designs=designs, paired=paired, assumptions=all_stated(spec), sensitivity=sensitivity(spec, tried, trial_draws),
        frontier=frontier(designs), teams=team_loads({d.label: d["evaluation_days"].mean for d in designs}),
        sweep=tuple(sweep),
    )  # fmt: skip


def _points(spec: Spec) -> Iterator[tuple[dict[str, Value], Spec]]:
    """The points of the sweep: every value of each parameter with every value of the others."""
    if spec.sweep:
        for values in product(*spec.sweep.values()):
            at = dict(zip(spec.sweep, values, strict=True))
            digest = hashlib.sha256(f"{spec.sha256} {sorted(at.items())}".encode()).hexdigest()
            yield at, replace(varied(spec, at), sha256=digest)


def _compared(
    spec: Spec, prepared: tuple[Prepared, ...], how: How, stage: str, checkpoint: Path | None
) -> tuple[tuple[DesignOutcome, ...], tuple[PairedOutcome, ...]]:
    job = Job(simulate, prepared, spec.seed, spec.draws, _chunk(spec), spec.sha256)
    tallies = run(
        job, how.engine, how.workers if how.engine == "local" else None, how.scheduler, checkpoint,
        lambda n, of: how.progress(stage, n, of),
    )  # fmt: skip
    return _designs(spec, prepared, tallies), _paired(spec, tallies)


def _chunk(spec: Spec) -> int:
    providers = len(spec.providers) or sum(t.count for t in spec.types)
    return chunk_size(providers * max(d.lots for d in spec.designs))


def _designs(spec: Spec, prepared: tuple[Prepared, ...], tallies: Tallies) -> tuple[DesignOutcome, ...]:
    return tuple(
        DesignOutcome(
            d.label, d.lots, d.scheme.id, _figures(moments), p.equilibrium.residual, p.equilibrium.converged, d.changed
        )
        for d, p, moments in zip(spec.designs, prepared, tallies.designs, strict=True)
    )


def _paired(spec: Spec, tallies: Tallies) -> tuple[PairedOutcome, ...]:
    first, *others = spec.designs
    return tuple(
        PairedOutcome(d.label, first.label, _figures(moments))
        for d, moments in zip(others, tallies.paired, strict=True)
    )


def _figures(moments: Mapping[str, Moments]) -> Figures:
    return {name: Estimate(m.mean, m.se, m.n) for name, m in moments.items()}
