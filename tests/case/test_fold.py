"""The fold of acts: what each does, what it refuses, and the laws that hold for any of them in any order."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from acting import AT, BIDS, CATALOGUE, PRICES, SCHEME, WHERE, Acting, source
from any_acts import acted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval.case.acts import ACTS, CHANGES, Act
from tender_eval.case.fold import TAKES, take
from tender_eval.case.outcome import outcome
from tender_eval.case.phases import Phase
from tender_eval.documents.terminal import document_text
from tender_eval.model.diagnostics import Refused
from tender_eval.report.case.status import status_document
from tender_eval.report.json.case import case_data

DISREGARD = {"bid": "low", "clause": "s.19(3)(c)", "reason": "not explained"}


def test_every_kind_of_act_is_taken_by_something() -> None:
    assert set(TAKES) == set(ACTS)


def test_the_phases_of_one_envelope() -> None:
    case = Acting.opened()
    assert case.state.phase() == Phase.PUBLISHED
    case("receive", file=source("b.yaml", re.sub(r", marks: .*", "}", BIDS["one"])))
    assert case.state.phase() == Phase.RECEIVED
    case = Acting.opened()
    case("receive", file=source("b.yaml", BIDS["one"]))
    assert case.state.phase() == Phase.MARKING
    case("lock")
    assert case.state.phase() == Phase.MARKS_LOCKED
    assert not case.state.evaluations, "nothing across price is evaluated before it is due"
    case("evaluate")
    assert (case.state.phase(), case.winner()) == (Phase.EVALUATED, ("top",))
    case("decide")
    assert case.state.phase() == Phase.DECIDED
    case("close")
    assert case.state.phase() == Phase.CLOSED
    case("set_aside", reason="A court's order")
    assert (case.state.phase(), case.winner()) == (Phase.SET_ASIDE, ())
    case("evaluate")
    assert case.state.phase() == Phase.EVALUATED


def test_the_phases_of_two_envelopes() -> None:
    case = Acting.opened()
    case("receive", file=source("b.yaml", BIDS["two_envelopes"]))
    case("lock")
    assert case.state.phase() == Phase.MARKS_LOCKED
    assert case.refusal("evaluate") == [("TE087", "the prices are sealed")]
    assert case.winner() == ()
    case.open_prices()
    assert (case.state.phase(), case.winner()) == (Phase.PRICES_OPEN, ())
    case("evaluate")
    assert (case.state.phase(), case.winner()) == (Phase.EVALUATED, ("top",))


def test_no_file_of_prices_is_opened_but_the_one_that_was_sealed() -> None:
    case = Acting.opened()
    sealed = source("prices.csv", PRICES)
    case(
        "receive",
        file=source("b.yaml", BIDS["two_envelopes"]),
        sealed={"name": "prices.csv", "sha256": sealed["sha256"]},
    )
    case("lock")
    with pytest.raises(Refused, match="not the file of prices that entry 0 committed"):
        case.open_prices(PRICES.replace("300", "200"))
    case.open_prices()


def sealed_case() -> Acting:
    """Marks are locked, and the digest of the file of prices was committed before."""
    case = Acting.opened()
    committed = {"name": "prices.csv", "sha256": source("prices.csv", PRICES)["sha256"]}
    case("receive", file=source("b.yaml", BIDS["two_envelopes"]), sealed=committed)
    case("lock")
    return case


def test_no_other_file_is_sealed_in_the_place_of_the_one_that_is() -> None:
    case = Acting.opened()
    bids = source("b.yaml", BIDS["two_envelopes"])
    case("receive", file=bids, sealed={"name": "prices.csv", "sha256": "0" * 64})
    case("receive", file=bids, sealed={"name": "again.csv", "sha256": "0" * 64})
    said = case.refused("receive", AT, file=bids, sealed={"name": "prices.csv", "sha256": "1" * 64})
    assert [(d.code, "entry 0 committed" in d.message) for d in said] == [("TE084", True)]
    assert "case correct --file" in said[0].hint


def test_a_price_is_not_corrected_while_prices_are_sealed() -> None:
    case = sealed_case()
    assert case.refusal("correct", bid="low", field="price", new="1", reason="x") == [
        ("TE087", "the prices are sealed")
    ]
    case.open_prices()
    case("correct", bid="low", field="price", old="100", new="90", reason="x")


def test_a_mended_file_of_sealed_prices_names_the_one_that_stands_and_two_people() -> None:
    case = sealed_case()
    mended: dict[str, Any] = {
        "file": source("m.csv", PRICES.replace("500", "90")),
        "reason": "x",
        "made_by": ["A", "B"],
    }
    assert case.refusal("correct_file", **mended)[0][0] == "TE087"
    case.open_prices()
    of = case.state.sealed
    for wrong in ({}, {"of": "0" * 64}, {"of": of, "made_by": ["A"]}, {"of": of, "made_by": ["A", "a "]}):
        assert [code for code, _ in case.refusal("correct_file", **{**mended, **wrong})] == ["TE085"]
    case("correct_file", **mended, of=of)
    assert case.state.sealed == mended["file"]["sha256"]
    assert case.refusal("correct_file", **mended, of=of)[0][0] == "TE085"


def test_prices_are_refused_where_they_are_sealed() -> None:
    case = Acting.opened()
    sealed = {"name": "prices.csv", "sha256": "0" * 64}
    assert {code for code, _ in case.refusal("receive", file=source("b.yaml", BIDS["one"]), sealed=sealed)} == {"TE082"}


def test_marks_can_come_after_the_bids_but_change_nothing_that_was_received() -> None:
    case = Acting.opened()
    bid = "{id: a, supplier: {name: A}, price: 100, declarations: {insured: true}}"
    bare = f"format: tender-eval/bids/1\nbids: [{bid}]\n"
    marks = "id,marks.care.agreed,marks.care.reason\na,4,As shown\n"
    case("receive", file=source("bids.yaml", bare))
    assert "TE052" in {code for code, _ in case.refusal("lock")}
    case("receive", file=source("marks.csv", marks))
    ((code, message),) = case.refusal("receive", file=source("more.csv", marks.replace("4", "5")))
    assert (code, message) == ("TE085", 'marks.care of bid "a" was received as 4, and is 5 here')
    case("lock")
    case("evaluate")
    assert case.winner() == ("a",)


def test_a_disregarded_bid_leaves_and_what_was_asked_about_it_is_closed(one: Acting) -> None:
    (opened,) = one("query", bid="low", text="Why so low?", about="abnormally_low").opened
    assert (one.state.phase(), one.winner()) == (Phase.UNDECIDED, ())
    told = one("disregard", **DISREGARD)
    assert (told.before["winner"], told.after["winner"]) == (["top"], ["mid"])
    assert [(m.id, m.closed_by) for m in told.closed] == [(opened.id, told.act.number)]
    assert (one.state.phase(), one.winner()) == (Phase.EVALUATED, ("mid",))
    assert case_data(one.case)["bids"][0] == {
        "id": "low", "supplier": "Alder", "standing": "disregarded", "clause": "s.19(3)(c)", "entry": told.act.number,
    }  # fmt: skip


def test_an_answer_about_a_low_price_closes_it_only_where_it_is_accepted(one: Acting) -> None:
    one("query", bid="low", text="?", about="abnormally_low")
    one("answer", matter="m1", text="Cheap rents", outcome="not_accepted")
    assert one.state.phase() == Phase.UNDECIDED
    assert one.refusal("decide") == [("TE087", "matter m1, opened by entry 3, is open")]
    one("answer", matter="m1", text="Here is the lease", outcome="accepted")
    assert one.state.phase() == Phase.EVALUATED
    assert one.refusal("answer", matter="m1", text="again")[0][0] == "TE087"


def test_a_matter_is_closed_for_a_reason_and_another_is_no_low_price(one: Acting) -> None:
    one("query", bid="mid", text="Which towns?", about="query")
    assert one.refusal("answer", matter="m1", text="x", outcome="accepted")[0][0] == "TE085"
    one("query", text="To all?", about="query")
    one("answer", matter="m2", text="Yes")
    one("close_matter", matter="m1", reason="No longer needed")
    assert [(m.id, m.closed_by) for m in one.case.matters] == [("m1", 6), ("m2", 5)]
    one("clarify", text="The term is five years")
    assert one.state.phase() == Phase.EVALUATED


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        ({"bid": "top", "field": "price", "old": "500", "new": "1600"}, "top", "low"),
        ({"bid": "mid", "field": "marks.care", "old": "4", "new": "5"}, "top", "mid"),
        ({"bid": "top", "field": "declarations.insured", "old": "true", "new": "false"}, "top", "low"),
    ],
)
def test_any_figure_is_corrected_and_it_is_told_that_the_award_changed(
    one: Acting, said: dict[str, Any], before: str, after: str
) -> None:
    told = one("correct", **said, reason="Ordered by the tribunal")
    assert (told.before["winner"], told.after["winner"]) == ([before], [after])
    assert one.winner() == (after,)


def test_a_corrected_mark_does_not_stand_beside_its_old_reason(one: Acting) -> None:
    one("correct", bid="mid", field="marks.care", old="4", new="3", reason="Typing error", panel_reason="Two gaps")
    one("correct", bid="top", field="marks.care", old="5", new="4", reason="Typing error")
    assert [b.marks["care"].reason for b in one.state.bids.bids] == ["As shown in part 2", "Two gaps", "Typing error"]


def test_what_a_bid_did_not_state_can_be_corrected_too(one: Acting) -> None:
    one("correct", bid="mid", field="supplier.annual_income", new="250000", reason="Left out of the file")
    one("correct", bid="mid", field="supplier.name", old="Birch", new="Birch Trust", reason="Its name")
    mid = one.state.bids.bids[1]
    assert (mid.figures["supplier.annual_income"].value, mid.name) == (250000, "Birch Trust")


@pytest.mark.parametrize(
    ("said", "code", "message"),
    [
        ({"field": "price", "old": "401"}, "TE085", "price of bid top is 500, not 401"),
        ({"field": "price"}, "TE085", "price of bid top is 500"),
        (
            {"field": "price", "old": "500", "new": "500"},
            "TE085",
            "the correction changes nothing: price of bid top is 500 already",
        ),
        ({"field": "price", "old": "500", "new": "80%"}, "TE014", None),
        ({"field": "prise", "old": "500"}, "TE085", '"prise" is no figure that a bid states'),
        ({"field": "supplier.size", "new": "huge"}, "TE016", None),
        ({"field": "marks.cost", "old": "1"}, "TE071", 'bid "top" has no mark for "cost"'),
        ({"bid": "topp", "field": "price"}, "TE070", 'there is no bid "topp" in the record'),
        ({"field": "price", "lot": "north"}, "TE056", 'there is no lot "north"'),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_made(one: Acting, said: dict[str, Any], code: str, message: str | None) -> None:
    ((found, told), *_) = one.refusal("correct", **({"bid": "top", "new": "300", "reason": "x"} | said))
    assert found == code
    assert message in (None, told)


def test_a_mended_file_of_prices(one: Acting) -> None:
    told = one("correct_file", file=source("prices.csv", PRICES.replace("500", "1600")), reason="x", made_by=["A", "B"])
    assert (told.before["winner"], told.after["winner"]) == (["top"], ["low"])
    same = one.refusal("correct_file", file=source("prices.csv", PRICES.replace("500", "1600")), reason="x")
    assert same == [("TE085", "the file changes no price")]


def test_a_tie_is_settled_once_in_an_order_of_all_its_bids(lots: Acting) -> None:
    assert (lots.state.phase("north"), lots.state.phase("south")) == (Phase.UNDECIDED, Phase.EVALUATED)
    assert lots.refusal("decide", lot="north") == [("TE087", "a tie leaves the award of lot north open: a, b")]
    assert lots.refusal("settle", order=["b"], procedure="x")[0][1] == "the order names b, but what ties is a, b"
    told = lots("settle", lot="north", order=["b", "a"], procedure="drawn by lot", witnesses=["Ann"])
    assert told.after["lots"]["north"]["winner"] == ["b"]  # type: ignore[index, call-overload]
    assert lots.winner("north") == ("b",)
    assert lots.state.evaluations["north"].settled == ("b", "a")
    assert lots.refusal("settle", lot="north", order=["a", "b"], procedure="again")[0][0] == "TE087"


def test_lots_are_decided_each_by_itself(lots: Acting) -> None:
    lots("decide", lot="south")
    data = case_data(lots.case)
    assert (data["phase"], data["decided"], data["winner"]) == ("undecided", False, [])
    assert data["lots"]["south"] == {"phase": "decided", "decided": True, "winner": ["a"]}
    assert "TE087" in {
        code for code, _ in lots.refusal("correct", bid="c", lot="south", field="price", old="150", new="1", reason="x")
    }
    one_lot = lots.refusal("correct", bid="c", field="marks.care", old="3", new="5", reason="x")
    assert one_lot[0][0] == "TE087", "it is about a lot that is decided"
    lots("set_aside", lot="south", reason="x")
    assert lots.state.phase("south") == Phase.SET_ASIDE


def test_a_bid_that_was_out_before_it_was_marked_is_marked_to_stand_again() -> None:
    case = Acting.opened()
    unmarked = BIDS["one"].replace(", marks: {care: {agreed: 2, reason: As shown in part 2}}", "")
    case("receive", file=source("b.yaml", unmarked))
    case("exclude", bid="low", clause="deadline", reason="an hour late")
    case("lock")
    case("readmit", bid="low", reason="it was in time")
    assert case.refusal("evaluate")[0][0] == "TE052"
    said = {"bid": "low", "field": "marks.care", "new": "5", "reason": "marked by the panel on 4 May"}
    case("correct", **said, panel_reason="Names who does what")
    case("evaluate")
    assert case.winner() == ("low",)


def test_nobody_is_awarded_for_a_reason(one: Acting) -> None:
    assert one.refusal("decide", no_award="true") == [("TE085", "an award to nobody has no reason")]
    for bid in ("low", "mid", "top"):
        one("exclude", bid=bid, clause="s.26", reason="x")
    assert one.refusal("decide") == [("TE087", "nobody can be awarded the tender")]
    one("decide", no_award="true", reason="No suitable tender")
    assert (one.state.phase(), one.winner()) == (Phase.DECIDED, ())


def test_a_bid_that_leaves_before_the_marks_are_locked_is_asked_nothing() -> None:
    case = Acting.opened()
    late = BIDS["one"].replace(
        "price: 100, marks: {care: {agreed: 2, reason: As shown in part 2}}", "values: {late: 1}"
    )
    case("receive", file=source("b.yaml", late))
    assert case.refusal("lock")
    case("exclude", bid="low", clause="deadline", reason="an hour late")
    case("lock")
    case("evaluate")
    assert case.winner() == ("mid",)
    result = case.state.evaluations[""].bid("low")
    assert result is not None
    assert (result.status, result.criteria) == ("excluded", ())


def test_a_late_bid_is_received_and_stands_open_until_people_decide() -> None:
    """The deadline is in British Summer Time; the bids come in at half past nine by UTC."""
    case = Acting.opened(SCHEME + "deadline: 2026-05-02T10:00:00+01:00\n")
    opened = case("receive", file=source("b.yaml", BIDS["one"])).opened
    assert [(m.kind, m.bid) for m in opened] == [("late", "low"), ("late", "mid"), ("late", "top")]
    case("lock")
    case("evaluate")
    assert case.state.phase() == Phase.UNDECIDED
    case("exclude", bid="low", clause="conditions of tender, 3", reason="an hour late")
    for matter in ("m2", "m3"):
        case("close_matter", matter=matter, reason="the portal was down")
    assert (case.state.phase(), case.winner()) == (Phase.EVALUATED, ("mid",))
    in_time = Acting.opened(SCHEME + "deadline: 2026-05-02T09:30:00Z\n")
    assert in_time("receive", file=source("b.yaml", BIDS["one"])).opened == ()


def test_a_price_or_a_lot_that_comes_late_makes_the_bid_late_and_marks_do_not() -> None:
    """Else whoever saw the other prices adds one to a bid that came in time without."""
    late, early = "2026-05-03T09:30:00Z", "2026-05-01T09:30:00Z"
    case = Acting.opened(SCHEME + "deadline: 2026-05-02T10:00:00+01:00\n")
    bids = "id,supplier.name,price,declarations.insured\na,Alder,100,true\nb,Birch,,true\n"
    assert case.at(early, "receive", file=source("b.csv", bids)).opened == ()
    marks = "id,marks.care.agreed,marks.care.reason\na,4,As shown in 2\nb,3,As shown in 1\n"
    assert case.at(late, "receive", file=source("m.csv", marks)).opened == ()
    same = case.at(late, "receive", file=source("s.csv", "id,price\na,100\n"))
    assert same.opened == ()
    opened = case.at(late, "receive", file=source("p.csv", "id,price\nb,50\n")).opened
    assert [(m.kind, m.bid) for m in opened] == [("late", "b")]
    lots = Acting.opened(SCHEME + "deadline: 2026-05-02T10:00:00+01:00\n")
    head = (
        "format: tender-eval/bids/1\ntender: {lots: [{id: north}, {id: south}]}\nbids: [{id: a, lots: {north: {}}}]\n"
    )
    assert lots.at(early, "receive", file=source("b.yaml", head)).opened == ()
    more = head.replace("north: {}}", "north: {}, south: {}}")
    assert [m.bid for m in lots.at(late, "receive", file=source("b.yaml", more)).opened] == ["a"]


def test_the_scheme_is_amended_freely_before_bids_and_by_force_afterwards(one: Acting) -> None:
    amended = source("scheme.yaml", SCHEME.replace("weight: 60", "weight: 20").replace("weight: 40", "weight: 80"))
    case = Acting.opened()
    case("amend_scheme", file=amended, reason="Published again")
    assert case.state.amended == ()
    assert one.refusal("amend_scheme", file=amended, reason="x")[0][0] == "TE087"
    told = one("amend_scheme", file=amended, reason="x", forced="true")
    assert (told.after["winner"], one.state.amended) == (["low"], (3,))


# Any acts in any order.


LAWS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@LAWS
@given(data=st.data())
def test_the_fold_is_pure_and_any_prefix_is_what_was_stated_there(data: st.DataObject) -> None:
    case = acted(data)
    for before, told, after in zip(case.states, case.told, [*case.states[1:], case.state], strict=True):
        if told.act.kind == "open_prices":
            continue
        again, same = take(before, told.act, CATALOGUE, WHERE)
        assert (outcome(again), same) == (outcome(after), told)
        if told.act.kind in CHANGES:
            assert (told.before, told.after) == (outcome(before), outcome(after))
        else:
            assert outcome(before) == outcome(after)


@pytest.mark.slow
@LAWS
@given(data=st.data())
def test_no_winner_is_told_that_the_state_does_not_have(data: st.DataObject) -> None:
    case = acted(data)
    found, text = case_data(case.case), document_text(status_document(case.case, "r.jsonl"))
    for lot in case.state.lots:
        phase = case.state.phase(lot)
        if phase not in (Phase.EVALUATED, Phase.DECIDED, Phase.CLOSED):
            assert case.winner(lot) == ()
        for bid in case.winner(lot):
            assert case.case.bid_status(bid, lot) == "stands"
    if not any(map(case.winner, case.state.lots)):
        assert "comes first" not in text.partition("What was entered")[0]
        assert "Awarded to" not in text
    assert found["winner"] == (list(case.winner()) if "lots" not in data_lots(case) else [])
    for act in found["acts"]:
        for said in (act.get("before", {}), act.get("after", {})):
            for lot, one in (said.get("lots") or {"": said}).items():
                if one and case.state.phase(lot) not in (Phase.EVALUATED, Phase.DECIDED, Phase.CLOSED):
                    assert one["winner"] == [], "who would have been awarded what is open"
                if one and case.state.phase(lot) == Phase.SET_ASIDE:
                    assert not one["ranks"]
                    assert not one["totals"]
    assert json.loads(json.dumps(found)) == found


def data_lots(case: Acting) -> set[str]:
    return {"lots"} if case.state.lots != ("",) else set()


@pytest.mark.slow
@LAWS
@given(data=st.data())
def test_an_act_and_its_reverse_restore_the_result(data: st.DataObject) -> None:
    case = acted(data, 6)
    before = outcome(case.state)
    bid = data.draw(st.sampled_from([b.id for b in case.state.bids.bids]))
    lot = data.draw(st.sampled_from([*case.state.lots, ""]))
    kind = data.draw(st.sampled_from(["withdraw", "exclude", "disregard"]))
    try:
        case(kind, bid=bid, lot=lot, clause="s.19", reason="x")
    except Refused:
        return
    try:
        case("readmit", bid=bid, lot=lot, reason="x")
    except Refused as e:
        raise AssertionError(e) from e
    assert outcome(case.state) == before


@pytest.mark.slow
@LAWS
@given(data=st.data())
def test_what_is_decided_changes_only_when_it_is_set_aside(data: st.DataObject) -> None:
    case = acted(data)
    for before, told, after in zip(case.states, case.told, [*case.states[1:], case.state], strict=True):
        for lot, decision in before.decided.items():
            if told.act.kind != "set_aside":
                assert after.decided.get(lot) == decision
                assert after.winners(lot) == decision.winners


def test_acts_that_change_nothing_leave_the_evaluations_as_they_are(one: Acting) -> None:
    before = one.state.evaluations
    one("clarify", text="x")
    one("query", bid="mid", text="x", about="query")
    one("answer", matter="m1", text="x")
    assert one.state.evaluations is before
    assert Act(0, "clarify", {}, AT).at == AT
