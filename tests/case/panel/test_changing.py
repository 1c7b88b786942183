"""The panel changed once the case is open."""

from __future__ import annotations

from acting import source
from desks import PANEL, given, opened, refused

from tender_eval.model.panel import OneMark

WITHOUT_ANN = PANEL.replace("{id: ann, name: Ann Archer,", "{id: eve, name: Eve Ellis,")


def test_marks_of_whoever_leaves_are_set_aside_and_whoever_comes_declares_first() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "4")])
    case("submit_marks", person="bob", marks=[given("alder", "care", "3")])
    told = case("change_panel", file=source("panel.yaml", WITHOUT_ANN), reason="She left")
    assert told.marks == (OneMark("alder", "", "care"),)
    assert set(case.state.given) == {"bob"}
    assert [one.id for one in case.state.undeclared] == ["eve"]
    assert refused(case, "submit_marks", person="eve", marks=[given("alder", "care", "4")])[0][0] == "TE087"
    case("declare_interest", person="eve", none="true")
    case("submit_marks", person="eve", marks=[given("alder", "care", "4")])


def test_marks_that_somebody_gives_no_more_are_set_aside() -> None:
    case = opened()
    case("submit_marks", person="bob", marks=[given("alder", "care", "3"), given("alder", "voice", "3")])
    fewer = PANEL.replace("practitioner}", "practitioner, criteria: [care]}")
    assert case("change_panel", file=source("panel.yaml", fewer), reason="x").marks == (OneMark("alder", "", "voice"),)


def test_what_a_change_of_the_panel_must_be() -> None:
    case = opened()
    assert refused(case, "change_panel", file=source("p.yaml", PANEL), reason="x") == [
        ("TE087", "this is the panel that the case has")
    ]
    nobody = PANEL.replace("commissioner,", "commissioner, criteria: [care],").replace(
        "practitioner", "x, criteria: [care]"
    )
    nobody = nobody.replace("criteria: [voice]", "criteria: [care]")
    assert refused(case, "change_panel", file=source("p.yaml", nobody), reason="x") == [
        ("TE021", 'nobody of the panel marks "voice"')
    ]
