"""A record read back: the inputs, the evaluation and what was entered since, as reports read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bids
from tender_eval.model.evaluation import Evaluation

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record: its number, kind, time (RFC 3339, as it was given) and body, and its hash."""

    number: int
    kind: str
    at: str
    body: Mapping[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class Case:
    """What a record holds.

    ``evaluations`` is by lot id, with the one key ``""`` for a tender without lots. ``head`` is the hash of
    the last entry, which stands for the whole record. ``bids`` and ``evaluations`` are as they stand after
    every correction. While ``stage`` is ``quality`` prices are still closed: ``compiled`` is then the part of
    the scheme that reads no price, and ranks say nothing; else it is ``complete``.

    Where a mechanism awards the lots together, ``across`` holds what it decided. Each evaluation then tells of its
    lot alone, and who is first there need not be who is awarded it: ask `awarded` and `undecided`.
    """

    compiled: CompiledScheme
    bids: Bids
    evaluations: Mapping[str, Evaluation]
    entries: tuple[Entry, ...]
    head: str
    stage: str = "complete"
    across: AcrossLots | None = None

    def awarded(self, lot: str) -> tuple[str, ...]:
        """The bids that are awarded a lot, or the tender where there are none; with those of an open tie by itself."""
        return self.across.winners(lot) if self.across else self.evaluations[lot].winner

    def undecided(self, lot: str) -> bool:
        """Whether a tie leaves the award of a lot, or of the tender, open."""
        return lot in self.across.undecided if self.across else self.evaluations[lot].tied

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """The entries of one kind, in order."""
        return tuple(e for e in self.entries if e.kind == kind)

    @property
    def corrections(self) -> tuple[Entry, ...]:
        """Every mark that was changed after it was recorded: bid, criterion, old, new, reason, perhaps lot.

        Each report must show them.
        """
        return self.of_kind("correction")
