"""What is solved before tenders are simulated: what bidders do in each design, and the runs that vary assumptions.

Each task is solved by itself, on any process, and kept in the checkpoint as soon as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from tender_eval.base.canonical import Data, canonical, digest
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.bidding.game import SAMPLE, solve_design
from tender_eval.simulation.prepared import SOLVES, PreparedDesign, Solution
from tender_eval.simulation.results.hurdles import HurdleResult, HurdleRun
from tender_eval.simulation.results.joint import JointPoint, PointResult
from tender_eval.simulation.results.sensitivity import RunResult, SensitivityRun
from tender_eval.simulation.running.checkpoint import Checkpoint, open_checkpoint
from tender_eval.simulation.running.chunks import Job, P
from tender_eval.simulation.running.parallel import run_in_parallel
from tender_eval.simulation.running.saved import from_json, to_json
from tender_eval.simulation.spec.records import Design, Spec
from tender_eval.simulation.tendering.design import model_of


@dataclass(frozen=True, slots=True)
class SolveDesign:
    """The task to solve what bidders do in one design, on one sample."""

    spec: Spec
    design: Design
    number: int

    def __call__(self, catalogue: Catalogue) -> Solution:
        spec, design = self.spec, self.design
        model = model_of(design, spec.types_in(design), spec.providers, spec.area_weights, catalogue)
        return Solution(*solve_design(model, spec.seed, SAMPLE, self.number))


Task = SolveDesign | SensitivityRun | HurdleRun | JointPoint
Result = Solution | RunResult | HurdleResult | PointResult


def solving_tasks(spec: Spec) -> tuple[SolveDesign, ...]:
    """The tasks that solve every design of a spec, all solutions of a design after each other."""
    return tuple(SolveDesign(spec, design, n) for design in spec.designs for n in range(SOLVES))


def prepared_designs(spec: Spec, solutions: Sequence[Solution]) -> tuple[PreparedDesign, ...]:
    """The designs of a spec with what its `solving_tasks` gave."""
    return tuple(
        PreparedDesign(
            design=design,
            types=spec.types_in(design),
            providers=spec.providers,
            area_weights=spec.area_weights,
            solutions=tuple(solutions[n * SOLVES : (n + 1) * SOLVES]),
        )
        for n, design in enumerate(spec.designs)
    )


def task_key(task: Task) -> str:
    """What a task is, in any run of the same software: a digest of all that it depends on."""
    spec = task.spec
    named: dict[str, Data] = {"of": spec.sha256, "seed": str(spec.seed)}
    match task:
        case SensitivityRun():
            named |= {"trial": task.label, "draws": str(task.draws)}
        case HurdleRun():
            named |= {"lifted": "+".join(task.hurdles), "of design": str(task.index), "draws": str(task.draws)}
        case JointPoint():
            named |= {"point": str(task.index), "points": str(task.points)}
        case _:
            named |= {"design": task.design.label, "solution": str(task.number)}
    return digest(canonical(named))


def run_tasks(
    tasks: Sequence[Task],
    catalogue: Catalogue,
    workers: int | None,
    checkpoint: Path | None,
    job: Job[P],
    done: Callable[[int, int], None],
) -> list[Result]:
    """What each task gives, in their order; those that the checkpoint of the job holds are not solved again.

    Raises:
        Refused: what a task refused, what the checkpoint refused, or TE522 where processes die again and again.
    """
    with open_checkpoint(checkpoint, job) if checkpoint else nullcontext() as file:
        if file is None:
            return run_in_parallel(tasks, catalogue, workers, done)
        keys = [task_key(task) for task in tasks]

        def keep(index: int, result: Result) -> None:
            file.keep(keys[index], to_json(result))

        return run_in_parallel(tasks, catalogue, workers, done, _known(tasks, keys, file), keep)


def _known(tasks: Sequence[Task], keys: Sequence[str], file: Checkpoint) -> dict[int, Result]:
    try:
        return {
            n: _taken(t, file.solved[k]) for n, (t, k) in enumerate(zip(tasks, keys, strict=True)) if k in file.solved
        }
    except ValueError as e:
        raise file.refused(e) from None


def _taken(task: Task, kept: object) -> Result:
    match task:
        case SensitivityRun():
            return from_json(RunResult, kept)
        case HurdleRun():
            return from_json(HurdleResult, kept)
        case JointPoint():
            return from_json(PointResult, kept)
        case _:
            return from_json(Solution, kept)
