"""Who has given what, and what differs, as they are read."""

from __future__ import annotations

import json

from desks import given, opened

from tender_eval.documents.charts import BarChart, Dot
from tender_eval.documents.html import document_html
from tender_eval.documents.terminal import document_text
from tender_eval.report.json.panel import comparison_json, status_json
from tender_eval.report.panel.comparison import comparison_document, status_document


def test_the_agenda_has_what_is_far_apart_with_its_reasons() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("birch", "care", "5", "Proven"), given("alder", "care", "4")])
    case(
        "submit_marks", person="bob", marks=[given("birch", "care", "3", "<b>Only a plan"), given("alder", "care", "4")]
    )
    told = document_text(comparison_document(case.state), 100)
    assert "One of 6 marks is 2 or more apart, and is for the panel to look at." in told
    agenda = told[told.index("Agenda") :]
    assert "Birch Trust: How care is given" in agenda
    assert "Bob Baker: 3. <b>Only a plan" in agenda
    assert "Alder House" not in agenda
    page = document_html(comparison_document(case.state))
    assert "<b>Only" not in page
    assert page.count("<circle") == 4  # one dot a person


def test_the_comparison_as_data() -> None:
    case = opened()
    case(
        "submit_marks",
        person="ann",
        marks=[given("alder", "voice", "2.5", note="ask"), given("birch", "care", "abstain")],
    )
    case("agree", marks=[given("alder", "voice", "3")], present=["ann"])
    data = json.loads(comparison_json(case.state))
    rows = {(row["bid"], row["criterion"]): row for row in data["marks"]}
    assert (data["format"], data["divergence"]) == ("tender-eval/panel-comparison/1", "2")
    assert rows["alder", "voice"]["individual"] == [
        {"person": "ann", "mark": "2.5", "abstains": False, "reason": "Named leads", "note": "ask"}
    ]
    assert rows["alder", "voice"]["agreed"] == {"mark": "3", "reason": "Named leads"}
    assert rows["birch", "care"]["individual"][0]["abstains"]


def test_who_has_given_what_says_no_mark() -> None:
    case = opened()
    case("submit_marks", person="ann", marks=[given("alder", "care", "4")])
    ann, *_ = json.loads(status_json(case.state))["people"]
    assert (ann["id"], ann["asked"], ann["given"], ann["missing"], ann["declared"]) == ("ann", 6, 1, 5, True)
    assert "1 of 6" in document_text(status_document(case.state), 100)


def test_there_is_a_dot_to_be_seen_for_each_person() -> None:
    case = opened()
    for person, mark in (("ann", "10"), ("bob", "10"), ("cat", "8")):
        case("submit_marks", person=person, marks=[given("alder", "voice", mark)])
    (chart,) = [block for block in comparison_document(case.state).blocks if isinstance(block, BarChart)]
    places = [mark.at for row in chart.rows for lane in row.lanes for mark in lane.marks if isinstance(mark, Dot)]
    assert len(set(places)) == 3
    assert max(places) == 1
