"""Processes of this machine; with one worker, this process."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.simulation.chunks import Failure, Job, P, attempt, succeeded
from tender_eval.simulation.tally import Tallies

LOSSES = 3  # pools that may break in a row, with no chunk finished between
_MOST = 61 if sys.platform == "win32" else 1024  # Windows waits for no more


def cores() -> int:
    """Those that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
    else:
        yield from _by_processes(job, indices, min(len(first), _MOST))


def _by_processes(job: Job[P], indices: Iterator[int], workers: int) -> Generator[tuple[int, Tallies], None, None]:
    losses = 0
    while True:
        lost: list[int] = []
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin, (pickle.dumps(job),))
        try:
            for index, outcome in _outcomes(pool, indices, workers, lost):
                losses = 0
                yield index, succeeded(outcome)
        finally:
            pool.shutdown(cancel_futures=True)
        if not lost:
            return
        losses += 1
        if losses > LOSSES:
            message = f"the processes that simulate were ended {losses} times in a row, with no chunk finished"
            raise Refused([Diagnostic("TE522", message, None, "see what ends them; often it is too little memory")])
        indices = chain(sorted(lost), indices)


def _outcomes(
    pool: ProcessPoolExecutor, indices: Iterator[int], workers: int, lost: list[int]
) -> Iterator[tuple[int, Tallies | Failure]]:
    """What a pool computes until all is done or the pool is broken; then what it did not finish is in `lost`."""
    flying: dict[Future[Tallies | Failure], int] = {}
    while True:
        while not lost and len(flying) < 2 * workers:
            index = next(indices, None)
            if index is None:
                break
            try:
                flying[pool.submit(_compute, index)] = index
            except BrokenProcessPool:
                lost.append(index)
        if not flying:
            return
        for future in wait(flying, return_when=FIRST_COMPLETED).done:
            index = flying.pop(future)
            try:
                outcome = future.result()
            except BrokenProcessPool:
                lost.append(index)
            else:
                yield index, outcome


_job: bytes | None = None  # of this process, where it is a worker


def _begin(job: bytes) -> None:
    """What a worker does first: take the job, leave Ctrl-C to the process that began it, and end with that."""
    global _job  # noqa: PLW0603 (a process has one job, and a task only brings its number)
    _job = job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _compute(index: int) -> Tallies | Failure:
    assert _job is not None
    return attempt(_job, index)
