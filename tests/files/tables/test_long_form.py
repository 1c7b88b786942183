"""Marks in long form, and sheets beside the bids."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from tender_eval.files.load import load_bids
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused

BIDS: list[list[object]] = [["id", "supplier.name", "price"], ["a", "Alder", 100], ["b", "Birch", 90]]


def csv(folder: Path, text: str) -> Bids:
    (folder / "bids.csv").write_text(text, encoding="utf-8")
    return load_bids(folder / "bids.csv")


def book(folder: Path, **sheets: list[list[object]]) -> Bids:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    made.save(folder / "bids.xlsx")
    return load_bids(folder / "bids.xlsx")


def refused(e: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(d.code, d.where.cell or str(d.where.line)) for d in e.value.diagnostics if d.where]


def test_a_file_of_marks_one_a_row(tmp_path: Path) -> None:
    bids = csv(
        tmp_path,
        "bid,criterion,evaluator,mark,reason\na,q,Jo Smith,4,\na,q,Ann,3,\na,q,,3,Names no staff\n"
        "b,q,,5,\nb,r,Agreed,2,x\n",
    )
    first, second = bids.bids
    mark = first.marks["q"]
    assert (mark.agreed.value, mark.reason) == (3, "Names no staff")
    assert {name: figure.value for name, figure in mark.individual.items()} == {"Jo-Smith": 4, "Ann": 3}
    assert {name: m.agreed.value for name, m in second.marks.items()} == {"q": 5, "r": 2}
    assert str(second.marks["r"].agreed.where).endswith("bids.csv:6:12")
    assert not bids.notices


def test_marks_of_lots_one_a_row(tmp_path: Path) -> None:
    bids = csv(tmp_path, "bid,lot,criterion,mark\na,north,q,4\na,south,q,2\nb,south,q,5\n")
    assert [lot.id for lot in bids.tender.lots] == ["north", "south"]
    assert {lot: part.marks["q"].agreed.value for lot, part in bids.bids[0].lots.items()} == {"north": 4, "south": 2}


def test_the_reason_of_one_evaluator_is_told(tmp_path: Path) -> None:
    bids = csv(tmp_path, "bid,criterion,evaluator,mark,reason\na,q,,4,\na,q,Jo,4,mine\n")
    assert [(d.code, d.where.line) for d in bids.notices if d.where] == [("TE061", 3)]


def test_roles_of_evaluators_and_the_notes_of_the_panel(tmp_path: Path) -> None:
    head = "bid,criterion,evaluator,role,mark,reason,note\n"
    bids = csv(tmp_path, f"{head}a,q,Jo Smith,legal,4,,\nb,q,Jo Smith,legal,4,,\na,q,,,3,Names no staff,Ask again?\n")
    assert dict(bids.roles) == {"Jo-Smith": "legal"}
    assert (bids.bids[0].marks["q"].reason, bids.bids[0].marks["q"].note) == ("Names no staff", "Ask again?")
    for rows, told in (("a,q,Jo,legal,4,,\nb,q,Jo,finance,4,,\n", "TE007"), ("a,q,,legal,4,,\n", "TE061")):
        with pytest.raises(Refused) as e:
            csv(tmp_path, head + rows)
        assert [code for code, _ in refused(e)] == [told]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("a,q,,4\na,q,,4\n", [("TE007", "3")]),
        ("a,q,Jo,4\na,q,Jo,3\n", [("TE007", "3")]),
        ("a,,,4\n", [("TE011", "2")]),
        (",q,,4\n", [("TE011", "2"), ("TE063", "0")]),
        ("a,q,,4/5\n", [("TE014", "2")]),
    ],
)
def test_what_rows_of_marks_may_not_be(tmp_path: Path, rows: str, told: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused) as e:
        csv(tmp_path, f"bid,criterion,evaluator,mark\n{rows}")
    assert sorted(refused(e)) == told


def test_sheets_beside_the_bids(tmp_path: Path) -> None:
    bids = book(
        tmp_path,
        About=[["anything"]],
        Bids=[["id", "supplier.name"], ["a", "Alder"], ["b", "Birch"]],
        Marks=[["bid", "lot", "criterion", "mark"], ["a", "north", "q", 4], ["b", "south", "q", 3]],
        Bids_by_lot=[["bid", "lot", "price", "values.x"], ["a", "north", 100, 1], ["b", "south", 90, None]],
        Consortium=[["bid", "name", "share", "confirmed", "pathways"], ["a", "Oak", "30%", True, "refuge; outreach"]],
        Lots=[["id", "title", "annual_value"], ["north", "The north", 1000], ["south", None, 900]],
        Tender=[["key", "value"], ["id", "T-1"]],
    )
    assert [(lot.id, lot.title) for lot in bids.tender.lots] == [("north", "The north"), ("south", "")]
    assert bids.tender.id == "T-1"
    first, second = bids.bids
    assert first.lots["north"].figures["price"].value == 100
    assert first.lots["north"].figures["values.x"].value == 1
    assert second.lots["south"].marks["q"].agreed.value == 3
    (oak,) = first.members
    assert (oak.name, oak.share, oak.confirmed, oak.pathways) == ("Oak", Fraction(3, 10), True, ("refuge", "outreach"))


@pytest.mark.parametrize(
    ("sheet", "rows", "told"),
    [
        ("Marks", [["bid", "criterion", "mark"], ["c", "q", 4]], ("TE070", "Marks!A2")),
        ("Marks", [["bid", "criterion", "mark", "colour"], ["a", "q", 4, "red"]], ("TE010", "Marks!D1")),
        ("Consortium", [["bid", "name", "anual_income"], ["a", "Oak", 4]], ("TE010", "Consortium!C1")),
        ("Consortium", [["bid", "name"], [None, "Oak"]], ("TE011", "Consortium!B2")),
        ("Bids_by_lot", [["bid", "lot", "price"], ["a", None, 4]], ("TE011", "Bids by lot!A2")),
    ],
)
def test_what_sheets_beside_the_bids_may_not_say(
    tmp_path: Path, sheet: str, rows: list[list[object]], told: tuple[str, str]
) -> None:
    with pytest.raises(Refused) as e:
        book(tmp_path, Bids=BIDS, **{sheet: rows})
    assert told in refused(e)


def test_a_sheet_of_that_name_that_is_something_else_is_told_and_passed_over(tmp_path: Path) -> None:
    bids = book(tmp_path, Bids=BIDS, Lots=[["Notes of the meeting"], ["none"]])
    assert [(d.code, d.where.cell) for d in bids.notices if d.where] == [("TE061", "Lots")]
    assert len(bids.bids) == 2


def test_the_reason_alone_where_the_mark_is_computed(tmp_path: Path) -> None:
    rows = "a,q,Jo,4,\na,q,Ann,3,\na,q,,,Names no staff\n"
    mark = csv(tmp_path, f"bid,criterion,evaluator,mark,reason\n{rows}").bids[0].marks["q"]
    assert (mark.agreed, mark.reason, [*mark.individual]) == (None, "Names no staff", ["Jo", "Ann"])
