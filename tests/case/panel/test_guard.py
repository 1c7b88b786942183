"""Agreed marks held against the individual ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from acting import MARKED, Acting, source
from acting import PANEL as OF_THREE
from acting import SCHEME as ACTING
from desks import SCHEME, given, opened, refused
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.case.panel.guard import check_agreed, remarks, remarks_after, remarks_before_lock, remarks_of
from tender_eval.engine.compiled import CompiledScheme

JO = "Named leads for each part"


def compiled(*names: str, **panel: object) -> CompiledScheme:
    leaves = [leaf(name, 100 // len(names), {"name": "mark", "out_of": 5}) for name in names]
    return compile_scheme(scheme_from_data(scheme(*leaves, **({"panel": panel} if panel else {}))), CATALOGUE)


COMPILED = compiled("q")


def told(*marks: Mapping[str, object]) -> list[tuple[str, str]]:
    stated = bids({f"b{n}": {"marks": {"q": mark}} for n, mark in enumerate(marks)})
    return [(one.code, one.message) for one in remarks(COMPILED, bids_from_data(stated))]


def one(agreed: int, *individual: int, reason: str = JO) -> dict[str, object]:
    return {"agreed": agreed, "individual": {f"e{n}": mark for n, mark in enumerate(individual)}, "reason": reason}


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (one(5, 2, 2, 2), "3 gave 2"),
        (one(2, 4, 4, 5), "3 people gave 4 to 5"),
        (one(4, 3, 3, 3, 5), ", and 3 of 4 gave 3"),
        (one(4, 3, 5), " is 4, which nobody gave: 3, 5"),
    ],
)
def test_a_mark_away_from_those_given_is_told(mark: Mapping[str, object], said: str) -> None:
    """The patterns that were pleaded: [2015] EWHC 876 (TCC)."""
    ((code, message),) = told(mark)
    assert (code, said in message) == ("TE540", True)


@pytest.mark.parametrize(
    "mark", [one(3, 2, 3, 4), one(5, 3, 5), one(4, 4, 4, 3), {"agreed": 4, "reason": JO}, one(3, 3)]
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
    assert [found.message for found in remarks(compiled("q", least=2), stated)] == [
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
    act = case("correct", **said).act
    assert [found.code for found in remarks_after(act, case.state)] == ["TE540", "TE548"]
    assert (
        remarks_after(case("correct", bid="mid", field="price", old="300", new="310", reason="x").act, case.state) == ()
    )


def test_what_will_be_refused_is_a_warning_while_it_can_be_agreed_again() -> None:
    (found,) = remarks_before_lock(_marked(REFUSING, "5", FROM).state)
    assert found.severity == "warning"
    assert found.hint.endswith("; the scheme refuses it when marks are locked")


def _panels(**by_bid: list[dict[str, object]]) -> Mapping[str, object]:
    """Bids with marks at q0, q1 and so on, each with a reason of its own."""
    return bids(
        {
            bid: {"marks": {f"q{n}": {**mark, "reason": f"{JO} {bid}{n}"} for n, mark in enumerate(marks)}}
            for bid, marks in by_bid.items()
        }
    )


def test_an_evaluator_who_is_called_as_a_bidder_is_told_once() -> None:
    stated = bids(
        {
            "alder": {"supplier": {"name": "Alder House Ltd"}, "marks": {"q": one(3, 3)}},
            "b": {"marks": {"q": {**one(3, 3), "individual": {"Alder": 3}, "agreed_by": ["Alder house", "alder"]}}},
        }
    )
    assert [d.message for d in remarks(COMPILED, bids_from_data(stated)) if d.code == "TE549"] == [
        '"Alder" marked bid "b" for "q", and is called as a bidder is: bid "alder"',
        '"Alder house" agreed the mark of bid "b" for "q", and is called as a bidder is: bid "alder"',
    ]


UP, DOWN, STAYS = one(4, 2, 3, 4), one(2, 2, 3, 4), one(3, 2, 3, 4)


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"a": [UP, UP, UP], "b": [UP, DOWN, STAYS]}, ["lie above", "of the other bids 1 above it and 1 below"]),
        ({"a": [STAYS, STAYS, STAYS], "b": [DOWN, DOWN, DOWN]}, ["lie below", "of the other bids none away from it"]),
        ({"a": [UP, UP, DOWN], "b": [UP, UP, STAYS]}, None),
        ({"a": [UP, UP, UP], "b": [UP, UP, UP]}, None),
    ],
)
def test_one_bidder_always_moved_the_same_way_is_told(
    marks: Mapping[str, list[dict[str, object]]], said: list[str] | None
) -> None:
    """Where every bid was moved that way, the panel was milder than its people to everybody alike."""
    stated = bids_from_data(_panels(**marks))
    found = [one.message for one in remarks(compiled("q0", "q1", "q2", "q3"), stated) if one.code == "TE547"]
    assert len(found) == (said is not None)
    assert all(part in message for message in found for part in said or ())


def test_moves_that_turn_the_award_are_told_with_the_marks() -> None:
    """a is agreed up and b down: by the middle of what people gave, b comes first."""
    stated = _panels(a=[one(5, 2, 3, 5), STAYS], b=[one(4, 4, 4, 5), STAYS])
    (found,) = [d for d in remarks(compiled("q0", "q1"), bids_from_data(stated)) if d.code == "TE548"]
    assert found.message == (
        "with the middle of the individual marks in place of what was agreed, "
        '"b" would be awarded the contract, and not "a": "q0" of bid "a" 5 for 3'
    )
    still = _panels(a=[one(5, 2, 3, 5), STAYS], b=[one(2, 2, 2, 5), STAYS])
    assert "TE548" not in {d.code for d in remarks(compiled("q0", "q1"), bids_from_data(still))}


def test_a_computed_mark_is_the_statistic_and_no_move_from_it() -> None:
    stated = bids_from_data(bids({"a": {"marks": {"q": one(3, 1, 4, 4)}}}))
    assert remarks(compiled("q", marks="mean"), stated) == ()


TURNED = MARKED.replace("agreed: 2, individual: {ann: 2, bob: 3}", "agreed: 5, individual: {ann: 2, bob: 2}")


def test_before_it_is_evaluated_nobody_is_named_whom_the_moves_would_award() -> None:
    case = Acting.opened(f"{ACTING}panel: {{refuse: [winner]}}\n", OF_THREE)
    case("receive", file=source("bids.yaml", TURNED.replace("price: 100", "price: 300")))
    for person in ("ann", "bob", "dee"):
        case("declare_interest", person=person, none="true")
    ((code, message),) = refused(case, "lock")
    assert (code, "another bid would be awarded" in message, '"mid"' in message) == ("TE548", True, False)


def test_with_sealed_prices_the_award_is_held_against_the_moves_when_all_is_evaluated() -> None:
    sealed = "".join(line for line in TURNED.splitlines(keepends=True) if "price" not in line)
    case = Acting.opened(f"{ACTING}panel: {{refuse: [winner]}}\n", OF_THREE)
    case("receive", file=source("bids.yaml", sealed))
    for person in ("ann", "bob", "dee"):
        case("declare_interest", person=person, none="true")
    case("lock")
    case.open_prices("id,price\nlow,300\nmid,300\ntop,500\n")
    ((code, message),) = refused(case, "evaluate")
    assert (code, message.count('"mid" would be awarded the contract, and not "low"')) == ("TE548", 1)
    case("correct", bid="low", field="marks.care", old="5", new="2", reason="As both gave it")
    case("evaluate")
