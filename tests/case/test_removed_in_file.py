"""A bid that its file says is out stays out, whatever people do to others, until it is readmitted."""

from __future__ import annotations

from dataclasses import replace

from acting import BIDS, Acting, source
from cases import case_of
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.case.state import Removal
from tender_eval.documents.terminal import document_text
from tender_eval.model.explanation.reasons import Removed
from tender_eval.report.case.status import status_document
from tender_eval.report.json.case import case_data

OUT = "removed: {kind: excluded, clause: s.26, reason: a conviction}"
LOW = BIDS["one"].replace("price: 100,", f"{OUT}, price: 100,")
BARE = BIDS["one"].replace("price: 100, marks: {care: {agreed: 2, reason: As shown in part 2}}", f"price: 100, {OUT}")


def evaluated(text: str) -> Acting:
    return Acting.evaluated(bids=text)


def test_what_the_file_says_is_out_stays_out_beside_what_people_take_out() -> None:
    compiled = compile_scheme(
        scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"), rule="lowest_price")), CATALOGUE
    )
    offered = {"a": {"price": 5}, "b": {"price": 4}, "c": {"removed": {"kind": "excluded", "reason": "late"}}}
    case = case_of(compiled, bids_from_data(bids(offered)))
    assert (case.bid_status("c", ""), case.awarded("")) == ("excluded", ("b",))
    out = {("b", ""): Removal(Removed("withdrawn", "", "asked"), 4)}
    state = replace(case.state, removed=out)
    assert {bid.id: bid.removed and bid.removed.kind for bid in state.bids.bids} == {
        "a": None, "b": "withdrawn", "c": "excluded",
    }  # fmt: skip


def test_it_is_told_to_be_out_before_anything_is_evaluated() -> None:
    case = Acting.opened()
    case("receive", file=source("b.yaml", LOW))
    assert case_data(case.case)["bids"][0] == {
        "id": "low", "supplier": "Alder", "standing": "excluded", "clause": "s.26", "entry": None,
    }  # fmt: skip
    told = document_text(status_document(case.case, "r.jsonl"))
    assert "Alder: excluded under s.26: a conviction (as its file says)" in told


def test_it_is_not_taken_out_a_second_time() -> None:
    refused = evaluated(LOW).refusal("withdraw", bid="low")
    assert refused == [("TE087", 'bid "low" is excluded already, as its file says')]


def test_it_is_readmitted_and_stands_with_what_it_offered() -> None:
    case, never = evaluated(LOW), evaluated(BIDS["one"])
    told = case("readmit", bid="low", reason="the conviction was quashed")
    assert (told.before["ranks"], told.after) == ({"mid": "1", "top": "2"}, never.told[-1].after)
    assert case.case.bid_status("low", "") == "stands"
    assert case.refusal("readmit", bid="low", reason="x") == [("TE087", 'bid "low" was not taken out')]
    case("exclude", bid="low", clause="s.26", reason="x")
    assert case.case.bid_status("low", "") == "excluded"


def test_what_its_file_left_out_is_asked_of_it_when_it_is_readmitted() -> None:
    case = evaluated(BARE)
    assert "TE052" in {code for code, _ in case.refusal("readmit", bid="low", reason="x")}
    before = Acting.opened()
    before("receive", file=source("b.yaml", BARE))
    before("lock")
    before("readmit", bid="low", reason="the conviction was quashed")
    before("correct", bid="low", field="marks.care", new="5", reason="marked on 4 May", panel_reason="Full")
    before("evaluate")
    assert before.winner() == ("low",)


def test_a_bid_that_is_out_of_one_lot_by_its_file_is_readmitted_to_that_lot() -> None:
    text = BIDS["lots"].replace("north: {price: 100}, south: {price: 200}", f"north: {{{OUT}}}, south: {{price: 200}}")
    case = Acting.opened()
    case("receive", file=source("b.yaml", text))
    ((code, message),) = case.refusal("readmit", bid="a", reason="x")
    assert (code, message) == ("TE087", 'bid "a" was taken out of lot north')
    case("readmit", bid="a", lot="north", reason="x")
    assert case.case.bid_status("a", "north") == "stands"


def test_no_price_is_asked_of_a_bid_that_its_file_took_out() -> None:
    case = Acting.opened()
    text = BIDS["two_envelopes"].replace("marks: {care: {agreed: 2", f"{OUT}, marks: {{care: {{agreed: 2")
    case("receive", file=source("b.yaml", text))
    case("lock")
    case.open_prices("id,price\nmid,300\ntop,500\n")
    case("evaluate")
    assert [bid.rank for bid in case.state.evaluations[""].bids] == [1, 2, None]
