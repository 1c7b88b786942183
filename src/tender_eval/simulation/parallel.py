"""Tasks of different kinds over the processes of this machine; what comes out does not depend on their number."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, TypeVar

from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.engines.local import LOSSES, cores

R_co = TypeVar("R_co", covariant=True)
_MOST = 61  # processes that Windows waits for


class Task(Protocol[R_co]):
    """A task: a picklable record that can be called, with the installed plugins."""

    def __call__(self, catalogue: Catalogue, /) -> R_co: ...


class TaskFailed(Exception):
    """A bug showed in a task; the message carries the traceback of its process."""


def in_parallel(
    tasks: Sequence[Task[R_co]],
    catalogue: Catalogue,
    workers: int | None = None,
    done: Callable[[int, int], None] | None = None,
) -> list[R_co]:
    """What each task gives, in their order.

    Args:
        catalogue: for this process; others load what is installed.
        workers: how many processes; 1 runs in this one; None for one a core.
        done: called with the number of finished tasks and of all.

    Raises:
        Refused: what a task refused; TE522 where processes die again and again.
        TaskFailed: a task in another process raised anything else.
    """
    number = min(workers or cores(), len(tasks), _MOST)
    tell = done or (lambda _done, _total: None)
    results = []
    for result in _own(tasks, catalogue) if number < 2 else _others(tasks, number):
        results.append(result)
        tell(len(results), len(tasks))
    return results


def _own(tasks: Sequence[Task[R_co]], catalogue: Catalogue) -> Iterator[R_co]:
    for task in tasks:
        yield task(catalogue)


def _others(tasks: Sequence[Task[R_co]], number: int) -> Iterator[R_co]:
    """By other processes; where one is killed, what it was at is done again by others."""
    done = losses = 0
    while done < len(tasks):
        try:
            with ProcessPoolExecutor(number, multiprocessing.get_context("spawn"), _begin) as pool:
                try:
                    for diagnostics, told, result in pool.map(_attempt, tasks[done:]):
                        if diagnostics:
                            raise Refused(diagnostics)
                        if result is None:
                            raise TaskFailed(told)
                        done, losses = done + 1, 0
                        yield result
                finally:
                    pool.shutdown(cancel_futures=True)
        except BrokenProcessPool:
            losses += 1
            if losses > LOSSES:
                message = f"the processes that solve were ended {losses} times in a row, with no task finished"
                hint = "see what ends them; often it is too little memory"
                raise Refused([Diagnostic("TE522", message, None, hint)]) from None


_catalogue: Catalogue | None = None  # of this process, where it is a worker


def _begin() -> None:
    global _catalogue  # noqa: PLW0603 (loaded once a process)
    _catalogue = load_catalogue()


def _attempt(task: Task[R_co]) -> tuple[tuple[Diagnostic, ...], str, R_co | None]:
    """Exceptions as values: they may not survive the way from another process."""
    assert _catalogue is not None
    try:
        return (), "", task(_catalogue)
    except Refused as e:
        return e.diagnostics, "", None
    except Exception:  # told to the caller
        return (), traceback.format_exc(), None
