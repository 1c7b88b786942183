"""The workbook that recomputes itself.

That its formulas give what they should is proved by LibreOffice in `scripts/check_xlsx.py`; here stand what the
file holds, and that nothing in it can act.
"""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from phases import NAMES, case_after
from shipped import case_from, pairs, shipped

from tender_eval.case.case import Case
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.results import texts as texts_of
from tender_eval.report.terms.results import rank_of, status_of
from tender_eval.report.workbook.book import LONGEST, safe
from tender_eval.report.workbook.formulas import Rounder
from tender_eval.report.workbook.report import xlsx_report

SHEETS = ["Result", "Criteria", "Marks", "Prices", "Scales", "Working", "Checks"]
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "criteria": [
        {"id": "care", "weight": 60, "minimum": "20%", "scorer": {"name": "mark", "out_of": 5}},
        {"id": "price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}
HOSTILE = [
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\u202etxt.exe",
    "\x00\x1b[2J\x07",
    "<script>alert(1)</script>]]>&amp;",
    "https://example.org/",
    "_x000D_\ufffe\uffff",
    "{=A1}",
    "🛟" * 20_000,
    "x" * 100_000,
    "\ud800",
]


def opened(data: bytes, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def bid(name: str, price: object, care: object, reason: str = "Said.", supplier: str = "") -> dict[str, Any]:
    mark = {"agreed": care, "individual": {"one": care}, "reason": reason, "agreed_by": ["one"], "on": "2026-05-01"}
    return {"id": name, "supplier": {"name": supplier or name.upper()}, "price": price, "marks": {"care": mark}}


def case(*bids: dict[str, Any], **changes: Any) -> Case:
    return case_from(SCHEME | changes, {"format": "tender-eval/bids/1", "bids": list(bids)})


def texts(book: Workbook) -> list[str]:
    return [c.value for sheet in book for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_every_shipped_case_has_a_workbook_in_which_all_checks_stand(scheme: str, bids: str) -> None:
    case = shipped(scheme, bids)
    data = xlsx_report(case)
    assert data == xlsx_report(case), "the bytes repeat"
    formulas, values = opened(data), opened(data, values=True)
    beside = ["Beside"] if case.compiled.scheme.beside else []
    assert formulas.sheetnames == [*SHEETS, *beside]
    checks = [c for s in formulas for row in s.iter_rows() for c in row if '"differs")' in str(c.value)]
    few = sum(len(found.bids) for found in case.evaluations.values()) < 4 and len(case.compiled.plan.leaves) == 1
    assert len(checks) > (11 if few else 20)
    assert all(values[c.parent.title][c.coordinate].value == "OK" for c in checks)
    summary = f"All {len(checks)} recomputed figures agree with tender-eval."
    assert values["Checks"]["A2"].value == summary
    assert summary in texts(values), "and on the first sheet"


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_every_result_stands_below_its_heading_and_beside_its_recomputation(scheme: str, bids: str) -> None:
    """Column by column: a figure that is one cell off would be read as another one."""
    case = shipped(scheme, bids)
    rows = list(opened(xlsx_report(case), values=True)["Result"].iter_rows(values_only=True))
    starts = [n for n, row in enumerate(rows) if row[:4] == ("Rank", "Bid", "Supplier", "Status")]
    assert len(starts) == len(case.evaluations)
    for start, found in zip(starts, case.evaluations.values(), strict=True):
        heads = [head for head in rows[start] if head is not None]
        roots = found.roots
        money = ["Award"] if found.shares_money else []
        points = [f"{root.title or root.id}: points" for root in roots]
        again = ["Rank, recomputed", f"{ranked_name(found.figure)}, recomputed", "Flags", "Reasons"]
        assert heads == ["Rank", "Bid", "Supplier", "Status", ranked_name(found.figure), *points, *money, *again]
        for result, row in zip(found.bids, rows[start + 1 :], strict=False):
            cells = dict(zip(("rank", "bid", "supplier", "status", "figure", *(r.id for r in roots), *money,
                              "rank again", "figure again", "flags", "reasons"), row, strict=False))  # fmt: skip
            expected = {
                "rank": rank_of(result), "bid": result.id, "supplier": result.name, "status": status_of(result),
                "figure": result.figure, **{root.id: None for root in roots},
                **{c.id: c.points for c in result.criteria if c.id in {r.id for r in roots}},
                **({"Award": result.award} if money else {}),
                "rank again": result.rank, "figure again": result.figure,
                "flags": texts_of(result.flags) or None, "reasons": texts_of(result.reasons) or None,
            }  # fmt: skip
            for name, value in expected.items():
                wanted = pytest.approx(float(value), rel=1e-14) if isinstance(value, Fraction) else value
                assert cells[name] == wanted, (result.id, name)


def test_scores_points_and_ranks_are_formulas_over_the_inputs() -> None:
    book = opened(xlsx_report(case(bid("a", 100, 4), bid("b", 80, 3))))
    working = [str(c.value) for row in book["Working"].iter_rows() for c in row if c.data_type == "f"]
    assert any(re.fullmatch(r"=MIN\(\$E\$\d+:\$E\$\d+\)/\$C\$\d+", f) for f in working), "the price is compared"
    assert "=Marks!$F$3" in working, "the mark is read from its sheet"
    assert any(f.startswith("=Prices!$E$") for f in working)
    assert any(f.startswith("=1+SUMPRODUCT(") for f in working)
    assert any("Criteria!$D$3" in f for f in working), "the weight too"


def test_the_first_sheet_says_by_what_bids_are_ranked_and_in_words() -> None:
    told = texts(opened(xlsx_report(case(bid("a", 100, 4), bid("b", 80, 3))), values=True))
    assert any("ranked by points, highest first" in text for text in told)
    assert not [text for text in told if re.search(r"\b[A-Z][A-Za-z]+\.[A-Z_]{3,}\b", text)], "no name of the code"


@pytest.mark.slow
def test_what_is_not_recomputed_says_so() -> None:
    found = xlsx_report(shipped("small-grants-pot.yaml", "small-grants-pot.bids.yaml"))
    rows = opened(found, values=True)["Checks"].iter_rows(min_row=4, values_only=True)
    notes = {row[1]: row[6] for row in rows if row[5] and row[1] != "Total"}
    assert "Money awarded" in notes
    assert set(notes.values()) == {"value from tender-eval, not recomputed here"}


def test_a_bid_that_was_rejected_after_it_was_scored_keeps_its_value() -> None:
    stated = [SCHEME["criteria"][0], {**SCHEME["criteria"][1], "minimum": "50%"}]
    found = opened(xlsx_report(case(bid("a", 100, 4), bid("b", 400, 3), criteria=stated)), values=True)
    assert any("scored before this bid was rejected" in text for text in texts(found))


@pytest.mark.slow
def test_formulas_are_made_of_no_text_of_others() -> None:
    names = [text.strip() or "x" for text in HOSTILE[:-1]]
    hostile = [
        bid(f"b{n}", 100 + n, 4, text, f"{name}, {n}" if n else name)
        for n, (text, name) in enumerate(zip(HOSTILE, names, strict=False))
    ]
    data = xlsx_report(case(*hostile, title="=1+1"))
    book = opened(data)
    formulas = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert not any(word in f for f in formulas for word in ("cmd", "calc", "script", "http", "A0"))
    names = [c.value for c in book["Marks"]["C"][2:]]
    assert names[0] == HOSTILE[0]
    assert book["Marks"]["C3"].data_type == "s"
    assert all(len(name.encode("utf-16-le")) // 2 <= LONGEST for name in texts(book))
    assert any("cut here: the whole text has 100000 characters" in text for text in texts(book))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            assert not re.search("vba|external|hyperlink", name, re.IGNORECASE)
            text = parts.read(name).decode("utf-8")
            ElementTree.fromstring(text)
            assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
            assert "<hyperlink" not in text


@pytest.mark.slow
@given(st.text(st.characters(), max_size=60))
@settings(max_examples=15, deadline=None)
def test_any_text_can_be_read_back_as_text(text: str) -> None:
    found = opened(xlsx_report(case(bid("a", 100, 4, text, "N"))))
    cell = found["Marks"]["H3"]
    assert cell.data_type == "s" or cell.value is None
    assert (cell.value or "") == safe(text)


def test_half_a_surrogate_pair_is_spelt_out() -> None:
    assert safe(HOSTILE[-1]) == r"\ud800"


def test_headers_stay_in_sight_and_pages_are_set_up() -> None:
    for sheet in opened(xlsx_report(case(bid("a", 100, 4)))):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.title == "Result" or sheet.freeze_panes


@pytest.mark.parametrize("mode", ["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"])
def test_every_rounding_mode_has_a_formula(mode: str) -> None:
    assert Rounder(2, mode).of("A1", 10).count("ROUND") >= 2
    rounding = {"places": 1, "mode": mode, "at": ["price", "score", "criterion", "group", "total"]}
    book = opened(xlsx_report(case(bid("a", "100.05", 4), bid("b", "80.25", 3), rounding=rounding)))
    assert any("rounded " + mode in text for text in texts(book))


def test_no_bid_left_makes_a_workbook_too() -> None:
    found = opened(xlsx_report(case(bid("a", 100, 0))), values=True)
    assert "Winner: none" in texts(found)


@pytest.mark.slow
def test_lots_that_are_awarded_together_name_whom_the_mechanism_gives_them() -> None:
    found = xlsx_report(shipped("lots-largest-lead.yaml", "lots-largest-lead.bids.yaml"))
    page = opened(found, values=True)["Result"]
    told = [str(row[0].value) for row in page.iter_rows(max_col=1) if row[0].value]
    assert [text for text in told if text.startswith("Winner")] == [
        "Winner: alder", "Winner: harbour", "Winner: birch", "Winner: cedar",
    ]  # fmt: skip
    assert any("awarded together by the mechanism largest_lead (tender-eval " in text for text in told)
    assert "capacity of alder: 210000 (60% x 350000)" in told
    assert (
        "harbour: ranked 1, but its supplier is awarded south: 1 is the most lots that one supplier is awarded." in told
    )
    assert [row[1].value for row in page.iter_rows(max_col=4) if row[1].font.bold and row[3].value == "ranked"] == [
        "alder", "harbour", "birch", "cedar",
    ]  # fmt: skip


def test_a_lot_that_a_tie_leaves_open_names_nobody() -> None:
    award = SCHEME["award"] | {"lots": {"mechanism": "lot_order", "most_awarded": 1}}
    offers = [bid(name, 10, 4) | {"lots": {"north": {}}} for name in ("a", "b")]
    data = {"format": "tender-eval/bids/1", "tender": {"lots": [{"id": "north"}]}, "bids": offers}
    page = opened(xlsx_report(case_from(SCHEME | {"award": award}, data)), values=True)["Result"]
    told = [str(row[0].value) for row in page.iter_rows(max_col=1) if row[0].value]
    assert "Winner: undecided" in told
    assert "lot north is not awarded: a tie is open" in told
    assert [row[1].value for row in page.iter_rows(max_col=4) if row[1].font.bold and row[3].value == "ranked"] == []


# What people entered


@pytest.mark.slow
def test_a_bid_that_is_out_has_its_status_from_the_cell_that_takes_it_out(tmp_path: Path) -> None:
    out = {"bid": "a", "clause": "s.19(3)(c)", "reason": "The answer explained nothing."}
    data = xlsx_report(case_after(tmp_path, ("disregard", out)))
    told, formulas = opened(data, values=True), opened(data)
    row = next(n for n, r in enumerate(told["Result"].iter_rows(values_only=True), 1) if r[1] == "a")
    assert told["Result"].cell(row, 4).value == "disregarded"
    where = formulas["Result"].cell(row, 4).value.removeprefix("=Working!").replace("$", "")
    assert formulas["Working"][where].value.startswith(f'=IF($I${where[1:]}="",')
    assert told["Working"][f"I{where[1:]}"].value == "disregarded"
    assert "Winner: b" in texts(told)
    assert all(cell.value != "differs" for sheet in told for row in sheet.iter_rows() for cell in row)


@pytest.mark.slow
def test_history_corrections_and_queries_have_sheets(tmp_path: Path) -> None:
    slip = {"bid": "c", "field": "marks.care", "old": "2", "new": "3", "reason": "Page 4.", "panel_reason": "So."}
    asked = {"text": "Is it possible?", "about": "query", "bid": "b"}
    answer = {"matter": "m1", "text": "Yes."}
    told = opened(
        xlsx_report(case_after(tmp_path, ("correct", slip), ("query", asked), ("answer", answer))), values=True
    )
    history = list(told["History"].iter_rows(min_row=3, values_only=True))
    assert [row[2] for row in history][-3:] == ["Correction of a figure", "Query", "Answer"]
    assert history[-2][3:7] == ("b", None, "Chair Person", "Is it possible?")
    (change,) = told["Corrections"].iter_rows(min_row=3, values_only=True)
    assert change[2:8] == ("c", NAMES["c"], None, "mark for Care", "2", "3")
    assert change[9].endswith("The award did not change.")
    (matter,) = told["Queries"].iter_rows(min_row=3, values_only=True)
    assert matter[0] == "m1"
    assert matter[5] == history[-1][0]
    assert matter[6:8] == ("Is it possible?", "Yes.")


def test_a_case_without_a_record_has_no_sheet_of_its_history() -> None:
    assert "History" not in opened(xlsx_report(case(bid("a", 100, 4)))).sheetnames
