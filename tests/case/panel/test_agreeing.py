"""Marks that the panel agrees."""

from __future__ import annotations

import pytest
from desks import SCHEME, given, opened, refused

from tender_eval.base.canonical import Data
from tender_eval.model.digits import shown


def test_an_agreed_mark_stands_with_its_reason_beside_the_individual_ones() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "4")])
    case("agree", marks=[given("alder", "care", "5", "Proven in three places")], present=["ann", "Bob Baker", "cat"])
    case("submit_marks", person="bob", marks=[given("alder", "care", "3")])
    mark = case.state.bids.bids[0].marks["care"]
    assert (shown(mark.value), mark.reason, mark.on) == ("5", "Proven in three places", "2026-05-02")
    assert mark.agreed_by == ("Ann Archer", "Bob Baker")  # Cat Cole does not mark this question
    assert {who: shown(one.value) for who, one in mark.individual.items()} == {"ann": "4", "bob": "3"}


@pytest.mark.parametrize(
    ("mark", "present", "code", "message"),
    [
        (given("alder", "care", "4", ""), ["ann"], "TE095",
         'the agreed mark of bid "alder" for "care" has no reason'),
        (given("alder", "care", "abstain"), ["ann"], "TE095", 'no mark is agreed for "care" of bid "alder"'),
        (given("alder", "care", "2"), ["ann"], "TE053",
         'the mark of bid "alder" for "care" is 2, which is no mark of criterion "care"'),
        (given("cedar", "care", "4"), ["bob", "cat", "dee"], "TE531",
         'nobody who was present may mark "care" of bid "cedar"'),
        (given("alder", "care", "4"), ["ann", "eve"], "TE530", '"eve" was present and is nobody of the panel'),
    ],
)  # fmt: skip
def test_what_is_refused(mark: Data, present: list[Data], code: str, message: str) -> None:
    assert refused(opened(), "agree", marks=[mark], present=present) == [(code, message)]


def test_a_mark_is_agreed_otherwise_only_for_a_reason() -> None:
    case = opened()
    case("agree", marks=[given("alder", "care", "4")], present=["ann"])
    assert refused(case, "agree", marks=[given("alder", "care", "4")], present=["ann"])[0][0] == "TE087"
    other: list[Data] = [given("alder", "care", "5")]
    assert refused(case, "agree", marks=other, present=["ann"])[0] == (
        "TE532",
        '"care" of bid "alder" was agreed as 4 (Named leads), and is 5 (Named leads) here',
    )
    case("agree", marks=other, present=["ann"], replaces="A slip of the pen")
    assert shown(case.state.bids.bids[0].marks["care"].value) == "5"


def test_where_the_scheme_computes_the_mark_the_panel_agrees_its_reason() -> None:
    case = opened(SCHEME.replace("divergence: 2", "marks: mean, least: 2"))
    for person, mark in (("ann", "4"), ("bob", "3")):
        case("submit_marks", person=person, marks=[given("alder", "care", mark)])
    assert refused(case, "agree", marks=[given("alder", "care", "4")], present=["ann"])[0][0] == "TE539"
    case("agree", marks=[given("alder", "care", "")], present=["ann", "bob"])
    told = case.state.whole.with_computed_marks(case.state.bids).bids[0].marks["care"]
    assert (shown(told.value), told.reason) == ("3.5", "Named leads")
