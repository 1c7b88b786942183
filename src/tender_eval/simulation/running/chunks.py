"""A simulation cut into chunks of one size, any of which can be made anywhere and is always the same.

Chunk ``i`` draws from ``SeedSequence(entropy=seed, spawn_key=(i,))``: the child that ``SeedSequence(seed).spawn``
would give at that place, made without its brothers. A chunk always draws its whole size; of the last one only the
first tenders count where the draws are no multiple of it. So the first n tenders are the same whatever the number
of draws, the engine and the number of workers. The chunk size is part of what the tenders are: another size draws
others. Figures of machines with other processors or another numpy can differ in their last digit (the logarithms
of other instruction sets do); a chunk is refused where the versions are not those of the job.
"""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.random import SeedSequence
from numpy.typing import NDArray

from tender_eval.base import OWN_DISTRIBUTION
from tender_eval.base.canonical import Data
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.running.memory import keep_freed

LARGEST = 4096  # tenders a chunk: enough that numpy's own overhead is small beside the work
SMALLEST = 32
CELLS = 1 << 21  # of an array of (providers x lots, tenders), about: 16 MB

P = TypeVar("P")
P_contra = TypeVar("P_contra", contravariant=True)


class Simulate(Protocol[P_contra]):
    """Simulates tenders: a function at the top of a module, so that other processes find it by its name."""

    def __call__(
        self, prepared: Sequence[P_contra], seed: SeedSequence, draws: int, /
    ) -> Sequence[Mapping[str, NDArray[np.float64]]]:
        """Of each design, every figure by name, shape (draws,), NaN where it is undefined for a tender.

        The same arguments give the same values.
        """


def chunk_size(cells: int) -> int:
    """Tenders a chunk for so many cells (providers x lots) a tender: a power of two, so that memory is bounded.

    >>> chunk_size(22 * 8), chunk_size(300 * 40)
    (4096, 128)
    """
    size = LARGEST
    while size > SMALLEST and size * cells > CELLS:
        size //= 2
    return size


@cache
def versions() -> dict[str, str]:
    """Of what the figures depend on."""
    return {OWN_DISTRIBUTION: version(OWN_DISTRIBUTION), "numpy": np.__version__}


@dataclass(frozen=True, slots=True)
class Job(Generic[P]):
    """Everything that fixes the result of a simulation, and nothing else; goes to other processes by pickle."""

    simulate: Simulate[P]
    prepared: tuple[P, ...]  # the designs; the first is the one that the others are compared with
    seed: int  # at least 0
    draws: int  # at least 1
    chunk: int  # tenders a chunk, from `chunk_size`
    fingerprint: str  # digest of all inputs that `prepared` was made from
    environment: Mapping[str, Data] = field(default_factory=dict)  # what it runs on, from `base.environment`
    solves: int = 1  # solutions that play the tenders of a chunk in turn

    def __post_init__(self) -> None:
        if self.draws < 1 or self.chunk < 1 or self.seed < 0:
            raise ValueError("draws and chunk are at least 1, the seed at least 0")

    @property
    def chunks(self) -> int:
        """How many there are."""
        return -(-self.draws // self.chunk)

    def counted(self, index: int) -> int:
        """How many tenders of a chunk count: all but in the last."""
        return min(self.chunk, self.draws - index * self.chunk)

    def compute(self, index: int) -> Tallies:
        """The tallies of one chunk."""
        keep_freed()
        seed = SeedSequence(entropy=self.seed, spawn_key=(index,))
        return Tallies.of(self.simulate(self.prepared, seed, self.chunk), self.counted(index), self.solves)


@lru_cache(maxsize=1)
def unpickled(job: bytes) -> Job[Any]:
    """The job that another process sent, made once in each process."""
    found: Job[Any] = pickle.loads(job)  # noqa: S301 (from the process that began us, which may run any code)
    return found


class ChunkFailed(Exception):
    """A bug showed in a chunk; the message names it and carries the traceback of the process that computed it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong in a chunk, as a value: exceptions may not survive the way from another process."""

    index: int
    diagnostics: tuple[Diagnostic, ...]  # empty for a bug
    told: str


def attempt(job: Job[P] | bytes, index: int) -> Tallies | Failure:
    """Compute a chunk of a job, or of a pickled one, where an exception would not reach the caller."""
    try:
        return (unpickled(job) if isinstance(job, bytes) else job).compute(index)
    except Refused as e:
        return Failure(index, e.diagnostics, "")
    except Exception:  # told to the caller by `succeeded`
        return Failure(index, (), traceback.format_exc())


def succeeded(outcome: Tallies | Failure) -> Tallies:
    """The tallies of a chunk.

    Raises:
        Refused: what the chunk refused, with a note of which it was.
        ChunkFailed: the chunk raised something else.
    """
    if isinstance(outcome, Tallies):
        return outcome
    if outcome.diagnostics:
        refused = Refused(outcome.diagnostics)
        refused.add_note(f"in chunk {outcome.index} of the simulation")
        raise refused
    raise ChunkFailed(f"chunk {outcome.index} of the simulation failed:\n{outcome.told}")
