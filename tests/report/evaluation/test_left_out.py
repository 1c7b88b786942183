"""What a published document holds beside the bids is listed with its reason, on the terminal and in the report."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from inline import leaf, scheme
from shipped import case_from

from tender_eval.documents.terminal import document_text
from tender_eval.report.evaluation.brief import evaluation_document
from tender_eval.report.evaluation.report import report_document
from tender_eval.report.json.evaluation import evaluation_data
from tender_eval.report.workbook.report import xlsx_report

BIDS: dict[str, Any] = {
    "format": "tender-eval/bids/1",
    "bids": [
        {"id": "a", "supplier": {"name": "Alder"}, "price": 5},
        {"id": "b", "supplier": {"name": "Birch"}, "removed": {"kind": "excluded", "reason": "late", "clause": "s.28"}},
    ],
    "left_out": [
        {"what": "bid", "id": "c", "supplier": "Cedar", "status": "invited", "reason": "no bid was made"},
        {"what": "bid", "id": "d", "lot": "L2", "status": "draft", "reason": "never submitted"},
        {"what": "lot", "id": "L3", "status": "cancelled", "reason": "it was cancelled"},
        {"what": "bid", "id": "b", "kind": "excluded", "status": "disqualified", "reason": "late"},
    ],
}
LISTED = (
    "Left out\n  bid c (Cedar): invited: no bid was made\n  bid d for lot L2: draft: never submitted\n"
    "  lot L3: cancelled: it was cancelled\n"
)


def test_the_terminal_and_the_report_list_what_was_left_out() -> None:
    made = case_from(scheme(leaf("price", 100, "ratio_to_lowest"), rule="lowest_price"), BIDS)
    found = made.evaluations[""]
    told = document_text(evaluation_document(found))
    assert LISTED in told
    assert "b (Birch): excluded under s.28: late" in told
    assert LISTED in document_text(report_document(made))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_report(made)))
    result = [str(row[0].value or "") for row in book["Result"].iter_rows()]
    assert result[result.index("Left out") + 1 :][:3] == [line.strip() for line in LISTED.splitlines()[1:]]
    data = evaluation_data(found)["left_out"]
    assert [one["id"] for one in data] == ["c", "d", "L3", "b"]
    assert data[1] == {
        "what": "bid", "id": "d", "kind": "left out", "status": "draft", "reason": "never submitted", "lot": "L2",
        "where": "bids",
    }  # fmt: skip
