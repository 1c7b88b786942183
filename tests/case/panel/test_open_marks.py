"""Marks that a panel owes, told when they are to be locked."""

from __future__ import annotations

from acting import AT, Acting
from desks import SCHEME, given, opened

COMPUTED = SCHEME.replace("panel: {divergence: 2}", "panel: {marks: mean, of: marks, least: 2}")
BIDS = ("alder", "birch", "cedar")


def told(case: Acting) -> list[tuple[str, str, str]]:
    return [(d.code, d.message, d.hint) for d in case.refused("lock", AT)]


def test_marks_that_are_not_agreed_are_the_panel_s_to_agree() -> None:
    case = opened()
    who = "panel status says who owes marks; then panel meeting writes what is to be agreed, and panel agree enters it"
    assert told(case) == [
        ("TE052", 'no mark is agreed for "care" of alder, birch, cedar', who),
        ("TE052", 'no mark is agreed for "voice" of alder, birch, cedar', who),
    ]
    for person, bids in (("ann", BIDS), ("bob", BIDS[:2])):
        case("submit_marks", person=person, marks=[given(bid, name, "4") for bid in bids for name in ("care", "voice")])
    case("submit_marks", person="cat", marks=[given(bid, "voice", "4") for bid in BIDS])
    case("agree", marks=[given(bid, "voice", "4") for bid in BIDS], present=["ann"])
    assert told(case) == [
        (
            "TE052",
            'no mark is agreed for "care" of alder, birch, cedar',
            "panel meeting writes what is to be agreed, and panel agree enters it",
        )
    ]
    case("agree", marks=[given(bid, "care", "4") for bid in BIDS], present=["ann"])
    case("lock")


def test_of_computed_marks_it_is_told_who_gave_too_few() -> None:
    case = opened(COMPUTED)
    for person in ("ann", "bob"):
        marks = [given(bid, "care", "4") for bid in ("alder", "birch")]
        case("submit_marks", person=person, marks=marks)
    messages = [message for _, message, _ in told(case)]
    assert messages == [
        'too few gave marks for "care" of cedar',
        'too few gave marks for "voice" of alder, birch, cedar',
    ]
