"""What is said after sheets were written or taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tender_eval.case.panel.progress import compared
from tender_eval.case.panel.sheets import to_mark
from tender_eval.case.state import State
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert
from tender_eval.model.panel import Person
from tender_eval.report.record.head import told_of_record

if TYPE_CHECKING:
    from tender_eval.audit.collecting import Collected

t = catalogue("panel")


def sheet_line(state: State, person: Person, file: str) -> str:
    """A sheet that was written."""
    return _line(t.count("sheet.written", len(to_mark(state, person)), file=file, person=person.name))


def meeting_line(state: State, file: str) -> str:
    """The chair's sheet that was written."""
    found = compared(state)
    return _line(t("meeting.written", file=file, n=len(found), apart=sum(one.apart for one in found)))


def collected_text(record: str, found: Collected) -> str:
    """What became of sheets, and who still owes marks; then the record's length and head."""
    lines = [_taken(found, file) for file in found.told]
    lines += [_line(t("known", file=file)) for file in found.known]
    state = found.state
    people = {told.act.said("person") for told in found.told.values()}
    lines += [_owed(state, one) for one in (state.panel if state and state.panel else ()) if one.id in people and state]
    return "".join(lines) + (told_of_record(record, found.written) if found.told and found.written else "")


def _taken(found: Collected, file: str) -> str:
    act = found.told[file].act
    marks = act.body.get("marks")
    count = len(marks) if isinstance(marks, list | tuple) else 0
    if act.kind == "agree":
        return _line(t.count("agreed", count, file=file, entry=act.number))
    person = found.state.panel.find(act.said("person")) if found.state and found.state.panel else None
    key = "collected replaced" if act.said("replaces") else "collected"
    return _line(t.count(key, count, file=file, person=person.name if person else "", entry=act.number))


def _owed(state: State, person: Person) -> str:
    given = state.given.get(person.id, {})
    missing = sum(1 for key in to_mark(state, person) if key not in given)
    return _line(t.count("missing", missing, person=person.name) if missing else t("complete", person=person.name))


def _line(text: str) -> str:
    return f"{inert(text)}\n"
