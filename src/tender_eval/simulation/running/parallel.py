"""Tasks of different kinds over the processes of this machine; what comes out does not depend on their number."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from functools import cache
from typing import Protocol, TypeVar

from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.running.engines.processes import MOST, Work, cores, run_in_processes

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Solved = Generator[tuple[int, R], None, None]


class Task(Protocol[R_co]):
    """A task: a picklable record that can be called, with the installed plugins."""

    def __call__(self, catalogue: Catalogue, /) -> R_co: ...


class TaskFailed(Exception):
    """A bug showed in a task; the message carries the traceback of its process."""


def run_in_parallel(
    tasks: Sequence[Task[R]],
    catalogue: Catalogue,
    workers: int | None = None,
    done: Callable[[int, int], None] | None = None,
    known: Mapping[int, R] | None = None,
    keep: Callable[[int, R], None] | None = None,
) -> list[R]:
    """What each task gives, in their order.

    Args:
        catalogue: for this process; others load what is installed.
        workers: how many processes; 1 runs in this one; None for one a core.
        done: called with the number of finished tasks and of all: at the start, and after each task.
        known: what some tasks gave before, by their place: they are not done again.
        keep: called with the place of each task that was done and what it gave, as soon as it is finished.

    Raises:
        Refused: what a task refused; TE522 where processes die again and again.
        TaskFailed: a task in another process raised anything else.
    """
    results = dict(known or {})
    missing = [index for index in range(len(tasks)) if index not in results]
    number = min(workers or cores(), len(missing), MOST)
    tell, take = done or (lambda _done, _total: None), keep or (lambda _index, _result: None)
    tell(len(results), len(tasks))
    with closing(_own(tasks, missing, catalogue) if number < 2 else _others(tasks, missing, number)) as solved:
        for index, result in solved:
            take(index, result)
            results[index] = result
            tell(len(results), len(tasks))
    return [results[index] for index in range(len(tasks))]


def _own(tasks: Sequence[Task[R]], missing: Sequence[int], catalogue: Catalogue) -> Solved[R]:
    for index in missing:
        yield index, tasks[index](catalogue)


def _others(tasks: Sequence[Task[R]], missing: Sequence[int], number: int) -> Solved[R]:
    """By other processes; where one is killed, what it was at is done again by others."""
    work = Work(_attempt, lambda index: tasks[index], _begin, (), ("solve", "task"))
    with closing(run_in_processes(work, iter(missing), number)) as outcomes:
        for index, (diagnostics, told, result) in outcomes:
            if diagnostics:
                raise Refused(diagnostics)
            if result is None:
                raise TaskFailed(told)
            yield index, result


@cache
def _catalogue() -> Catalogue:
    """Of this process, where it is a worker."""
    return load_catalogue()


def _begin() -> None:
    _catalogue()


def _attempt(task: Task[R]) -> tuple[tuple[Diagnostic, ...], str, R | None]:
    """Exceptions as values: they may not survive the way from another process."""
    try:
        return (), "", task(_catalogue())
    except Refused as e:
        return e.diagnostics, "", None
    except Exception:  # told to the caller
        return (), traceback.format_exc(), None
