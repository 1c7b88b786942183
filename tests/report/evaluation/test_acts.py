"""The first page tells what people entered, what turned the award first, and how a tie was settled."""

from __future__ import annotations

from pathlib import Path

import pytest
from html_tree import Element, section, tree
from phases import NAMES, amended, case_after

from tender_eval.case.case import Case
from tender_eval.documents.html import document_html
from tender_eval.report.evaluation.report import report_document

OUT = {"bid": "a", "clause": "s.19(3)(c)", "reason": "The answer explained nothing."}
SLIP = {
    "bid": "c",
    "field": "marks.care",
    "old": "2",
    "new": "3",
    "reason": "Page 4 was missed.",
    "panel_reason": "So.",
}
PRICED = {"bid": "b", "field": "price", "old": "9003", "new": "5001", "reason": "VAT was in it."}


def page(case: Case) -> Element:
    return tree(document_html(report_document(case)))


def first(case: Case) -> Element:
    return section(page(case), "Result at a glance")


@pytest.mark.slow
def test_an_act_that_turned_the_award_stands_before_the_others(tmp_path: Path) -> None:
    told = first(case_after(tmp_path, ("correct", SLIP), ("disregard", OUT)))
    assert told.one("p", class_="headline").text == f"Winner: {NAMES['b']}"
    box = told.one("div", class_="heed")
    assert [p.text for p in box.all("p")] == ["An act changed the award"]
    (item,) = box.all("li")
    assert item.text == (
        f"11 May 2026: {NAMES['a']} was disregarded under s.19(3)(c): The answer explained nothing. "
        f"Before, the award would have gone to {NAMES['a']}; now to {NAMES['b']}."
    )
    others = section(told, "What else was changed, and what it did").all("li")
    assert others[0].text == (
        f"11 May 2026: the mark for Care of {NAMES['c']} was put right from 2 to 3: Page 4 was missed. "
        "The award did not change."
    )


@pytest.mark.slow
def test_the_history_says_in_words_what_was_entered(tmp_path: Path) -> None:
    income = {"bid": "c", "field": "supplier.annual_income", "new": "250000", "reason": "It was left out."}
    asked = {"text": "Is it possible?", "about": "abnormally_low", "bid": "b"}
    said = {"matter": "m1", "text": "No.", "outcome": "not_accepted"}
    case = case_after(
        tmp_path, ("correct", PRICED), ("correct", SLIP), ("correct", income), ("query", asked), ("answer", said)
    )
    told = section(page(case), "History").text
    for words in (
        f"bid {NAMES['b']} (b)", "field price", "new £5,001", "old £9,003", "field mark for Care",
        "field annual income", "new £250,000", "about an abnormally low price",
        "outcome the answer was not accepted",
    ):  # fmt: skip
        assert words in told
    assert "annual_income" not in told


@pytest.mark.slow
def test_ranks_and_totals_before_and_after_stand_in_a_table(tmp_path: Path) -> None:
    (found,) = [d for d in first(case_after(tmp_path, ("correct", PRICED))).all("details") if "Ranks" in d.text]
    rows = [[cell.text for cell in row.all("th", "td")] for row in found.one("tbody").all("tr")]
    assert [row[1:] for row in rows] == [
        [NAMES["a"], "1", "88.00", "1", "76.57"], [NAMES["b"], "2", "67.11", "2", "76.00"],
        [NAMES["c"], "3", "47.32", "3", "40.66"],
    ]  # fmt: skip
    assert rows[0][0].endswith("a figure corrected")


@pytest.mark.slow
def test_a_bid_that_is_out_says_so_with_clause_and_reason_wherever_it_is_listed(tmp_path: Path) -> None:
    found = page(case_after(tmp_path, ("exclude", OUT)))
    assert "Excluded" in section(found, "Ranking").text
    out = section(found, "Bids that are not ranked, and why").text
    assert f"{NAMES['a']} (a): Excluded" in out
    assert "excluded under s.19(3)(c): The answer explained nothing" in out


@pytest.mark.slow
def test_while_a_matter_is_open_no_act_names_who_comes_first(tmp_path: Path) -> None:
    asked = {"text": "Is it possible?", "about": "query", "bid": "b"}
    told = first(case_after(tmp_path, ("disregard", OUT), ("query", asked)))
    assert "It changed which bid comes first." in told.text
    assert "now to" not in told.text
    assert "Open: m1: a query" in told.text
    assert "Query, 11 May 2026, Chair Person: Is it possible?" in told.text


@pytest.mark.slow
def test_a_matter_that_was_closed_tells_its_answer(tmp_path: Path) -> None:
    asked = {"text": "Is it possible?", "about": "query", "bid": "b"}
    told = first(case_after(tmp_path, ("query", asked), ("answer", {"matter": "m1", "text": "Yes, by volunteers."})))
    assert "Answer, 11 May 2026, Chair Person: Yes, by volunteers." in told.text
    assert "closed by entry" in told.text


@pytest.mark.slow
def test_a_scheme_that_was_amended_by_force_is_said_first(tmp_path: Path) -> None:
    told = first(case_after(tmp_path, ("amend_scheme", amended())))
    box = told.one("div", class_="bad")
    assert box.all("p")[0].text == "The scheme was amended after bids were in"
    assert "the scheme was amended after bids were in: The weights were a slip." in box.text


@pytest.mark.slow
def test_a_tie_that_was_drawn_says_how_where_the_winner_is_named(tmp_path: Path) -> None:
    drawn = {"order": ["b", "a"], "procedure": "Lots were drawn.", "witnesses": ["Eve Clerk"]}
    found = page(case_after(tmp_path, ("settle", drawn), tie=True))
    box = found.one("div", class_="verdict")
    assert box.one("p", class_="headline").text == f"Winner: {NAMES['b']}"
    assert (
        f"The scheme left {NAMES['b']} and {NAMES['a']} level. Their order was settled on 11 May 2026: "
        "Lots were drawn. Witnesses: Eve Clerk."
    ) in box.text
    assert f"the tie was settled in favour of {NAMES['b']}" in box.text
    assert "published tie break" not in found.text


@pytest.mark.slow
def test_what_was_entered_at_a_lot_names_the_lot(tmp_path: Path) -> None:
    told = first(case_after(tmp_path, ("disregard", {**OUT, "lot": "north"}), lots=True))
    assert f"Before, lot north would have gone to {NAMES['a']}; now to {NAMES['b']}." in told.text
    outcomes = [row.all("td")[0].text for row in told.all("table")[0].one("tbody").all("tr")]
    assert outcomes == [f"Winner: {NAMES['b']}", f"Winner: {NAMES['a']}"]
