"""A supplier's postal and e-mail address stand in the letter to it, and in nothing else that is written of a case."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from acting import BIDS, SCHEME, Acting, source
from html_tree import tree

from tender_eval.case.case import Case
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import Document
from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.model.bids import Contact
from tender_eval.model.diagnostics import Problems
from tender_eval.report.case.status import status_document
from tender_eval.report.decision.document import decision_document
from tender_eval.report.evaluation.report import report_document
from tender_eval.report.json.case import case_json
from tender_eval.report.json.redacted import redacted_json
from tender_eval.report.letters.document import summaries
from tender_eval.report.letters.gaps import gaps
from tender_eval.report.ocds.outcome import outcome_of
from tender_eval.report.ocds.release import Publisher, ocds_release
from tender_eval.report.workbook.report import xlsx_report

HELD = {"low": ("7 Quay Row", "low@quay.example"), "mid": ("8 Mill Lane", "mid@mill.example")}
AT = "2026-05-02T09:30:00Z"


def plain(document: Document) -> str:
    """A document without the marks of Markdown that keep text from being read as markup."""
    return document_markdown(document).replace("\\", "")


def bids() -> str:
    text = BIDS["one"]
    for name, supplier in (("low", "Alder"), ("mid", "Birch")):
        line, email = HELD[name]
        text = text.replace(f"{{name: {supplier}}}", f"{{name: {supplier}, address: [{line}, Vale], email: {email}}}")
    return text


def decided() -> Case:
    case = Acting.evaluated(bids=bids())
    case("decide")
    return case.case


def test_each_letter_holds_the_address_of_its_own_supplier_alone() -> None:
    letters = {name: plain(document) for name, document in summaries(decided()).items()}
    assert set(letters) == {"low", "mid", "top"}
    for name, text in letters.items():
        found = {other for other, said in HELD.items() if any(one in text for one in said)}
        assert found == ({name} if name in HELD else set())
    assert "| Postal address | 7 Quay Row, Vale |" in letters["low"]
    assert "| E-mail address | low@quay.example |" in letters["low"]
    assert "Postal address" not in letters["top"]


def test_nothing_else_that_is_written_holds_an_address() -> None:
    case = Acting.evaluated(bids=bids())
    case(
        "correct", bid="low", field="supplier.email", old="low@quay.example", new="new@quay.example", reason="It moved"
    )
    case("decide")
    made = case.case
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(made)))
    told = [
        plain(report_document(made)), plain(decision_document(made)),
        plain(status_document(made, "r.jsonl")), case_json(made), redacted_json(made),
        ocds_release(made, "ocds-x-1", AT, Publisher("C"), outcome_of(made, AT), losers=True),
        *(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row),
    ]  # fmt: skip
    for text in told:
        assert not any(one in text for said in (*HELD.values(), ("new@quay.example",)) for one in said)
    letter = plain(summaries(made)["low"])
    assert "| low@quay.example | new@quay.example | It moved |" in letter


@pytest.mark.parametrize("decide", [False, True], ids=["evaluated", "decided"])
def test_an_address_is_put_right_whatever_the_phase_and_changes_nothing_else(decide: bool) -> None:
    case = Acting.evaluated(bids=bids())
    if decide:
        case("decide")
    before = case.state
    case("correct", bid="top", field="supplier.address", new="9 Hill; Vale", reason="It was left out")
    assert case.state.bids.bids[2].contact == Contact(("9 Hill", "Vale"))
    assert (case.state.evaluations, case.state.phase()) == (before.evaluations, before.phase())
    ((code, told),) = case.refusal("correct", bid="top", field="supplier.address", new="1 Hill", reason="x")
    assert (code, told) == ("TE085", "supplier.address of bid top is 9 Hill, Vale")


HOSTILE = ["<script>alert(1)</script>", "=cmd()", "\u202eevil", "| a | b |", "\x1b[2J"]


@pytest.mark.parametrize("line", HOSTILE)
def test_a_hostile_address_is_text(line: str) -> None:
    data: dict[str, Any] = {"format": "tender-eval/bids/1", "bids": []}
    for name, mark in (("low", 2), ("mid", 4), ("top", 5)):
        one = {"id": name, "supplier": {"name": name}, "declarations": {"insured": True}, "price": 100}
        data["bids"].append(one | {"marks": {"care": {"agreed": mark, "reason": "So"}}})
    data["bids"][0]["supplier"]["address"] = [line]
    case = Acting.evaluated(bids=json.dumps(data))
    case("decide")
    document = summaries(case.case)["low"]
    page = document_html(document)
    assert "<script>alert" not in page
    assert tree(page).text.count("Postal address") == 1
    assert "\x1b" not in plain(document) + page


def test_addresses_come_in_a_table_and_are_checked() -> None:
    def read(cells: str) -> Any:
        problems = Problems()
        heads = "id,price,supplier.name,supplier.address,supplier.email"
        return read_bids(Source("bids.csv", f"{heads}\n{cells}\n".encode()), {}, problems), list(problems)

    found, _ = read("a,1,Alder,7 Quay Row; Vale,a@alder.example")
    assert found.bids[0].contact == Contact(("7 Quay Row", "Vale"), "a@alder.example")
    for wrong in ("alder", "a@b@c", "a b@c", "@c", "a@"):
        _, told = read(f"a,1,Alder,,{wrong}")
        assert [(d.code, d.message) for d in told] == [("TE012", "expected an e-mail address")]


def test_what_came_with_the_bids_is_not_changed_by_a_later_file() -> None:
    case = Acting.opened()
    case("receive", file=source("b.yaml", bids()))
    case("receive", file=source("c.csv", "id,supplier.name,supplier.email\ntop,Cedar,top@hill.example\n"))
    assert case.state.bids.bids[2].contact.email == "top@hill.example"
    ((code, told),) = case.refusal(
        "receive", file=source("d.csv", "id,supplier.name,supplier.email\nlow,Alder,x@y.example\n")
    )
    assert (code, told) == (
        "TE085",
        'supplier.email of bid "low" was received as low@quay.example, and is x@y.example here',
    )


def test_a_release_gives_the_addresses_of_its_parties() -> None:
    party = {
        "id": "GB-1", "name": "Alder", "roles": ["tenderer"], "contactPoint": {"email": "a@alder.example"},
        "address": {"postalCode": "V1 1AA", "streetAddress": "7 Quay Row", "locality": "Vale"},
    }  # fmt: skip
    bid = {
        "id": "a",
        "status": "valid",
        "tenderers": [{"id": "GB-1", "name": "Alder"}],
        "value": {"amount": 1, "currency": "GBP"},
    }
    release = {"ocid": "o", "id": "1", "date": AT, "tag": ["bid"], "initiationType": "tender", "parties": [party]}
    data = {"releases": [release | {"tender": {"id": "t", "status": "active"}, "bids": {"details": [bid]}}]}
    problems = Problems()
    found = read_bids(Source("r.json", json.dumps(data).encode()), {}, problems)
    assert found is not None
    assert found.bids[0].contact == Contact(("7 Quay Row", "Vale", "V1 1AA"), "a@alder.example")


def test_addresses_that_the_law_asks_for_and_are_not_recorded_are_told() -> None:
    case = Acting.evaluated(scheme=f"{SCHEME}regime: {{law: procurement-act-2023}}\n", bids=bids())
    case("decide")
    told = [line for line in gaps(case.case, ["low", "mid", "top"]) if "postal address" in line]
    assert len(told) == 1
    assert "Of top they are not both recorded" in told[0]
