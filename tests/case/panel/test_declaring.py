"""Interests declared and people recused: who may not mark whom, what becomes of marks, what the lock waits for."""

from __future__ import annotations

import re

import pytest
from acting import MARKED, PANEL, PEOPLE, SCHEME, Acting, source
from any_acts import SUPPLIERS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval.case.outcome import outcome
from tender_eval.case.phases import Phase
from tender_eval.model.diagnostics import Refused
from tender_eval.report.json.case import case_data

FERN = {"person": "bob", "supplier": "the FERN trust", "nature": "sat on its board"}


@pytest.fixture
def received() -> Acting:
    case = Acting.opened(panel=PANEL)
    case("receive", file=source("bids.yaml", MARKED))
    return case


@pytest.fixture
def panel() -> Acting:
    return Acting.evaluated("panel")


def given_by(case: Acting, person: str) -> list[str]:
    """The bids of which the marks of somebody count."""
    return [bid.id for bid in case.state.bids.bids if person in bid.marks["care"].individual]


def test_the_marks_are_locked_once_everybody_declared_and_all_is_decided(received: Acting) -> None:
    assert [message for _, message in received.refusal("lock")] == [
        f"{name} did not declare their interests since entry 0 named the suppliers"
        for name in ("Ann Archer", "Bob Baker", "Dee Dunn")
    ]
    received("declare_interest", person="Ann Archer", none="true")
    received("declare_interest", **FERN, outcome="open")
    received("declare_interest", person="DEE", none="true")
    assert received.refusal("lock") == [
        ("TE087", "the interest of Bob Baker in the FERN trust, declared by entry 2, is open")
    ]
    received("declare_interest", **FERN, outcome="excluding")
    received("lock")
    assert received.state.phase() == Phase.MARKS_LOCKED


@pytest.mark.parametrize("outcome", ["open", "excluding"])
def test_an_interest_sets_marks_aside_that_are_there_and_refuses_those_that_come(
    received: Acting, outcome: str
) -> None:
    told = received("declare_interest", **FERN, outcome=outcome)
    assert told.states["marks_set_aside"] == [{"bid": "low", "lot": "", "criterion": "care"}]
    assert (given_by(received, "bob"), given_by(received, "ann")) == (["mid", "top"], ["low", "mid", "top"])
    assert (
        received.refusal("receive", file=source("bids.yaml", MARKED))
        == [
            ("TE531", 'Bob Baker may not mark bid "low": entry 1 states an interest in the FERN trust'),
        ]
        * 2
    )  # his own mark, and the one that he agreed
    others = MARKED.replace("individual: {ann: 2, bob: 3}, agreed_by: [Ann Archer, Bob Baker]", "individual: {ann: 2}")
    assert {code for code, _ in received.refusal("receive", file=source("bids.yaml", others))} == {"TE085"}


def test_an_agreed_mark_of_somebody_who_may_not_mark_is_a_matter_until_that_is_cleared(panel: Acting) -> None:
    before = outcome(panel.state)
    told = panel("recuse", person="bob", supplier="Fern Trust", reason="He sat on its board.")
    assert [(m.kind, m.bid) for m in told.opened] == [("conflict", "low")]
    assert (told.before, told.after) == (before, before)
    assert (panel.state.phase(), given_by(panel, "bob")) == (Phase.UNDECIDED, ["mid", "top"])
    assert panel.refusal("recuse", person="bob", supplier="Fern Trust", reason="x")[0][0] == "TE087"
    told = panel("declare_interest", **FERN, outcome="cleared", reason="It was another Fern Trust")
    assert [m.bid for m in told.closed] == ["low"]
    assert (panel.state.phase(), given_by(panel, "bob")) == (Phase.EVALUATED, ["low", "mid", "top"])


def test_a_matter_stays_while_another_who_agreed_may_not_mark(panel: Acting) -> None:
    panel("recuse", person="bob", supplier="Cedar", reason="x")
    panel("recuse", person="ann", supplier="Cedar", reason="x")
    cleared = {"supplier": "Cedar", "nature": "x", "outcome": "cleared", "reason": "x"}
    assert panel("declare_interest", person="bob", **cleared).closed == ()
    assert len(panel("declare_interest", person="ann", **cleared).closed) == 2


def test_the_same_supplier_by_name_or_identifier_is_one_interest(panel: Acting) -> None:
    panel("recuse", person="ann", supplier="gb-chc-7", reason="x")
    panel("declare_interest", person="ann", supplier="Birch Limited", nature="x", outcome="cleared", reason="x")
    assert [one.outcome for one in panel.state.interests] == ["cleared"]
    assert panel.state.barred == {}


def test_a_supplier_whose_name_is_put_right_stays_barred(panel: Acting) -> None:
    panel("recuse", person="ann", supplier="Cedar", reason="x")
    panel("correct", bid="top", field="supplier.name", old="Cedar", new="Cypress", reason="Its name")
    assert given_by(panel, "ann") == ["low", "mid"]
    panel("declare_interest", person="ann", supplier="Cedar", nature="x", outcome="cleared", reason="x")
    assert given_by(panel, "ann") == ["low", "mid", "top"]


def test_whoever_declared_declares_again_when_a_further_supplier_is_named(received: Acting) -> None:
    for person in PEOPLE:
        received("declare_interest", person=person, none="true")
    assert received.state.undeclared == ()
    late = "{id: new, supplier: {name: Elm}, declarations: {insured: true}, price: 9}"
    received("receive", file=source("late.yaml", f"format: tender-eval/bids/1\nbids: [{late}]\n"))
    assert [one.id for one in received.state.undeclared] == list(PEOPLE)


@pytest.mark.parametrize(
    ("said", "code", "message"),
    [
        ({"person": "bo", "none": "true"}, "TE530", '"bo" is nobody of the panel'),
        ({"person": "bob"}, "TE085", "an interest is in a supplier, or there is none"),
        ({**FERN, "none": "true"}, "TE085", "an interest is in a supplier, or there is none"),
        ({"person": "bob", "none": "true", "nature": "x"}, "TE085", "where there is no interest it has no nature"),
        ({"person": "bob", "supplier": "Cedar", "outcome": "open"}, "TE085", "the interest has no nature"),
        ({**FERN, "outcome": "fine"}, "TE085", '"fine" is nothing that is decided of an interest'),
        ({**FERN, "outcome": "cleared"}, "TE085", "it does not say why the person may mark all the same"),
        (
            {**FERN, "supplier": "Cedra", "outcome": "open"},
            "TE070",
            'no bid names "Cedra", as bidder, member or sub-contractor',
        ),
    ],
)
def test_a_declaration_that_cannot_be_made(received: Acting, said: dict[str, str], code: str, message: str) -> None:
    assert received.refusal("declare_interest", **said) == [(code, message)]


def test_a_case_without_a_panel_declares_nothing() -> None:
    case = Acting.evaluated("one")
    assert case.refusal("declare_interest", person="ann", none="true") == [("TE087", "the case has no panel")]
    assert case_data(case.case)["panel"] is None


def test_interests_stand_in_the_state_as_data(panel: Acting) -> None:
    panel("recuse", person="bob", supplier="Fern Trust", reason="He sat on its board.")
    _, bob, dee = case_data(panel.case)["panel"]
    assert bob == {
        "id": "bob", "name": "Bob Baker", "role": "practitioner", "declared": True, "may_not_mark": ["low"],
        "interests": [
            {"supplier": "Fern Trust", "nature": "", "outcome": "recused", "reason": "He sat on its board.", "entry": 6}
        ],
    }  # fmt: skip
    assert (dee["role"], dee["declared"], dee["may_not_mark"]) == ("chair", True, [])


def test_an_interest_that_comes_to_light_after_the_decision_leaves_it_as_it_is(panel: Acting) -> None:
    panel("decide")
    decided = panel.winner()
    panel("declare_interest", person="ann", supplier="Cedar", nature="her sister works there", outcome="excluding")
    assert (panel.state.phase(), panel.winner()) == (Phase.DECIDED, decided)
    assert [m.kind for m in panel.state.matters.values()] == ["conflict"]
    panel("close")
    assert re.search("closed", panel.refusal("recuse", person="bob", supplier="Cedar", reason="x")[0][1])


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_last_word_about_each_person_and_supplier_decides_which_marks_count(data: st.DataObject) -> None:
    """By names alone, worked out beside the fold: each supplier here is named by one bid."""
    case = Acting.evaluated("panel")
    bids = {"Alder": "low", "birch ltd": "mid", "gb-chc-7": "mid", "Cedar": "top", "the Fern Trust": "low"}
    one = {**{name: name for name in SUPPLIERS}, "gb-chc-7": "birch ltd"}
    last: dict[tuple[str, str], bool] = {}
    for _ in range(data.draw(st.integers(1, 8))):
        person, supplier = data.draw(st.sampled_from(PEOPLE)), data.draw(st.sampled_from(SUPPLIERS))
        kind = data.draw(st.sampled_from(["open", "excluding", "cleared", "recuse"]))
        said = {"person": person, "supplier": supplier, "reason": "x"}
        try:
            if kind == "recuse":
                case("recuse", **said)
            else:
                case("declare_interest", **said, nature="x", outcome=kind)
        except Refused:
            assert kind == "recuse"
            continue
        last[person, one[supplier]] = kind != "cleared"
    for person in ("ann", "bob"):
        out = {bids[supplier] for (who, supplier), bars in last.items() if who == person and bars}
        assert set(given_by(case, person)) == {"low", "mid", "top"} - out
    agreed = {"ann": {"low", "mid", "top"}, "bob": {"low", "top"}}
    wrong = {bids[s] for (who, s), bars in last.items() if bars and bids[s] in agreed.get(who, ())}
    assert {m.bid for m in case.state.matters.values()} == wrong


def test_too_few_marks_to_compute_one_of_are_a_matter_until_there_are_enough() -> None:
    computing = SCHEME + "panel: {marks: mean, least: 2}\n"
    case = Acting.evaluated("panel", scheme=computing, bids=re.sub(r"agreed: \d, ", "", MARKED))
    told = case("recuse", person="bob", supplier="Fern Trust", reason="He sat on its board.")
    assert ("few_marks", "low") in [(m.kind, m.bid) for m in told.opened]
    assert case.state.phase() == Phase.UNDECIDED
    assert case_data(case.case)["winner"] == []
    few = next(m.id for m in told.opened if m.kind == "few_marks")
    assert [code for code, _ in case.refusal("close_matter", matter=few, reason="Enough")] == ["TE538"]
    told = case("declare_interest", **FERN, outcome="cleared", reason="It was another Fern Trust")
    assert few in [m.id for m in told.closed]
    assert case.state.phase() == Phase.EVALUATED


def test_a_bid_with_too_few_marks_can_be_disregarded() -> None:
    computing = SCHEME + "panel: {marks: mean, least: 2}\n"
    case = Acting.evaluated("panel", scheme=computing, bids=re.sub(r"agreed: \d, ", "", MARKED))
    told = case("recuse", person="bob", supplier="Fern Trust", reason="He sat on its board.")
    few = next(m.id for m in told.opened if m.kind == "few_marks")
    told = case("disregard", bid="low", clause="s.19", reason="Nobody else can mark it")
    assert few in [m.id for m in told.closed]
    assert case.state.phase() == Phase.EVALUATED
