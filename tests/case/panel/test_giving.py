"""Marks that people give by themselves: theirs alone, each with its reason, and none ever overwritten."""

from __future__ import annotations

import pytest
from acting import source
from desks import given, opened, refused

from tender_eval.base.canonical import Data
from tender_eval.case.phases import Phase
from tender_eval.model.panel import OneMark


def test_marks_are_given_and_those_of_a_later_sheet_are_added() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "4")])
    assert case.state.phase() == Phase.MARKING
    case("submit_marks", person="Ann Archer", marks=[given("alder", "care", "4"), given("alder", "voice", "2.5")])
    found = case.state.given["ann"]
    assert {key: (str(one.mark), one.entry) for key, one in found.items()} == {
        OneMark("alder", "", "care"): ("4", 5),
        OneMark("alder", "", "voice"): ("5/2", 6),
    }
    ((code, message),) = refused(case, "submit_marks", person="ann", marks=[given("alder", "care", "4")])
    assert (code, message) == ("TE087", "nothing is new in what Ann Archer gives")


@pytest.mark.parametrize(
    ("person", "mark", "code", "message"),
    [
        ("ann", given("alder", "care", "2"), "TE053",
         'the mark of bid "alder" for "care" is 2, which is no mark of criterion "care"'),
        ("ann", given("alder", "voice", "11"), "TE054",
         'the mark of bid "alder" for "voice" is 11; criterion "voice" allows at most 10'),
        ("ann", given("alder", "voice", "4/5"), "TE014",
         '"4/5" may be 4 out of 5 or a fraction of one; a mark is a plain number'),
        ("ann", given("alder", "care", "4", ""), "TE095", 'the mark of bid "alder" for "care" has no reason'),
        ("ann", given("alder", "care", "", "Good"), "TE095", 'a reason for "care" of bid "alder", and no mark'),
        ("ann", given("elm", "care", "4"), "TE070", 'there is no bid "elm" in the record'),
        ("ann", given("alder", "price", "4"), "TE021", '"price" is no criterion that a panel marks'),
        ("ann", given("alder", "care", "4", lot="n"), "TE056", 'bid "alder" is not for lot "n"'),
        ("bob", given("cedar", "care", "4"), "TE531",
         'Bob Baker may not mark bid "cedar": entry 4 states an interest in Cedar'),
        ("cat", given("alder", "care", "4"), "TE531", 'Cat Cole does not mark "care", as the panel has it'),
        ("dee", given("alder", "care", "4"), "TE531", "Dee Dunn is the chair of the panel, who does not mark"),
        ("eve", given("alder", "care", "4"), "TE530", '"eve" is nobody of the panel'),
    ],
)  # fmt: skip
def test_what_is_refused(person: str, mark: Data, code: str, message: str) -> None:
    assert refused(opened(), "submit_marks", person=person, marks=[mark]) == [(code, message)]


def test_a_mark_stands_once_on_a_sheet() -> None:
    twice: list[Data] = [given("alder", "care", "4"), given("alder", "care", "5")]
    assert [code for code, _ in refused(opened(), "submit_marks", person="ann", marks=twice)] == ["TE020"]


def test_whoever_abstains_says_why_and_gives_no_mark() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "Abstain", "I advised on it")])
    assert case.state.given["ann"][OneMark("alder", "", "care")].mark is None
    case("agree", marks=[given("alder", "care", "4")], present=["bob"])
    assert case.state.bids.bids[0].marks["care"].individual == {}


def test_a_mark_given_before_as_another_is_shown_beside_it_and_replaced_only_for_a_reason() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "4")])
    again: list[Data] = [given("alder", "care", "5", "Proven")]
    assert refused(case, "submit_marks", person="ann", marks=again) == [
        (
            "TE532",
            'Ann Archer gave bid "alder" for "care" 4 (Named leads) by entry 5, and gives it 5 (Proven) here',
        )
    ]
    case("submit_marks", person="ann", marks=again, replaces="Read again")
    assert str(case.state.given["ann"][OneMark("alder", "", "care")].mark) == "5"
    assert [told.act.kind for told in case.told].count("submit_marks") == 2  # both are kept
    more: list[Data] = [given("birch", "care", "5")]
    assert refused(case, "submit_marks", person="ann", marks=more, replaces="x")[0][0] == "TE085"


def test_nobody_gives_marks_before_they_declared() -> None:
    case = opened()
    case("receive", file=source("more.csv", "id,supplier.name,price\nelm,Elm,140\n"))
    assert refused(case, "submit_marks", person="ann", marks=[given("alder", "care", "4")])[0] == (
        "TE087",
        "Ann Archer did not declare their interests since entry 5 named the suppliers",
    )


def test_an_interest_declared_later_sets_marks_aside() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "4"), given("birch", "care", "4")])
    told = case("recuse", person="ann", supplier="Alder House", reason="A friend works there")
    assert told.marks == (OneMark("alder", "", "care"),)
    assert set(case.state.counted["ann"]) == {OneMark("birch", "", "care")}
    assert set(case.state.given["ann"]) == {OneMark("alder", "", "care"), OneMark("birch", "", "care")}
