"""The panel changed once the case is open: who leaves gave no marks that count, who comes declares first."""

from __future__ import annotations

from dataclasses import replace

from tender_eval.case.inputs import file_of
from tender_eval.case.interests import marks_of, without_barred
from tender_eval.case.panel.marks import check_criteria
from tender_eval.case.panel.sheets import Questions
from tender_eval.case.state import State
from tender_eval.case.step import Step, Taken
from tender_eval.files.panel import read_panel
from tender_eval.model.diagnostics import Problems


def change_panel(step: Step, state: State) -> Taken:
    """Another panel takes the place of the one that the case was opened with, or had since.

    Marks of whoever is not of it any more, and marks that somebody is not to give any more, are set aside.

    Raises:
        Refused: with every problem of its file; TE087 where the case has no panel, or this is the one that it has.
    """
    if state.panel is None:
        step.refuse("the case has no panel", "give its people when it is opened: case open --panel PANEL.yaml")
    problems = Problems()
    panel = read_panel(file_of(step.act.body["file"]), problems)
    if panel:
        check_criteria(panel, state.whole.plan, problems)
    panel = problems.sound(panel)
    if panel.people == state.panel.people:
        step.refuse("this is the panel that the case has", "leave it as it is")
    kept, questions = {one.id: one for one in panel}, Questions(state)
    bids = {bid.id: bid for bid in state.received.bids} if state.received else {}
    given = {
        person: {
            key: one
            for key, one in marks.items()
            if person in kept and key.criterion in questions.of_bid(kept[person], bids[key.bid], key.lot)
        }
        for person, marks in state.given.items()
    }
    aside = [key for person, marks in state.given.items() for key in marks if key not in given.get(person, {})]
    received = state.received
    if received:
        left = [one.id for one in state.panel if one.id not in kept]
        aside += [key for person in left for key in marks_of(person, received.bids)]
        received = without_barred(received, {bid.id: dict.fromkeys(left) for bid in received.bids})
    made = replace(state, panel=panel, given={who: marks for who, marks in given.items() if marks}, received=received)
    return Taken(made, marks=tuple(aside))
