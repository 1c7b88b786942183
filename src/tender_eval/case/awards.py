"""The award decided, set aside, and the case closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tender_eval.base.times import instant
from tender_eval.case.evaluating import awarded_anew
from tender_eval.case.phases import Phase
from tender_eval.case.state import Decision, State
from tender_eval.case.step import Step, Taken, lots_of, not_due
from tender_eval.case.ties import tied_groups

ENDS = "with --force it is decided all the same, and the procurement ends before its deadline"


def decide(step: Step, state: State) -> Taken:
    """Award a lot, or every lot that is not decided, as evaluated; or award nobody, for a reason.

    Where lots are awarded together, the others are then awarded as if a lot that nobody is awarded were not there.
    """
    act, made = step.act, dict(state.decided)
    without = act.said("no_award") == "true"
    if (day := act.said("notice_on")) and not _is_day(day):
        step.refuse(f'"{day}" is no day', "write it like 2026-05-02", "TE085")
    if without:
        _check_no_award(step, state)
    for lot in [lot for lot in lots_of(step, state) if not state.phase(lot).decided]:
        if not without:
            _check_ready(step, state, lot)
        winners = () if without else state.winners(lot)
        why, early = act.said("reason") if without else "", act.said("forced") == "true"
        made[lot] = Decision(act.number, winners, why, act.said("notice_on"), early)
    made_of = replace(state, decided=made, aside={k: v for k, v in state.aside.items() if k not in made})
    return Taken(_as_without(made_of, state))


def _as_without(state: State, before: State) -> State:
    """The other lots awarded as without those that were given up, where these are others than before."""
    return awarded_anew(state) if before.across and state.given_up != before.given_up else state


def _check_no_award(step: Step, state: State) -> None:
    """See that an award to nobody has its reason, and that tenders can come in no more, unless it is forced.

    A contracting authority may decide not to award at any time after publishing (Procurement Act 2023 s.55(1)); while
    tenders can still come in that is rarely meant.
    """
    act = step.act
    if not act.said("reason").strip():
        step.refuse("an award to nobody has no reason", "give --reason", "TE085")
    if act.said("forced") == "true" or all(not_due("receive", state, lot) for lot in state.lots):
        return
    stated = state.whole.scheme.deadline
    deadline, at = instant(stated), instant(act.at)
    if deadline and at and at <= deadline:
        step.refuse(f"tenders can come in until {stated}", ENDS)
    if deadline is None and state.received is None:
        step.refuse("no tender was received, and the scheme states no deadline until which they can come in", ENDS)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_ready(step: Step, state: State, lot: str) -> None:
    at, phase = f" of lot {lot}" if lot else "", state.phase(lot)
    if phase == Phase.UNDECIDED:
        if state.tied(lot):
            tied = " and ".join(", ".join(group) for group in tied_groups(state.evaluations[lot]))
            step.refuse(f"a tie leaves the award{at} open: {tied}", "case settle enters how it was broken")
        matter = state.blocking(lot)[0]
        message = f"matter {matter.id}, opened by entry {matter.opened_by}, is open"
        step.refuse(message, "case answer or case close-matter closes it, or case disregard takes the bid out")
    if phase != Phase.EVALUATED:
        first = not_due("evaluate", state, lot) or "case evaluate comes first"
        step.refuse(f"nothing can be decided: the phase{at} is {phase.replace('_', ' ')}", first)
    if not state.winners(lot):
        step.refuse(f"nobody can be awarded{at or ' the tender'}", "give --no-award and --reason")


def set_aside(step: Step, state: State) -> Taken:
    """What was decided is undone, and what was evaluated holds no longer, until it is evaluated again."""
    lots = lots_of(step, state)
    decided = {lot: found for lot, found in state.decided.items() if lot not in lots}
    reached = {kind: n for kind, n in state.reached.items() if kind != "close"}
    aside = {**state.aside, **dict.fromkeys(lots, step.act.number)}
    return Taken(_as_without(replace(state, decided=decided, reached=reached, aside=aside), state))


def close(step: Step, state: State) -> Taken:
    """Nothing more is entered, but that it is set aside.

    Raises:
        Refused: TE087 where it is closed already.
    """
    if number := state.reached.get("close"):
        step.refuse(f"the case is closed already, by entry {number}")
    return Taken(replace(state, reached={**state.reached, "close": step.act.number}))
