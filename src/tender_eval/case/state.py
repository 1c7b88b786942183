"""Where a case stands: what the acts so far come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tender_eval.case.interests import OPEN, Given, Interest, barred, with_given, without_barred
from tender_eval.case.phases import Phase, least
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bid, Bids, bid_of
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.explanation.reasons import Removed
from tender_eval.model.panel import OneMark, Panel, Person

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots

QUALITY, COMPLETE = "quality", "complete"
WHOLE = ""
"""Stands for the tender where it has no lots, and in what people enter for all its lots."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that was asked and must be settled before a decision; ``closed_by`` is the entry that closed it."""

    id: str
    kind: str
    bid: str
    lot: str
    opened_by: int
    closed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """A bid was taken out of a lot, or of everything: by an entry, or where ``entry`` is None by its own file."""

    removed: Removed
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a lot, or of the tender: who is awarded, or why nobody is.

    ``notice_on`` is the day of the award notice (ISO 8601), where it was entered; ``early`` whether tenders could still
    come in.
    """

    entry: int
    winners: tuple[str, ...]
    no_award: str = ""
    notice_on: str = ""
    early: bool = False


@dataclass(frozen=True)  # without slots, so that its bids are worked out once
class State:
    """A case at one moment.

    Attributes:
        whole: the scheme in force.
        quality: the part of it that reads no price, where the marks of a case with two envelopes are locked.
        received: the bids with every figure as it stands, marked as taken out only where their own file says so; None
            before there are any.
        reached: by the kind of act (receive, lock, open_prices, evaluate, close), the entry that got the case there.
        opened: the entry that says that sealed prices are being opened, once there is one.
        sealed: the digest of the file of prices that is committed: received sealed, or known since its first reading.
        sealed_by: the entry that committed it.
        evaluations: by lot, with the one key "" where there are none; of the quality part until all is evaluated.
        recorded: whether they stand in the record as they are now.
        removed: by bid and lot, with the lot "" for all of them.
        settled: by lot, bids in the order in which a tie was settled.
        matters: those that are open, by id; ``asked`` is how many there ever were.
        aside: by lot, the entry that set it aside, until it is evaluated again.
        amended: the entries that amended the scheme after bids were in.
        panel: its people, where the case was opened with one.
        interests: those of its people in suppliers, the last entry about each.
        declared: by the id of a person, the last entry by which they declared an interest, or none.
        named: the entry that first named the newest of the suppliers.
        offers: by bid, the round of its last offer, where that is a later one than the first.
        given: what people of the panel gave on sheets of their own, by their ids.
    """

    whole: CompiledScheme
    quality: CompiledScheme | None = None
    received: Bids | None = None
    reached: Mapping[str, int] = field(default_factory=dict)
    opened: int | None = None
    sealed: str = ""
    sealed_by: int | None = None
    evaluations: Mapping[str, Evaluation] = field(default_factory=dict)
    across: AcrossLots | None = None
    recorded: bool = False
    removed: Mapping[tuple[str, str], Removal] = field(default_factory=dict)
    settled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    matters: Mapping[str, Matter] = field(default_factory=dict)
    asked: int = 0
    decided: Mapping[str, Decision] = field(default_factory=dict)
    aside: Mapping[str, int] = field(default_factory=dict)
    amended: tuple[int, ...] = ()
    panel: Panel | None = None
    interests: tuple[Interest, ...] = ()
    declared: Mapping[str, int] = field(default_factory=dict)
    named: int = 0
    given: Mapping[str, Mapping[OneMark, Given]] = field(default_factory=dict)
    offers: Mapping[str, int] = field(default_factory=dict)

    @property
    def lots(self) -> tuple[str, ...]:
        """The lots, or the one key "" where there are none."""
        return tuple(lot.id for lot in self.received.tender.lots) or (WHOLE,) if self.received else (WHOLE,)

    @property
    def round(self) -> int:
        """The last round of which there are offers."""
        return max(self.offers.values(), default=1)

    @property
    def at_one_sitting(self) -> bool:
        """Whether scheme and bids came together, marks and all: nobody is named who made an act then."""
        return "receive" in self.reached and self.reached["receive"] == self.reached.get("lock")

    @property
    def refused_prices(self) -> bool:
        """Whether a file of prices is committed and was opened, but none was taken yet: one that was at fault."""
        return bool(self.sealed) and self.opened is not None and "open_prices" not in self.reached

    @property
    def compiled(self) -> CompiledScheme:
        """The scheme, or the part of it, that is evaluated now."""
        return self.quality if self.quality and self.stage == QUALITY else self.whole

    @property
    def stage(self) -> str:
        """Whether the evaluations are of the quality part, with prices closed or not counted yet."""
        return QUALITY if self.quality and "evaluate" not in self.reached else COMPLETE

    @cached_property
    def bids(self) -> Bids:
        """The bids as they are evaluated: those that were taken out are marked so, ties are as they were settled, and
        marks of people stand beside those agreed, and marks of those who may not give them are set aside.
        """
        if self.received is None:
            return Bids(())
        received = self.received
        if self.panel is not None:
            received = replace(received, roles={one.id: one.role for one in self.panel if one.role})
        found = with_given(received, self.counted) if self.given else received
        found = without_barred(found, self.barred) if self.barred else found
        if not self.removed and not self.settled:
            return found
        bids = tuple(self._with_removals(bid) for bid in found.bids)
        return replace(found, bids=bids, settled=dict(self.settled))

    @cached_property
    def barred(self) -> Mapping[str, Mapping[str, Interest]]:
        """By bid, the ids of those of the panel who may not mark it, each with the interest for which."""
        return barred(self.interests, self.received.bids) if self.received and self.interests else {}

    @cached_property
    def counted(self) -> Mapping[str, Mapping[OneMark, Given]]:
        """What people gave on sheets of their own, without what somebody gave a bid that they may not mark."""
        return {
            person: {key: one for key, one in marks.items() if person not in self.barred.get(key.bid, {})}
            for person, marks in self.given.items()
        }

    @property
    def undeclared(self) -> tuple[Person, ...]:
        """The people of the panel who did not declare their interests since the last supplier was named."""
        return tuple(one for one in self.panel or () if self.declared.get(one.id, -1) < self.named)

    @property
    def unsettled(self) -> tuple[Interest, ...]:
        """The interests of which it is not decided whether the person may mark."""
        return tuple(one for one in self.interests if one.outcome == OPEN)

    def _with_removals(self, bid: Bid) -> Bid:
        whole = self.removed.get((bid.id, WHOLE))
        lots = {
            lot: replace(part, removed=found.removed) if (found := self.removed.get((bid.id, lot))) else part
            for lot, part in bid.lots.items()
        }
        return replace(bid, removed=whole.removed if whole else bid.removed, lots=lots)

    @cached_property
    def out(self) -> Mapping[tuple[str, str], Removal]:
        """The bids that are out, by bid and lot, with the lot "" for all of them."""
        found: dict[tuple[str, str], Removal] = {}
        for bid in self.received.bids if self.received else ():
            for lot, removed in ((WHOLE, bid.removed), *((lot, part.removed) for lot, part in bid.lots.items())):
                if removed:
                    found[bid.id, lot] = Removal(removed)
        return {**found, **self.removed}

    def removal(self, bid: str, lot: str = WHOLE) -> Removal | None:
        """How a bid was taken out of a lot, if it was."""
        own = bid_of(bid)
        return self.out.get((own, lot)) or self.out.get((own, WHOLE))

    @property
    def given_up(self) -> frozenset[str]:
        """The lots of which it was decided that nobody is awarded them: they count for no other."""
        return frozenset(lot for lot, found in self.decided.items() if not found.winners)

    def awarded(self, lot: str) -> tuple[str, ...]:
        """The bids that come first by the evaluation, at the places there are; with those of an open tie by itself."""
        return self.across.winners(lot) if self.across else self.evaluations[lot].winner

    def tied(self, lot: str) -> bool:
        """Whether a tie leaves open who is awarded."""
        if "evaluate" not in self.reached:
            return False
        return lot in self.across.undecided if self.across else self.evaluations[lot].tied

    def blocking(self, lot: str) -> tuple[Matter, ...]:
        """The open matters that keep a lot from being decided."""
        return tuple(m for m in self.matters.values() if m.lot in (lot, WHOLE) or lot == WHOLE)

    def phase(self, lot: str | None = None) -> Phase:
        """How far a lot has come; without one, the least advanced of them."""
        if lot is None:
            return least([self.phase(one) for one in self.lots])
        if lot in self.aside:
            return Phase.SET_ASIDE
        if lot in self.decided:
            return Phase.CLOSED if "close" in self.reached else Phase.DECIDED
        return self.without_decision(lot)

    def without_decision(self, lot: str) -> Phase:
        """How far a lot would have come if nothing had been decided or set aside of it."""
        if "evaluate" in self.reached:
            return Phase.UNDECIDED if self.tied(lot) or self.blocking(lot) else Phase.EVALUATED
        for kind, phase in _BEFORE:
            if kind in self.reached:
                return phase
        return self._of_bids()

    def due_by(self, lot: str) -> Phase:
        """The phase by which acts are due: what was set aside before it was evaluated goes on from where it stood."""
        phase = self.phase(lot)
        return self.without_decision(lot) if phase == Phase.SET_ASIDE and "evaluate" not in self.reached else phase

    def _of_bids(self) -> Phase:
        if self.received is None:
            return Phase.PUBLISHED
        marked = self.given or any(any(b.marks_by_lot.values()) for b in self.received.bids)
        return Phase.MARKING if marked else Phase.RECEIVED

    def names_winners(self, lot: str) -> bool:
        """Whether who would have been awarded a lot before some act may be named: nothing leaves the award open now,
        and it was not decided that nobody is awarded.
        """
        decision = self.decided.get(lot)
        if decision and not decision.winners:
            return False
        return self.phase(lot) in (Phase.EVALUATED, Phase.DECIDED, Phase.CLOSED)

    def winners(self, lot: str) -> tuple[str, ...]:
        """Who is awarded a lot: as it was decided; before that, by the evaluation, once that leaves nothing open."""
        if decision := self.decided.get(lot):
            return decision.winners if lot not in self.aside else ()
        return self.awarded(lot) if self.phase(lot) == Phase.EVALUATED else ()


_BEFORE = (("open_prices", Phase.PRICES_OPEN), ("lock", Phase.MARKS_LOCKED))
