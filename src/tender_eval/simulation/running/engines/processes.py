"""Work over processes of this machine, each piece as soon as it is done, whatever happens to the processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar

from tender_eval.model.diagnostics import Diagnostic, Refused

R = TypeVar("R")

LOSSES = 3  # pools that may break in a row, with nothing finished between
MOST = 61 if sys.platform == "win32" else 1024  # Windows waits for no more


def cores() -> int:
    """Those that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Work(Generic[R]):
    """Numbered pieces of work, and how other processes are told of them, by pickle.

    Attributes:
        call: does a piece, from what `sent` gives for its number.
        begin: called in each process first, with `given`.
        what: the work in a word, and a piece of it: ``("simulate", "chunk")``.
    """

    call: Callable[[Any], R]
    sent: Callable[[int], Any]
    begin: Callable[..., None]
    given: tuple[Any, ...]
    what: tuple[str, str]


def run_in_processes(work: Work[R], indices: Iterator[int], workers: int) -> Generator[tuple[int, R], None, None]:
    """The pieces with their numbers, in any order; one whose process was killed is done again by another.

    Closing the generator ends the processes, after the pieces that they are at.

    Raises:
        Refused: TE522 where processes die again and again.
    """
    losses = 0
    while True:
        lost: list[int] = []
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(workers, context, _begin, (work.begin, *work.given))
        try:
            for index, outcome in _outcomes(pool, work, indices, workers, lost):
                losses = 0
                yield index, outcome
        finally:
            pool.shutdown(cancel_futures=True)
        if not lost:
            return
        losses += 1
        if losses > LOSSES:
            doing, piece = work.what
            message = f"the processes that {doing} were ended {losses} times in a row, with no {piece} finished"
            raise Refused([Diagnostic("TE522", message, None, "see what ends them; often it is too little memory")])
        indices = chain(sorted(lost), indices)


def _outcomes(
    pool: ProcessPoolExecutor, work: Work[R], indices: Iterator[int], workers: int, lost: list[int]
) -> Iterator[tuple[int, R]]:
    """What a pool does until all is done or the pool is broken; then what it did not finish is in `lost`."""
    flying: dict[Future[R], int] = {}
    while True:
        while not lost and len(flying) < 2 * workers:
            index = next(indices, None)
            if index is None:
                break
            try:
                flying[pool.submit(work.call, work.sent(index))] = index
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


def _begin(begin: Callable[..., None], *given: object) -> None:
    """What a process does first: leave Ctrl-C to the one that began it, end with that, and begin."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin(*given)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
