"""What comes next while a panel marks: the command that is due, and no lock while marks are out."""

from __future__ import annotations

from acting import ONE, source
from acting import Acting as Plain
from desks import SCHEME, given, opened

from tender_eval.case.next import next_acts
from tender_eval.case.state import State

KEYS = [(bid, criterion) for bid in ("alder", "birch", "cedar") for criterion in ("care", "voice")]
OUT, IN = "tender-eval panel sheets r.jsonl --out FOLDER", "tender-eval panel collect r.jsonl FILES"
MEET = ["tender-eval panel meeting r.jsonl --out FILE.xlsx", "tender-eval panel agree r.jsonl FILE.xlsx"]
LOCK = "tender-eval case lock r.jsonl"
MEAN = SCHEME.replace("panel: {divergence: 2}", "panel: {marks: mean, of: marks, least: 2, divergence: 2}")
THEIRS = {"ann": KEYS, "bob": [k for k in KEYS if k[0] != "cedar"], "cat": [k for k in KEYS if k[1] == "voice"]}


def due(state: State) -> list[str]:
    return [one.typed("r.jsonl") for one in next_acts(state)]


def test_sheets_go_out_and_come_in_then_the_panel_meets_and_then_it_locks() -> None:
    case = opened()
    assert due(case.state) == [OUT, IN]
    for person, keys in THEIRS.items():
        case("submit_marks", person=person, marks=[given(b, c, "4") for b, c in keys])
        assert due(case.state) == (MEET if person == "cat" else [IN])
    agreed = [given(b, c, "4", f"Named leads in {b}, {c}") for b, c in KEYS]
    case("agree", present=["ann", "bob"], marks=agreed[:1])
    assert due(case.state) == MEET
    case("agree", present=["ann", "bob"], marks=agreed[1:])
    assert due(case.state) == [LOCK]


def test_marks_that_are_agreed_wait_for_nobody() -> None:
    case = opened()
    case("agree", present=["ann"], marks=[given(b, c, "4", f"Named leads in {b}, {c}") for b, c in KEYS])
    assert due(case.state) == [LOCK]


def test_a_computed_mark_is_due_from_enough_people_and_no_meeting_is() -> None:
    case = opened(MEAN.replace("least: 2", "least: 1"))
    assert due(case.state) == [OUT, IN]
    case("submit_marks", person="ann", marks=[given(b, c, "4") for b, c in KEYS])
    assert due(case.state) == [IN, LOCK]
    for person in ("bob", "cat"):
        case("submit_marks", person=person, marks=[given(b, c, "4") for b, c in THEIRS[person]])
    assert due(case.state) == [LOCK]


def test_where_too_many_abstained_somebody_has_to_mark_after_all() -> None:
    case = opened(MEAN.replace("least: 2", "least: 1"))
    for person, keys in THEIRS.items():
        case("submit_marks", person=person, marks=[given(b, c, "abstain") for b, c in keys])
    assert due(case.state) == ["tender-eval panel collect r.jsonl FILES --replace REASON"]


def test_a_case_without_a_panel_is_locked_as_before() -> None:
    case = Plain.opened()
    case("receive", file=source("bids.yaml", ONE))
    assert due(case.state) == [LOCK]
