"""Agreed marks held against the individual ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from acting import MARKED, Acting, source
from acting import PANEL as OF_THREE
from acting import SCHEME as ACTING
from desks import SCHEME, given, opened, refused
from inline import bids

from tender_eval import bids_from_data
from tender_eval.case.panel.guard import check_agreed, remarks, remarks_before_lock, remarks_of
from tender_eval.model.panel_rule import NO_PANEL, PanelRule

JO = "Named leads for each part"


def told(*marks: Mapping[str, object]) -> list[tuple[str, str]]:
    stated = bids({f"b{n}": {"marks": {"q": mark}} for n, mark in enumerate(marks)})
    return [(one.code, one.message) for one in remarks(bids_from_data(stated), NO_PANEL)]


def one(agreed: int, *individual: int, reason: str = JO) -> dict[str, object]:
    return {"agreed": agreed, "individual": {f"e{n}": mark for n, mark in enumerate(individual)}, "reason": reason}


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (one(5, 2, 2, 2), "3 gave 2"),
        (one(2, 4, 4, 5), "3 people gave 4 to 5"),
        (one(4, 3, 3, 3, 5), ", and 3 of 4 gave 3"),
    ],
)
def test_a_mark_away_from_those_given_is_told(mark: Mapping[str, object], said: str) -> None:
    """The patterns that were pleaded: [2015] EWHC 876 (TCC)."""
    ((code, message),) = told(mark)
    assert (code, said in message) == ("TE540", True)


@pytest.mark.parametrize(
    "mark", [one(3, 2, 3, 4), one(4, 3, 5), one(4, 4, 4, 3), {"agreed": 4, "reason": JO}, one(3, 3)]
)
def test_a_model_panel_is_told_nothing(mark: Mapping[str, object]) -> None:
    assert told(mark) == []


def test_one_reason_for_several_marks_is_told_once() -> None:
    stock = one(3, 3, reason="Agreed by the panel.")
    assert told(stock, stock, one(3, 3)) == [
        ("TE541", 'the reason for "q" of bid "b0" stands for 2 marks: "Agreed by the panel."')
    ]


def test_an_evaluator_spelt_in_two_ways_is_told() -> None:
    apart = [{"agreed": 3, "individual": {who: 3}, "reason": f"{JO} {n}"} for n, who in enumerate(("JO", "Jo", "Joe"))]
    assert told(*apart) == [("TE542", '"Jo" and "JO" seem to be one evaluator, and count as two')]


def test_reasons_are_there_and_of_no_other_bid() -> None:
    marks = [one(3, 3, reason=reason) for reason in ("n/a", "Better than the other bids.", "TBC", "Says who leads")]
    assert told(*marks) == [
        ("TE546", 'the agreed mark of bid "b0" for "q" has no reason, nor has 1 other'),
        ("TE545", 'the reason for "q" of bid "b1" is about another bid: "Better than"'),
    ]


def test_fewer_marks_than_the_scheme_asks_for_are_told() -> None:
    stated = bids_from_data(
        bids({"a": {"marks": {"q": one(3, 3)}}, "b": {"marks": {"q": {"agreed": 4, "reason": JO}}}})
    )
    assert [found.message for found in remarks(stated, PanelRule(least=2))] == [
        'the agreed mark of bid "a" for "q" stands on 1 individual mark, and the scheme asks for 2',
        'the agreed mark of bid "b" for "q" stands on 0 individual marks, and the scheme asks for 2',
    ]


def test_whoever_agreed_gave_a_mark() -> None:
    assert told({**one(3, 3, 3), "agreed_by": ["E0", "e1"]}) == []
    assert told({**one(3, 3, 3), "agreed_by": ["e0", "Crane"]}) == [
        ("TE544", '"Crane" agreed the mark of bid "b0" for "q", and gave none for it')
    ]


REFUSING = SCHEME.replace("{divergence: 2}", "{divergence: 2, refuse: [outside, missing]}")
FROM = {"ann": "4", "bob": "3"}


def _marked(scheme: str, agreed: str, given_by: Mapping[str, str]) -> Acting:
    case = opened(scheme)
    for person, mark in given_by.items():
        case("submit_marks", person=person, marks=[given("alder", "care", mark)])
    case("agree", marks=[given("alder", "care", agreed)], present=["ann", "bob"])
    return case


@pytest.mark.parametrize(
    ("agreed", "given_by", "said"),
    [
        ("4", FROM, None),
        ("4", {}, None),
        ("5", FROM, ("TE540", 'the agreed mark of bid "alder" for "care" is 5: 2 people gave 3 to 4')),
        ("4", {"ann": "4"}, ("TE543", 'the agreed mark of bid "alder" for "care" stands without the mark of bob')),
        ("4", {"ann": "4", "bob": "abstain"}, None),
    ],
)
def test_in_a_case_the_scheme_may_refuse_what_is_told(
    agreed: str, given_by: Mapping[str, str], said: tuple[str, str] | None
) -> None:
    told_of, refusing = (_marked(scheme, agreed, given_by) for scheme in (SCHEME, REFUSING))
    assert [(found.code, found.message) for found in remarks_of(told_of.state)] == ([said] if said else [])
    check_agreed(told_of.state)
    if said is None:
        return check_agreed(refusing.state)
    assert refused(refusing, "lock") == [said]
    assert "lock" not in refusing.state.reached
    return None


def test_somebody_of_the_panel_who_does_not_mark_the_question_did_not_agree_it() -> None:
    case = Acting.opened(panel=OF_THREE)
    case("receive", file=source("bids.yaml", MARKED.replace("[Ann Archer]", "[Ann Archer, Dee Dunn]")))
    absent = [found.message for found in remarks_of(case.state) if found.code == "TE544"]
    assert absent == ['Dee Dunn agreed the mark of bid "mid" for "care", and does not mark that question']


def test_a_correction_after_the_lock_passes_no_mark_that_the_scheme_refuses() -> None:
    scheme = f"{ACTING}panel: {{refuse: [outside]}}\n"
    case = Acting.evaluated("panel", scheme)
    said = {"bid": "mid", "field": "marks.care", "old": "4", "new": "5", "reason": "Misread"}
    assert [code for code, _ in refused(case, "correct", **said)] == ["TE540"]
    case = Acting.evaluated("panel")
    case("correct", **said)


def test_what_will_be_refused_is_a_warning_while_it_can_be_agreed_again() -> None:
    (found,) = remarks_before_lock(_marked(REFUSING, "5", FROM).state)
    assert found.severity == "warning"
    assert found.hint.endswith("; the scheme refuses it when marks are locked")
