"""The decision paper: short, and of nothing that the state of the case does not have."""

from __future__ import annotations

from dataclasses import replace

import pytest
from demo_cases import demo
from html_tree import section, tree
from inline import leaf, scheme
from phases import NAMES, case_in
from shipped import CATALOGUE, case_from, case_of

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.case.case import Case
from tender_eval.documents.html import document_html
from tender_eval.documents.model import Items, Table, walk
from tender_eval.model.explanation.reasons import Removed
from tender_eval.report.decision.document import MOST, SIGNATURES, decision_document


def page(case: Case):  # type: ignore[no-untyped-def]
    return tree(document_html(decision_document(case)))


@pytest.mark.slow
def test_what_is_settled_open_and_could_turn_it_is_told() -> None:
    found = page(demo("victim-services-cpqp"))
    assert [h.text for h in found.all("h2")] == [
        "What is settled so far", "What is open", "What would change the award", "How reliably the panel marked",
        "Who took part", "Approval",
    ]  # fmt: skip
    assert found.one("p", class_="headline").text == "Winner: Severn Vale Together"
    assert "The award is to be decided." in section(found, "What is open").text
    told = [item.text for item in section(found, "What would change the award").all("li")]
    assert told[0] == "Severn Vale Together and Quantock Victim Care are £3,075.38 apart on cost per quality point."
    assert "with the mark 3 instead of 2 the award would go to Kingfisher Community Trust." in told[1]
    assert "Quantock Victim Care would be awarded below a price of £2,202,739.72, which is 10.09% less" in told[2]


@pytest.mark.slow
def test_who_took_part_is_counted() -> None:
    rows = section(page(demo("victim-services-cpqp")), "Who took part").one("tbody").all("tr")
    assert [row.text for row in rows] == [
        "commissioner agreed 40 marks", "practitioner agreed 40 marks", "survivor agreed 40 marks",
    ]  # fmt: skip


@pytest.mark.slow
def test_people_are_named_with_what_they_entered(tmp_path) -> None:  # type: ignore[no-untyped-def]
    found = page(case_in("decided", tmp_path))
    assert found.all("h2")[0].text == "What is decided"
    (row,) = section(found, "Who took part").one("tbody").all("tr")
    assert row.text.startswith("Chair Person bids received, the marks locked, the bids evaluated")
    assert len(section(found, "Approval").one("tbody").all("tr")) == SIGNATURES


@pytest.mark.slow
def test_while_a_matter_is_open_nobody_comes_first(tmp_path) -> None:  # type: ignore[no-untyped-def]
    found = page(case_in("undecided by matter", tmp_path))
    assert found.one("p", class_="headline").text == "Winner: undecided"
    assert f"Open: m1: a query, bid {NAMES['a']}" in section(found, "What is open").text
    assert section(found, "What would change the award").all("p")[0].text == "Nobody comes first yet."


@pytest.mark.slow
def test_many_bids_are_counted_and_many_lots_stand_in_a_table() -> None:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), award={"on_rejection": "recompute"})
    offers = [{"id": f"b{n}", "price": 100 + n} for n in range(40)]
    document = decision_document(case_from(stated, {"format": "tender-eval/bids/1", "bids": offers}))
    ranking = next(block for block in walk(document.blocks) if isinstance(block, Table))
    assert len(ranking.rows) == MOST
    assert ranking.notes[0][0].text == "32 more bids stand in the full report."
    lots = decision_document(demo("lots-largest-lead"))
    first = next(block for block in walk(lots.blocks) if isinstance(block, Table))
    assert len(first.rows) == 4
    assert sum(isinstance(block, Items) for block in walk(lots.blocks)) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["recompute", "keep_order"])
def test_a_bid_that_was_taken_out_turns_no_award(rule: str) -> None:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), award={"on_rejection": rule})
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    offers = [{"id": f"b{n}", "supplier": {"name": f"Firm {n}"}, "price": 100 + n} for n in range(3)]
    bids = bids_from_data({"format": "tender-eval/bids/1", "bids": offers})
    first, *others = bids.bids
    out = replace(first, removed=Removed("disregarded", "s.19(3)(c)", "It was not explained.", assessed=True))
    found = page(case_of(compiled, replace(bids, bids=(out, *others))))
    assert found.one("p", class_="headline").text == "Winner: Firm 1"
    told = found.text.partition("What would change the award")[2].partition("Approval")[0]
    assert "Firm 0" not in told
    assert "no other bid needs a smaller change of its price" in told


@pytest.mark.slow
@pytest.mark.parametrize("name", ["victim-services-cpqp", "small-grants-pot", "framework-four-suppliers"])
def test_the_same_case_gives_the_same_paper(name: str) -> None:
    assert document_html(decision_document(demo(name))) == document_html(decision_document(demo(name)))
