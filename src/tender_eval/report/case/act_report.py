"""What is said after an act was entered: what it did, how the case stands, and how long its record is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tender_eval.case.next import next_acts
from tender_eval.case.state import WHOLE, State
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert
from tender_eval.languages.runs import Inline, runs, strong, text_of
from tender_eval.report.case.effects import effect
from tender_eval.report.case.status import next_line
from tender_eval.report.record.head import told_of_record

if TYPE_CHECKING:
    from tender_eval.audit.store import Written
    from tender_eval.audit.writing import Entered

t = catalogue("case")


def entered_text(record: str, entered: Entered) -> str:
    """An act that was entered: its effect, the phase, what comes next; then the record's length and head."""
    act, state = entered.told.act, entered.state
    lines: list[Inline] = [t.say("entered", entry=act.number, kind=strong(t(f"kind.{act.kind}")))]
    if said := effect(state, entered.told):
        lines.append(said)
    lines += [t.say("matter opened", id=matter.id, kind=t(f"matter.{matter.kind}")) for matter in entered.told.opened]
    lines += [t.say("matter closed", id=matter.id) for matter in entered.told.closed]
    lines.append(_phase(state))
    lines += [t.say("then", what=next_line(step, record)) for step in next_acts(state)]
    return _text(lines) + told_of_record(record, entered.written)


def opened_text(record: str, written: Written, state: State) -> str:
    """A case that was opened."""
    lines = [_phase(state), *(t.say("then", what=next_line(step, record)) for step in next_acts(state))]
    return _text(lines) + told_of_record(record, written)


def _phase(state: State) -> Inline:
    if state.lots == (WHOLE,):
        return t.say("phase", phase=t(f"phase.{state.phase()}"))
    each = [t.say("phase of lot", lot=lot, phase=t(f"phase.{state.phase(lot)}")) for lot in state.lots]
    return t.listed(each)


def _text(lines: list[Inline]) -> str:
    return "".join(f"{inert(text_of(runs(line)))}\n" for line in lines)
