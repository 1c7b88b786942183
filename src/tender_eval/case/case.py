"""A case as reports read it: where it stands, what was entered, and what each act did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tender_eval.case.acts import Entry
from tender_eval.case.evaluating import told_in_welsh
from tender_eval.case.fold import Told
from tender_eval.case.phases import Phase
from tender_eval.case.state import Decision, Matter, State
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.evaluation import Evaluation
from tender_eval.regime.standstill import Standstill, standstill

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots


@dataclass(frozen=True, slots=True)
class Case:
    """What a record holds, checked.

    ``head`` is the hash of the last entry, which stands for the whole record. Whoever tells of a case asks it what may
    be told: `awarded` names nobody while the phase of a lot has no winner, and only where `decided` is an award a
    decision. Where a mechanism awards the lots together, each evaluation tells of its lot alone, and who is first there
    need not be who is awarded it.
    """

    state: State
    entries: tuple[Entry, ...]
    head: str
    acts: tuple[Told, ...] = ()

    def told_in_welsh(self) -> Case:
        """The same case with the texts of its scheme and tender in Welsh, as far as they are.

        Raises:
            Refused: naming the plugin at fault that is not when it is asked again.
        """
        return replace(self, state=told_in_welsh(self.state))

    @property
    def compiled(self) -> CompiledScheme:
        """The scheme, or while prices are closed the part of it that reads no price."""
        return self.state.compiled

    def plan(self, lot: str) -> Plan:
        """The plan of a lot: its own where criteria or weights differ between lots."""
        return self.compiled.for_lot(lot).plan

    @property
    def bids(self) -> Bids:
        """The bids as they stand after everything that was entered; those that are out are marked so.

        Marks that the scheme computes stand in the place of agreed ones.
        """
        return self.compiled.with_computed_marks(self.state.bids)

    def bids_for(self, lot: str) -> Bids:
        """The bids as they stand for a lot, or for the tender where there are none."""
        return self.bids.for_lot(lot) if lot else self.bids

    @property
    def evaluations(self) -> Mapping[str, Evaluation]:
        """By lot id, with the one key ``""`` for a tender without lots; nothing before anything was evaluated."""
        return self.state.evaluations

    @property
    def across(self) -> AcrossLots | None:
        """What a mechanism decided that awards the lots together."""
        return self.state.across

    @property
    def stage(self) -> str:
        """``quality`` while prices are closed or not counted yet: ranks then say nothing; else ``complete``."""
        return self.state.stage

    def phase(self, lot: str | None = None) -> Phase:
        """How far a lot has come; without one, the least advanced of them."""
        return self.state.phase(lot)

    def evaluated(self, lot: str) -> bool:
        """Whether there is a result of a lot, across quality and price, that may be told."""
        return self.state.phase(lot).evaluated and "evaluate" in self.state.reached

    def decided(self, lot: str) -> bool:
        """Whether the award of a lot, or of the tender, is decided."""
        return self.state.phase(lot).decided

    def decision(self, lot: str) -> Decision | None:
        """What was decided of a lot."""
        return self.state.decided.get(lot) if self.decided(lot) else None

    def standstill(self, lot: str | None = None) -> Standstill | None:
        """The standstill period from the day of the award notice that was entered; None where there is none.

        Args:
            lot: of which lot; without one, that of the last notice, once everything is decided.
        """
        if lot is None and not self.phase().decided:
            return None
        decisions = [self.decision(one) for one in (self.state.lots if lot is None else (lot,))]
        days = [found.notice_on for found in decisions if found and found.notice_on]
        return standstill(date.fromisoformat(max(days)), self.state.whole.scheme.regime) if days else None

    def awarded(self, lot: str) -> tuple[str, ...]:
        """The bids that are awarded a lot, or the tender where there are none; nobody while that is open."""
        return self.state.winners(lot)

    def announced(self, lot: str, *, draft: bool = False) -> tuple[str, ...]:
        """The bids whose suppliers may be named outside as awarded a lot: nobody before it is decided, but in a draft.

        Whatever leaves the authority asks this, and names no other bidder to third parties unless it is told to.
        """
        return self.awarded(lot) if self.evaluated(lot) and (draft or self.decided(lot)) else ()

    def undecided(self, lot: str) -> bool:
        """Whether a tie or a matter leaves the award of a lot, or of the tender, open."""
        return self.state.phase(lot) == Phase.UNDECIDED

    def tied(self, lot: str) -> bool:
        """Whether a tie leaves open who is awarded a lot."""
        return self.state.tied(lot)

    def bid_status(self, bid: str, lot: str) -> str:
        """The status of a bid for a lot: stands, rejected, not_shortlisted, withdrawn, excluded or disregarded."""
        if removal := self.state.removal(bid, lot):
            return removal.removed.kind
        found = self.evaluations[lot].find(bid) if lot in self.evaluations else None
        return "stands" if found is None or found.status == "ranked" else found.status

    def told_by(self, bid: Bid) -> str:
        """The lot by which it is told how a bid for several stands: one in which it stands, or else its first."""
        return next((lot for lot in bid.lots if self.bid_status(bid.id, lot) == "stands"), next(iter(bid.lots)))

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Every matter that was opened, as it is now."""
        found = {matter.id: matter for told in self.acts for matter in told.opened}
        found |= {matter.id: matter for told in self.acts for matter in told.closed}
        return tuple(found.values())

    def of_kind(self, *kinds: str) -> tuple[Entry, ...]:
        """The entries of some kinds, in order."""
        return tuple(e for e in self.entries if e.kind in kinds)

    @property
    def corrections(self) -> tuple[Told, ...]:
        """Every figure that was put right after it was recorded, which each report must show."""
        return tuple(t for t in self.acts if t.act.kind in ("correct", "correct_file"))
