"""The sheet of somebody of the panel: what it holds, and that it hangs on nothing that others gave."""

from __future__ import annotations

import io

import openpyxl
import pytest
from acting import Acting, source
from desks import GENESIS, SCHEME, filled, given, opened, refused, texts
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from tender_eval.base.canonical import Data
from tender_eval.case.next import next_acts
from tender_eval.case.panel.progress import compared
from tender_eval.case.panel.sheets import check_of, reference, to_mark
from tender_eval.cli.file_names import file_names
from tender_eval.documents.terminal import document_text
from tender_eval.files.marks.read import read_marks
from tender_eval.files.source import Source
from tender_eval.report.json.panel import status_json
from tender_eval.report.panel.comparison import status_document
from tender_eval.report.panel.sheet import sheet_of
from tender_eval.report.panel.told import sheet_line

CASE = reference(GENESIS)


def sheet(case: Acting, person: str, shape: str = "xlsx", *, tabs: bool = False) -> bytes:
    """The sheet of somebody by id."""
    assert case.state.panel is not None
    found = case.state.panel.find(person)
    assert found is not None
    return sheet_of(case.state, CASE, found, shape, tabs=tabs)


def test_a_sheet_holds_what_its_person_marks_and_no_more() -> None:
    case = opened()
    case("submit_marks", person="cat", marks=[given("alder", "voice", "7", "Only Cat wrote this")])
    case("agree", marks=[given("alder", "voice", "8", "Agreed words")], present=["ann"])
    book = openpyxl.load_workbook(io.BytesIO(sheet(case, "bob")))
    assert [cell.value for (cell,) in book["How to mark"].iter_rows(max_row=2)] == [
        "Refuge services",
        "Sheet of Bob Baker",
    ]
    page = book["Marks"]
    assert [cell.value for cell in page[1]] == [
        "bid", "supplier", "criterion", "question", "scale", "mark", "reason", "note",
    ]  # fmt: skip
    rows = [[cell.value for cell in row[:4]] for row in page.iter_rows(min_row=2)]
    assert rows == [
        ["alder", "Alder House", "care", "How care is given"],
        ["alder", "Alder House", "voice", "How survivors shape it"],
        ["birch", "Birch Trust", "care", "How care is given"],
        ["birch", "Birch Trust", "voice", "How survivors shape it"],
    ]
    assert str(page["E2"].value).splitlines() == [
        "0 Unacceptable: Not answered",
        "3 Acceptable: Says how for the whole requirement",
        "4 Good: As 3, with evidence that it has worked",
        "5 Excellent: As 4, measured",
    ]
    assert page["E3"].value == "a mark from 0 to 10"
    everything = " ".join(texts(sheet(case, "bob")))
    for other in ("98765", "Only Cat", "Agreed words", "Cedar", "Ann Archer"):
        assert other not in everything


def test_only_marks_reasons_and_notes_are_open_and_marks_are_offered() -> None:
    page = openpyxl.load_workbook(io.BytesIO(sheet(opened(), "ann")))["Marks"]
    assert page.protection.sheet
    open_cells = {cell.coordinate for cell in page[2] if not cell.protection.locked}
    assert open_cells == {"F2", "G2", "H2"}
    offered = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert offered["F2"] == '"0,3,4,5,abstain"'
    assert offered["F3"] == 'OR($F$3="abstain",AND(ISNUMBER($F$3),$F$3>=0.0,$F$3<=10.0))'


def test_the_hidden_sheet_says_whose_it_is() -> None:
    case = opened()
    book = openpyxl.load_workbook(io.BytesIO(sheet(case, "ann")))
    assert book["Case"].sheet_state == "hidden"
    said = {row[0].value: row[1].value for row in book["Case"].iter_rows()}
    assert case.state.panel is not None
    assert said == {
        "format": "tender-eval/marks/1",
        "case": CASE,
        "person": "ann",
        "check": check_of(CASE, case.state.panel.people[0]),
    }


@pytest.mark.parametrize("shape", ["xlsx", "tabs", "csv", "yaml"])
def test_what_somebody_gave_stands_in_their_next_sheet_and_is_read_from_it(shape: str) -> None:
    case = opened()
    marks = [
        ("alder", "care", "4", '=1+1, \u00e9, "quoted"', ""),
        ("birch", "voice", "2.5", "Named leads", "ask about it"),
        ("cedar", "care", "abstain", "I know them", ""),
    ]
    stated: list[Data] = [given(*mark[:4], note=mark[4]) for mark in marks]
    case("submit_marks", person="ann", marks=stated)
    data = sheet(case, "ann", "xlsx" if shape == "tabs" else shape, tabs=shape == "tabs")
    found = read_marks(Source(f"ann.{'xlsx' if shape == 'tabs' else shape}", data))
    assert (found.person, found.case) == ("ann", CASE)
    rows = [(r.bid, r.criterion, r.mark, r.reason.removeprefix("'"), r.note) for r in found.rows if r.mark]
    assert sorted(tuple(map(str, row)) for row in rows) == marks


def test_a_tab_a_bid_is_named_by_its_supplier() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet(opened(), "bob", tabs=True)))
    assert book.sheetnames == ["How to mark", "1 Alder House", "2 Birch Trust", "Case"]


def test_lots_are_marked_one_by_one_and_by_whom_the_panel_says() -> None:
    panel = """\
format: tender-eval/panel/1
members: [{id: ann, name: Ann}, {id: bob, name: Bob, lots: [south]}]
"""
    bids = """\
format: tender-eval/bids/1
tender: {id: t, lots: [{id: north}, {id: south}]}
bids:
  - {id: a, supplier: {name: Alder}, lots: {north: {price: 1}, south: {price: 1}}}
  - {id: b, supplier: {name: Birch}, lots: {north: {price: 1}}}
"""
    case = Acting.opened(SCHEME, panel)
    case("receive", file=source("bids.yaml", bids))
    for person in ("ann", "bob"):
        case("declare_interest", person=person, none="true")
    assert case.state.panel is not None
    ann, bob = case.state.panel.people
    assert {(key.bid, key.lot) for key in to_mark(case.state, ann)} == {("a", "north"), ("a", "south"), ("b", "north")}
    assert {(key.bid, key.lot) for key in to_mark(case.state, bob)} == {("a", "south")}
    case("submit_marks", person="bob", marks=[given("a", "care", "4", lot="south")])
    case("agree", marks=[given("a", "care", "4", lot="south")], present=["ann"])
    assert set(case.state.bids.bids[0].lots["south"].marks) == {"care"}
    assert not case.state.bids.bids[0].lots["north"].marks


COMMON = """\
format: tender-eval/bids/1
tender: {id: t, lots: [{id: north}, {id: south}]}
bids:
  - {id: a, supplier: {name: Alder}, lots: {north: {price: 1}, south: {price: 1}}}
  - {id: b, supplier: {name: Birch}, lots: {north: {price: 1}}}
"""


def test_an_answer_for_all_lots_is_marked_once() -> None:
    """By whoever marks one of the bid's lots, on sheets and at the meeting, and counts at each."""
    scheme = SCHEME.replace("{divergence: 2}", "{divergence: 2, for_all_lots: [care]}")
    panel = "format: tender-eval/panel/1\nmembers: [{id: ann, name: Ann}, {id: bob, name: Bob, lots: [south]}]\n"
    case = Acting.opened(scheme, panel)
    case("receive", file=source("bids.yaml", COMMON))
    for person in ("ann", "bob"):
        case("declare_interest", person=person, none="true")
    assert case.state.panel is not None
    ann, bob = case.state.panel.people
    assert [tuple(key)[:2] for key in to_mark(case.state, ann) if key.criterion == "care"] == [("a", ""), ("b", "")]
    assert [key.lot for key in to_mark(case.state, bob) if key.criterion == "care"] == [""]
    assert {key.lot for key in to_mark(case.state, bob) if key.criterion == "voice"} == {"south"}
    table = read_marks(Source("ann.csv", sheet_of(case.state, CASE, ann, "csv"))).rows
    assert not table
    assert b"How care is given (one mark for all its lots)" in sheet_of(case.state, CASE, ann, "csv")
    assert refused(case, "submit_marks", person="bob", marks=[given("b", "care", "4")]) == [
        ("TE531", 'Bob does not mark lot "north", as the panel has it')
    ]
    assert refused(case, "submit_marks", person="ann", marks=[given("a", "care", "4", lot="north")]) == [
        ("TE056", '"care" of bid "a" is marked once for all its lots')
    ]
    case("submit_marks", person="ann", marks=[given("a", "care", "4")])
    case("submit_marks", person="bob", marks=[given("a", "care", "5")])
    (row,) = [one for one in compared(case.state) if one.sides]
    assert (row.key.lot, row.marks, row.missing) == ("", (4, 5), ())
    case("agree", marks=[given("a", "care", "5")], present=["ann", "bob"])
    for lot in ("north", "south"):
        assert case.state.bids.bids[0].for_lot(lot).marks["care"].value == 5


MARKS = st.sampled_from(["0", "3", "4", "5"])
WORDS = st.text("abc \n'=", min_size=1, max_size=400).map(lambda text: f"x{text}")


def served(case: Acting) -> dict[str, object]:
    """All that is written for Ann Archer before she returned her marks, and what everybody may see."""
    state = case.state
    assert state.panel is not None
    ann = state.panel.people[0]
    shapes = [("xlsx", False), ("xlsx", True), ("csv", False), ("yaml", False)]
    return {
        **{f"{shape} {tabs}": sheet_of(state, CASE, ann, shape, tabs=tabs) for shape, tabs in shapes},
        "line": sheet_line(state, ann, "ann.xlsx"),
        "names": file_names([one.id for one in state.panel if one.marks]),
        "status": document_text(status_document(state), 100) + status_json(state),
        "next": [one.typed("r.jsonl") for one in next_acts(state)],
    }


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@drawn(st.data())
def test_nothing_served_to_somebody_depends_on_what_others_gave(data: st.DataObject) -> None:
    """Not the bytes of any sheet, nor names, order or progress: of two panels in which others marked as many bids, one
    after the other, whatever they gave and whichever bids it was.
    """
    cases, count = (opened(), opened()), data.draw(st.integers(1, 2))
    for case in cases:
        for person, bids in (("bob", ["alder", "birch"]), ("cat", ["alder", "birch", "cedar"])):
            chosen = data.draw(st.lists(st.sampled_from(bids), min_size=count, max_size=count, unique=True))
            name = "voice" if person == "cat" else data.draw(st.sampled_from(["care", "voice"]))
            marks = [given(bid, name, data.draw(MARKS), data.draw(WORDS), note=data.draw(WORDS)) for bid in chosen]
            case("submit_marks", person=person, marks=marks)
    assert served(cases[0]) == served(cases[1])
    unmarked = served(opened())
    cases[0]("agree", marks=[given("alder", "voice", "7")], present=["bob", "cat"])
    again = served(cases[0])
    assert all(again[key] == unmarked[key] for key in unmarked if key not in ("status", "next"))


def test_a_sheet_filled_in_by_another_program_is_read() -> None:
    data = filled(sheet(opened(), "ann"), {("birch", "care"): (4, "Named leads"), ("alder", "voice"): (2.5, "A forum")})
    rows = read_marks(Source("renamed (1).xlsx", data)).rows
    assert {(*row.key, row.mark, row.reason) for row in rows if row.mark} == {
        ("birch", "", "care", "4", "Named leads"),
        ("alder", "", "voice", "2.5", "A forum"),
    }
