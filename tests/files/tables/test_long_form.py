"""Marks in long form, and sheets beside the bids."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tender_eval.files.load import load_bids
from tender_eval.files.mends import figure
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


IN_LOTS: dict[str, list[list[object]]] = {
    "Bids": [["id", "supplier.name"], ["a", "Alder"], ["b", "Birch"]],
    "Lots": [["id"], ["north"], ["south"], ["east"]],
    "Bids_by_lot": [
        ["bid", "lot", "price", "alone"],
        *(["a", lot, 100, None] for lot in ("north", "south", "east")),
        *(["b", lot, 90, None] for lot in ("north", "south")),
        ["b", "east", None, False],
    ],
}
IN_ONE: list[object] = ["bid", "lots", "price"]
BY_LOT: list[object] = ["bid", "package", "lot", "price"]
DISCOUNTS: list[object] = ["bid", "at_least", "off", "sum_off", "lots"]


def test_packages_a_row_each_or_a_row_each_of_their_lots(tmp_path: Path) -> None:
    rows: list[list[object]] = [BY_LOT, ["b", 1, "north", 80], ["b", 2, "south", 70], ["b", 1, "east", 60]]
    rows += [["b", 2, "east", 65]]
    with_one = book(tmp_path, Packages=[IN_ONE, ["a", "north; south", 150]], **IN_LOTS)
    (in_one,) = with_one.bids[0].packages
    assert (in_one.lots, in_one.in_one["price"].value) == (("north", "south"), 150)
    assert in_one.where.cell == "Packages!A2"
    assert in_one.in_one["price"].where.cell == "Packages!C2"
    first, second = book(tmp_path, Packages=rows, **IN_LOTS).bids[1].packages
    assert {lot: figures["price"].value for lot, figures in first.figures.items()} == {"north": 80, "east": 60}
    assert {lot: figures["price"].value for lot, figures in second.figures.items()} == {"south": 70, "east": 65}
    assert second.figures["east"]["price"].where.cell == "Packages!D5"


def test_discounts_a_row_each_and_a_share_as_a_cell_shows_it(tmp_path: Path) -> None:
    """What Excel makes of a typed 5%: 0.05, shown as a percentage."""
    path = tmp_path / "bids.xlsx"
    rows: list[list[object]] = [DISCOUNTS, ["a", 2, 0.05, None, None], ["a", 3, "8%", None, None]]
    rows.append(["b", None, None, 20, "north; south"])
    book(tmp_path, Discounts=rows, **IN_LOTS)
    made = load_workbook(path)
    made["Discounts"]["C2"].number_format = "0%"
    made.save(path)
    of_a, of_b = (bid.discounts for bid in load_bids(path).bids)
    assert [(one.at_least, one.off and one.off.value) for one in of_a] == [(2, Fraction(1, 20)), (3, Fraction(2, 25))]
    assert [(one.lots, one.at_least, one.sum_off and one.sum_off.value) for one in of_b] == [
        (("north", "south"), 2, 20)
    ]


@pytest.mark.parametrize(
    ("sheet", "rows", "told", "mend"),
    [
        ("Packages", [IN_ONE, ["a", "north, south", 9]], ("TE056", "Packages!B2"), "by semicolons: north; south"),
        ("Packages", [IN_ONE, ["a", "north; suoth", 9]], ("TE056", "Packages!B2"), 'mean "south"?'),
        ("Packages", [IN_ONE, ["a", "north", 9]], ("TE504", "Packages!A2"), "let it be for several lots"),
        ("Packages", [IN_ONE, ["a", None, 9]], ("TE011", "Packages!A2"), "fill it in"),
        ("Packages", [IN_ONE, ["c", "north; south", 9]], ("TE070", "Packages!A2"), ""),
        ("Packages", [[*IN_ONE, "lot"], ["a", "north; south", 9, "north"]], ("TE504", "Packages!D2"), "fill in lots"),
        ("Packages", [IN_ONE, ["b", "north; east", 9]], ("TE504", "Packages!B2"), 'the sheet "Bids by lot", under'),
        (
            "Packages",
            [BY_LOT, *(["a", 1, lot, 9] for lot in ("south", "north", "north"))],
            ("TE007", "Packages!C4"),
            "keep one",
        ),
        ("Packages", [[*IN_ONE, "prise"], ["a", "north; south", 9, 1]], ("TE010", "Packages!D1"), '"price"?'),
        ("Discounts", [DISCOUNTS, ["a", 2, 5, None, None]], ("TE015", "Discounts!C2"), "write 5% if"),
        ("Discounts", [DISCOUNTS, ["a", 4, "5%", None, None]], ("TE504", "Discounts!A2"), "write at_least: 3"),
        ("Discounts", [DISCOUNTS, ["a", None, None, None, None]], ("TE011", "Discounts!A2"), "add off: 5%"),
    ],
)
def test_what_offers_for_several_lots_may_not_say(
    tmp_path: Path, sheet: str, rows: list[list[object]], told: tuple[str, str], mend: str
) -> None:
    with pytest.raises(Refused) as e:
        book(tmp_path, **{sheet: rows}, **IN_LOTS)
    assert refused(e) == [told]
    assert mend in e.value.diagnostics[0].hint


def test_a_price_that_lacks_is_given_in_the_row_of_its_lot_and_no_column_of_the_bids(tmp_path: Path) -> None:
    """A column beside a sheet of lots would be refused."""
    bid = book(tmp_path, **IN_LOTS).bids[0].for_lot("north")
    assert figure("price", bid) == 'give it in the sheet "Bids by lot", under price in a row of this bid and lot'
    assert figure("marks.q", bid).startswith('give it in the sheet "Marks", in a row of this bid and lot')
    assert figure("supplier.annual_income", bid) == "give it in a column headed supplier.annual_income"
    columns = book(tmp_path, Bids=[["id", "lots.north.price"], ["a", 100]])
    assert figure("price", columns.bids[0].for_lot("north")) == "give it in a column headed lots.north.price"
