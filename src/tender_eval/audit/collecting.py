"""Sheets that came back, entered in a record: each file is one act, and what is at fault in one stops no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tender_eval.audit.chain import Draft
from tender_eval.audit.store import Written, append
from tender_eval.audit.writing import checked_state, drafts_of_act, renewed
from tender_eval.base.canonical import Data
from tender_eval.case.acts import Act, Entry
from tender_eval.case.fold import Told
from tender_eval.case.panel.agreeing import agreed_of, present_of
from tender_eval.case.panel.declaring import note_undeclared
from tender_eval.case.panel.giving import as_data, checked, exactly, news
from tender_eval.case.panel.sheets import MEETING, check_of, reference
from tender_eval.case.state import State
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, did_you_mean
from tender_eval.model.location import Location
from tender_eval.model.panel import Person, Returned
from tender_eval.plugins.catalogue import Catalogue

_RETURN = "return the sheet that tender-eval panel wrote for this case"


class Collected(NamedTuple):
    """What became of sheets: the acts that were entered, by file, files of which nothing was new, and faults."""

    written: Written | None
    state: State | None
    told: Mapping[str, Told]
    known: tuple[str, ...]
    faults: tuple[Diagnostic, ...]


class Sheet(NamedTuple):
    """A file, and what it says as it was returned."""

    source: Source
    returned: Returned


Say = Callable[[State, str, Sheet, Problems], Mapping[str, Data] | None]
"""What an act of a sheet says, by the case and its reference; None where nothing is new. Faults are noted."""


def collect(
    path: Path, sheets: Sequence[Sheet], kind: str, say: Say, by: tuple[str, ...], catalogue: Catalogue, at: str
) -> Collected:
    """Enter an act for each of some sheets, in one write under the lock of the record.

    Raises:
        Refused: TE092 or TE081 where the record does not hold.
    """
    found: list[Collected] = []

    def drafts(entries: tuple[Entry, ...]) -> list[Draft]:
        state, case = checked_state(path, entries, catalogue), reference(entries[0].hash)
        first = renewed(entries, catalogue)
        made, told, known, faults = list[Draft](), dict[str, Told](), list[str](), list[Diagnostic]()
        for sheet in sheets:
            try:
                problems = Problems()
                said = say(state, case, sheet, problems)
                problems.refuse()
                if said is None:
                    known.append(sheet.source.name)
                    continue
                whole = {**said, **_of_file(sheet.source), **({"made_by": list(by)} if by else {})}
                taken: list[tuple[State, Told]] = []
                act = Act(len(entries) + len(first) + len(made), kind, whole, at)
                state, more = drafts_of_act(state, act, catalogue, Location(sheet.source.name), taken)
                made += more
                told[sheet.source.name] = taken[-1][1]
            except Refused as e:
                faults += e.diagnostics
        found[:] = [Collected(None, state, told, tuple(known), tuple(faults))]
        return [*first, *made] if made else []

    written = append(path, at, drafts)
    return found[0]._replace(written=written)


def _of_file(source: Source) -> dict[str, Data]:
    return {"sheet": {"name": source.name, "sha256": source.sha256}}


def marks_of_sheet(replaces: str) -> Say:
    """What an act of somebody's own sheet says.

    Args:
        replaces: why marks take the place of those that the person gave before; empty where none may.
    """

    def say(state: State, case: str, sheet: Sheet, problems: Problems) -> Mapping[str, Data] | None:
        returned = sheet.returned
        person = _person_of(state, case, returned, problems)
        if person is None:
            return None
        note_undeclared(state, [one for one in state.undeclared if one == person], returned.where, problems)
        before = state.given.get(person.id, {})
        found = checked(returned.rows, person, state, problems, replaces=bool(replaces))
        new = news(before, found)
        if not new:
            return None
        stated = {key: exactly(one.mark) for key, one in new.items()}
        said: dict[str, Data] = {"person": person.id, "marks": as_data(returned.rows, stated)}
        return said | ({"replaces": replaces} if replaces and before.keys() & new.keys() else {})

    return say


def marks_of_meeting(replaces: str) -> Say:
    """What an act of a meeting's sheet says; see `marks_of_sheet`."""

    def say(state: State, case: str, sheet: Sheet, problems: Problems) -> Mapping[str, Data] | None:
        returned = sheet.returned
        if not _of_case(returned, case, MEETING, problems):
            return None
        present = present_of(returned.present, state, returned.where, problems)
        found = agreed_of(returned.rows, present, state, problems, replaces=bool(replaces))
        rows = as_data(returned.rows, {row.key: row.mark for row in returned.rows if row.key in found})
        if not rows:
            return None
        said: dict[str, Data] = {"marks": rows, "present": [one.id for one in present]}
        return said | ({"replaces": replaces} if replaces else {})

    return say


def _person_of(state: State, case: str, returned: Returned, problems: Problems) -> Person | None:
    """Whose sheet it is, where it is one of this case and of somebody of its panel; else that is noted."""
    person = next((one for one in state.panel or () if one.id == returned.person), None)
    if person is None:
        message = f'this is a sheet of "{returned.person}", who is nobody of the panel'
        known = [one.id for one in state.panel or () if one.marks]
        problems.add("TE530", returned.where, message, did_you_mean(returned.person, known))
        return None
    return person if _of_case(returned, case, person, problems) else None


def _of_case(returned: Returned, case: str, person: Person, problems: Problems) -> bool:
    """Whether a sheet is one of this case, and of the person that it names; else that is noted."""
    if returned.case != case:
        message = f"this is a sheet of another case: of {returned.case or 'none'}, not of {case}"
        problems.add("TE533", returned.where, message, _RETURN)
        return False
    if returned.check != check_of(case, person):
        message = f"whose sheet this is was changed: it says {person.id}, and was written for somebody else"
        problems.add("TE533", returned.where, message, _RETURN)
        return False
    return True
