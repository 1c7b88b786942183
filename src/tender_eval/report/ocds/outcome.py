"""How far a tender has come, in the codes of OCDS: read from the state of its case, and from nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from tender_eval.case.case import Case
from tender_eval.case.due import not_due
from tender_eval.case.phases import Phase
from tender_eval.model.diagnostics import Refused
from tender_eval.regime.standstill import standstill
from tender_eval.report.case.told import check_evaluated


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a tender has come, and all that a release may say of its result; nothing else decides it.

    Attributes:
        tender: the status of the tender: planned, active, complete, unsuccessful, cancelled or withdrawn.
        lots: that of each lot, by lot id, with the one key ``""`` for a tender without lots.
        winners: the bids that are awarded each lot; none where nothing is decided or to be told yet.
        ranked: the lots whose bids may be told with their ranks, and as valid or not.
        award: the status of the awards: pending, active, cancelled or unsuccessful.
        draft: whether the release is a draft, and says so.
    """

    tender: str
    lots: Mapping[str, str]
    winners: Mapping[str, tuple[str, ...]]
    ranked: Collection[str]
    award: str = "pending"
    draft: bool = False


def outcome_of(case: Case, at: str, *, draft: bool = False, record: str = "RECORD") -> Outcome:
    """The outcome as a release at a time may tell it.

    Args:
        at: when it is published (RFC 3339): an award is active once its standstill period has ended by then, or the
            case is closed.
        draft: tell of what is evaluated and not decided too; the release then says that it is a draft.
        record: the record's file, as the commands of what comes next name it.

    Raises:
        Refused: naming what comes next: TE088 before an award is decided; for a draft, TE087 before all is evaluated.
    """
    if draft:
        check_evaluated(case, "release", record)
    elif not any(map(case.decided, case.state.lots)):
        raise Refused([not_due(case, "award notices", case.state.lots, record)])
    told = [lot for lot in case.evaluations if (case.phase(lot).evaluated if draft else case.decided(lot))]
    winners = {lot: case.awarded(lot) if lot in told else () for lot in case.evaluations}
    lots = {lot: _status(case, lot, winners[lot]) for lot in case.evaluations}
    over = all(map(case.decided, case.evaluations))
    tender = "active" if not over else "complete" if any(winners.values()) else "unsuccessful"
    return Outcome(tender, lots, winners, frozenset(told), _award(case, at), not all(map(case.decided, told)))


def _status(case: Case, lot: str, winners: tuple[str, ...]) -> str:
    return "active" if not case.decided(lot) else "complete" if winners else "unsuccessful"


def _award(case: Case, at: str) -> str:
    """Whether the awards are in force: not before the standstill period is over, or the case is closed."""
    decided = [lot for lot in case.evaluations if case.decided(lot)]
    return "active" if decided and all(_in_force(case, lot, at) for lot in decided) else "pending"


def _in_force(case: Case, lot: str, at: str) -> bool:
    if case.phase(lot) == Phase.CLOSED:
        return True
    decision = case.decision(lot)
    if decision is None or not decision.notice_on:
        return False
    period = standstill(date.fromisoformat(decision.notice_on), case.state.whole.scheme.regime)
    return period is not None and at[:10] > period.ends.isoformat()
