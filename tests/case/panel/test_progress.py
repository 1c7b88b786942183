"""Where the marks of a panel stand."""

from __future__ import annotations

from desks import given, opened

from tender_eval.case.panel.progress import compared, progress


def test_who_has_given_what() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "4"), given("birch", "care", "abstain")])
    found = {
        one.person.id: (one.asked, one.given, one.abstained, one.missing, one.entry) for one in progress(case.state)
    }
    assert found == {"ann": (6, 1, 1, 4, 5), "bob": (4, 0, 0, 4, None), "cat": (3, 0, 0, 3, None)}


def test_marks_furthest_apart_stand_first() -> None:
    case = opened()
    for person, care, voice in (("ann", "5", "6"), ("bob", "3", "7")):
        case("submit_marks", person=person, marks=[given("alder", "voice", voice), given("birch", "care", care)])
    first, second, third, *_ = compared(case.state)
    assert (first.key.bid, first.key.criterion, first.spread, first.apart, first.missing) == (
        "birch",
        "care",
        2,
        True,
        (),
    )
    assert (second.key.criterion, second.spread, second.apart, second.missing) == ("voice", 1, False, ("cat",))
    assert third.spread is None


def test_what_a_recused_person_gave_is_not_compared() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "5")])
    case("submit_marks", person="bob", marks=[given("alder", "care", "3")])
    case("recuse", person="ann", supplier="Alder House", reason="x")
    row = next(one for one in compared(case.state) if one.key.bid == "alder" and one.key.criterion == "care")
    assert [side.person for side in row.sides] == ["bob"]
