"""Which chunks of a simulation are finished, and the tallies of them."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.running.chunks import Job, P


class FinishedChunks:
    """The finished chunks of a job; takes no more room for more chunks, however many.

    Whole chunks are added up as they come. A last chunk that only counts in part is kept apart: should more draws
    be asked for later, it is the only one that must be computed again.
    """

    def __init__(self) -> None:
        self.whole = Tallies()
        self.below = 0  # all whole chunks before this one are finished ...
        self.beyond: set[int] = set()  # ... and these after it: no more than are computed at once
        self.part: tuple[int, Tallies] | None = None

    def __contains__(self, index: int) -> bool:
        return index < self.below or index in self.beyond

    def add(self, index: int, tallies: Tallies, chunk: int) -> None:
        """Take over the tallies of a chunk; a part gives way to another part, and to the whole chunk.

        Raises:
            ValueError: the whole chunk is there already, or its tallies are not those of a chunk.
        """
        if index < 0 or index in self or not 0 < tallies.draws <= chunk:
            raise ValueError(f"chunk {index} with {tallies.draws} tenders")
        if tallies.draws < chunk:
            self.part = index, tallies
            return
        if self.part is not None and self.part[0] == index:
            self.part = None
        self.whole += tallies
        self.beyond.add(index)
        while self.below in self.beyond:
            self.beyond.remove(self.below)
            self.below += 1

    def take(self, below: int, beyond: set[int], whole: Tallies, chunk: int) -> None:
        """Begin with whole chunks that were added up before.

        Raises:
            ValueError: there are some already, or they do not hold so many tenders.
        """
        if self.whole.draws or whole.draws != chunk * (below + len(beyond)) or min(beyond, default=below) < below:
            raise ValueError(f"{whole.draws} tenders in {below} chunks and {len(beyond)} further ones")
        self.whole, self.below, self.beyond = whole, below, beyond

    @property
    def last(self) -> int:
        """The last whole chunk that is finished; -1 for none."""
        return max(self.beyond, default=self.below - 1)

    def missing(self, job: Job[P]) -> Iterator[int]:
        """The chunks that must still be computed, in order."""
        parts = self._parts(job)
        return (index for index in range(job.chunks) if index not in self and index not in parts)

    def count(self, job: Job[P]) -> int:
        """How many chunks of the job need not be computed."""
        return self.below + len(self.beyond) + len(self._parts(job))

    def tallies(self, job: Job[P]) -> Tallies:
        """Of all that is finished and counts in the job."""
        return self.whole + sum(self._parts(job).values(), Tallies())

    def _parts(self, job: Job[P]) -> dict[int, Tallies]:
        """The part of a chunk that is kept, where just so much of it counts in the job."""
        if self.part is None or job.counted(self.part[0]) != self.part[1].draws:
            return {}
        return dict([self.part])
