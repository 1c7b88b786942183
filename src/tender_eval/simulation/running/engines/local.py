"""Processes of this machine; with one worker, this process."""

from __future__ import annotations

import pickle
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import chain, islice

from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.running.chunks import Failure, Job, P, attempt, succeeded
from tender_eval.simulation.running.engines.processes import MOST, Work, cores, run_in_processes


def computed(
    job: Job[P], indices: Iterator[int], workers: int | None = None
) -> Generator[tuple[int, Tallies], None, None]:
    """Compute chunks, in any order; a chunk whose process was killed is computed again by another.

    Closing the generator ends the processes, after the chunks that they are at.

    Raises:
        Refused: what the simulation refused, or TE522 where processes die again and again.
        ChunkFailed: a chunk raised an exception.
    """
    first = list(islice(indices, workers or cores()))
    indices = chain(first, indices)
    if len(first) < 2:
        for index in indices:
            yield index, succeeded(attempt(job, index))
        return
    work = Work(_compute, _number, _begin, (pickle.dumps(job),), ("simulate", "chunk"))
    with closing(run_in_processes(work, indices, min(len(first), MOST))) as outcomes:
        for index, outcome in outcomes:
            yield index, succeeded(outcome)


_job = b""  # of this process, where it is a worker


def _begin(job: bytes) -> None:
    global _job  # noqa: PLW0603 (a process has one job, and a task only brings its number)
    _job = job


def _number(index: int) -> int:
    return index


def _compute(index: int) -> Tallies | Failure:
    return attempt(_job, index)
