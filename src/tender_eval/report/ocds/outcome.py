"""How far a tender has come, in the codes of OCDS: read from the state of its case, and from nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from tender_eval.case.case import Case
from tender_eval.case.phases import Phase
from tender_eval.report.case.phase_checks import check_evaluated, not_decided


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a tender has come, and all that a release may say of its result; nothing else decides it.

    Attributes:
        tender: the status of the tender: active, complete, unsuccessful or cancelled; it is published already.
        lots: that of each lot, by lot id, with the one key ``""`` for a tender without lots; nothing before bids are
            in, with which the lots come.
        winners: the bids that are awarded each lot; none where nothing is decided or to be told yet.
        told: the lots of whose bids anything may be told, with their ranks, and as valid or not.
        awards: the status of the awards of each lot: pending or active.
        draft: whether the release is a draft, and says so.
        summaries_sent_on: the day on which the assessment summaries were sent; None where it is not said.
        signed_on: by lot, the day on which its contracts were signed; those of which it is not said have none.
    """

    tender: str
    lots: Mapping[str, str]
    winners: Mapping[str, tuple[str, ...]]
    told: Collection[str]
    awards: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False
    summaries_sent_on: date | None = None
    signed_on: Mapping[str, date] = field(default_factory=dict)


def outcome_of(
    case: Case,
    at: str,
    *,
    draft: bool = False,
    record: str = "RECORD",
    summaries_sent_on: date | None = None,
    signed_on: Mapping[str, date] | None = None,
) -> Outcome:
    """The outcome as a release at a time may tell it; before all is evaluated, that the tender is under way.

    Args:
        at: when it is published (RFC 3339): the awards of a lot are active once its standstill period has ended by
            then, its contract is signed, or the case is closed.
        draft: tell of what is evaluated and not decided too; the release then says that it is a draft.
        record: the record's file, as the commands of what comes next name it.
        summaries_sent_on: see `Outcome`; so is `signed_on`.

    Raises:
        Refused: naming what comes next: TE088 where all is evaluated and no award is decided; for a draft, TE087 where
            that was set aside.
    """
    lots = case.state.lots
    if not any(map(case.decided, lots)) and any(case.phase(lot) in _OPEN for lot in lots):
        if not draft:
            raise not_decided(case, "notices", lots, record)
        check_evaluated(case, "release", record)
    told = [lot for lot in lots if case.evaluated(lot) and (draft or case.decided(lot))]
    winners = {lot: case.announced(lot, draft=draft) for lot in lots}
    statuses = {lot: _status(case, lot, winners[lot]) for lot in lots}
    over = all(map(case.decided, lots))
    signed = {lot: day for lot, day in (signed_on or {}).items() if case.decided(lot)}
    return Outcome(
        tender=next(one for one in _STATUSES if one in statuses.values()) if over else "active",
        lots=statuses if case.state.received else {},
        winners=winners,
        told=frozenset(told),
        awards={lot: "active" if lot in signed or _in_force(case, lot, at) else "pending" for lot in told},
        draft=draft and not over,
        summaries_sent_on=summaries_sent_on,
        signed_on=signed,
    )


_OPEN = (Phase.EVALUATED, Phase.UNDECIDED, Phase.SET_ASIDE)
_STATUSES = ("complete", "unsuccessful", "cancelled")
"""What the whole tender is, by its lots: the first that any of them is."""


def _status(case: Case, lot: str, winners: tuple[str, ...]) -> str:
    """The status of a lot; where nobody is awarded it, whether anybody could have been."""
    decision = case.decision(lot)
    if decision is None:
        return "active"
    if winners:
        return "complete"
    if case.evaluated(lot):
        return "cancelled" if case.state.awarded(lot) or case.tied(lot) else "unsuccessful"
    return "cancelled" if decision.early or case.state.received else "unsuccessful"


def _in_force(case: Case, lot: str, at: str) -> bool:
    """Whether the awards of a lot are in force: not before its standstill period is over, or the case is closed."""
    if not case.decided(lot):
        return False
    period = case.standstill(lot)
    return case.phase(lot) == Phase.CLOSED or (period is not None and at[:10] > period.ends.isoformat())
