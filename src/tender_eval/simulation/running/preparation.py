"""What is solved before tenders are simulated: bidders' beliefs in each design, and the runs that vary assumptions.

Each task is solved by itself, on any process, and kept in the checkpoint as soon as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tender_eval.base.canonical import Data, canonical, digest
from tender_eval.model.numeric import Array
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.bidding.equilibrium import Equilibrium
from tender_eval.simulation.bidding.pricing import Policy
from tender_eval.simulation.prepared import PreparedDesign, prepare
from tender_eval.simulation.results.sensitivity import RunResult, SensitivityRun
from tender_eval.simulation.running.checkpoint import Checkpoint, open_checkpoint
from tender_eval.simulation.running.chunks import Job, P
from tender_eval.simulation.running.parallel import run_in_parallel
from tender_eval.simulation.running.saved import from_json, to_json
from tender_eval.simulation.spec.records import Design, Spec


class Beliefs(NamedTuple):
    """What is solved of a design; all else that `Prepared` holds stands in the spec."""

    policies: tuple[Policy, ...]
    row_of_code: Array | None
    equilibrium: Equilibrium


@dataclass(frozen=True, slots=True)
class PrepareDesign:
    """The task to solve the beliefs of bidders in one design."""

    spec: Spec
    design: Design

    def __call__(self, catalogue: Catalogue) -> PreparedDesign:
        spec, design = self.spec, self.design
        types = design.types or spec.types
        return prepare(design, types, spec.providers, spec.area_weights, catalogue, spec.seed)

    def remade(self, beliefs: Beliefs) -> PreparedDesign:
        """What the task gave when it was solved."""
        spec, design = self.spec, self.design
        return PreparedDesign(
            design=design,
            types=design.types or spec.types,
            providers=spec.providers,
            area_weights=spec.area_weights,
            policies=beliefs.policies,
            row_of_code=beliefs.row_of_code,
            equilibrium=beliefs.equilibrium,
        )


Task = PrepareDesign | SensitivityRun
Result = PreparedDesign | RunResult


def task_key(task: Task) -> str:
    """What a task is, in any run of the same software: a digest of all that it depends on."""
    spec = task.spec
    named: dict[str, Data] = {"of": spec.sha256, "seed": str(spec.seed)}
    if isinstance(task, SensitivityRun):
        return digest(canonical({**named, "trial": task.label, "draws": str(task.draws)}))
    return digest(canonical({**named, "design": task.design.label}))


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
            file.keep(keys[index], _kept(result))

        return run_in_parallel(tasks, catalogue, workers, done, _known(tasks, keys, file), keep)


def _known(tasks: Sequence[Task], keys: Sequence[str], file: Checkpoint) -> dict[int, Result]:
    try:
        return {
            n: _taken(t, file.solved[k]) for n, (t, k) in enumerate(zip(tasks, keys, strict=True)) if k in file.solved
        }
    except ValueError as e:
        raise file.refused(e) from None


def _kept(result: Result) -> object:
    if isinstance(result, RunResult):
        return to_json(result)
    return to_json(Beliefs(result.policies, result.row_of_code, result.equilibrium))


def _taken(task: Task, kept: object) -> Result:
    return from_json(RunResult, kept) if isinstance(task, SensitivityRun) else task.remade(from_json(Beliefs, kept))
