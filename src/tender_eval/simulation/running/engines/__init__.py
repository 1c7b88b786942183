"""Running a simulation: by the processes of this machine or by a cluster, with the same bits as the result."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.running.checkpoint import check_resumable, open_checkpoint
from tender_eval.simulation.running.chunks import Job, P
from tender_eval.simulation.running.finished import FinishedChunks

ENGINES = ("local", "dask")


def check_engine(job: Job[P], scheduler: str | None = None, checkpoint: Path | None = None) -> None:
    """See whether a run could begin, before work is done for it; `prepared` of the job is not looked at.

    Raises:
        Refused: TE001, TE520, TE521 for the checkpoint; TE097, TE522 for a cluster that does not answer.
    """
    if checkpoint is not None:
        check_resumable(checkpoint, job)
    if scheduler is not None:
        from tender_eval.simulation.running.engines.distributed import connected

        with connected(scheduler):
            pass


def run(
    job: Job[P],
    engine: str = "local",
    workers: int | None = None,
    scheduler: str | None = None,
    checkpoint: Path | None = None,
    done: Callable[[int, int], None] | None = None,
) -> Tallies:
    """Simulate all tenders of a job.

    Only so many chunks are under way at once as keep the workers busy, and each is added up as it comes, so that
    memory does not grow with the draws. A script that calls this with several workers must have the usual
    ``if __name__ == "__main__":``, for the processes import it.

    Args:
        engine: ``local``, processes of this machine; ``dask``, a cluster of `distributed` (extra ``dask``).
        workers: of ``local``: how many processes; 1 runs in this one; None for one a core.
        scheduler: of ``dask``: its address, such as ``tcp://host:8786``.
        checkpoint: a file to go on from, and to keep finished chunks in.
        done: called with the number of finished chunks and of all: at the start, and after each chunk.

    Returns:
        The tallies, the same to the bit for every engine, number of workers and order.

    Raises:
        Refused: what the simulation refused; TE520, TE521, TE093, TE001, TE090 for the checkpoint; TE522 where
            workers or the cluster fail; TE097 without `distributed`.
        ChunkFailed: a chunk raised an exception.
        ValueError: arguments that do not go together.
    """
    if engine not in ENGINES or (engine == "dask") != (scheduler is not None) or (workers and engine == "dask"):
        raise ValueError("engine local takes workers, and engine dask a scheduler")
    if workers is not None and workers < 1:
        raise ValueError("at least one worker")
    with ExitStack() as stack:
        file = stack.enter_context(open_checkpoint(checkpoint, job)) if checkpoint else None
        finished = file.finished if file else FinishedChunks()
        add = file.add if file else partial(finished.add, chunk=job.chunk)
        tell = done or (lambda _done, _total: None)
        tell(finished.count(job), job.chunks)
        if scheduler is None:
            from tender_eval.simulation.running.engines.local import computed

            outcomes = computed(job, finished.missing(job), workers)
        else:
            from tender_eval.simulation.running.engines import distributed

            outcomes = distributed.computed(job, finished.missing(job), scheduler)
        for index, tallies in stack.enter_context(closing(outcomes)):
            add(index, tallies)
            tell(finished.count(job), job.chunks)
        return finished.tallies(job)
