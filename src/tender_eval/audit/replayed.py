"""What going through a record found."""

from __future__ import annotations

from dataclasses import dataclass, field

from tender_eval.audit.chain import Fault
from tender_eval.audit.commitments.commitment import START
from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.case.fold import Told
from tender_eval.case.state import State


@dataclass(slots=True)
class Replay:
    """What going through a record found; ``not_made`` says why the recomputation could not be made.

    ``by_bid`` is the first difference of an award whose limits or places counted bids, as tender-eval 0.1.0 did.
    """

    state: State | None = None
    fault: Fault | None = None
    recomputed: int = 0
    evaluations: int = 0
    acts: list[Told] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_made: tuple[str, ...] = ()
    by_bid: Fault | None = None

    def case(self, entries: tuple[Entry, ...]) -> Case | None:
        """The case of the record; None where it has a fault, or could not be made again."""
        if self.fault or self.state is None:
            return None
        return Case(self.state, entries, entries[-1].hash if entries else START, tuple(self.acts))
