"""What a table shows that could be missed, each named after the table that gave a wrong value."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from inline import leaf, scheme
from openpyxl import Workbook

from tender_eval import compile_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.check import check
from tender_eval.files.load import load_bids
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.files.source import Source
from tender_eval.files.tables.csv_reader import SEPARATORS
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic, Refused

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def csv(folder: Path, text: str) -> Bids:
    file = folder / "bids.csv"
    file.write_text(text, encoding="utf-8")
    return load_bids(file)


def book(folder: Path, *rows: list[object], formats: dict[str, str] | None = None) -> Bids:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Bids"
    for row in rows:
        sheet.append(row)
    for cell, shows in (formats or {}).items():
        sheet[cell].number_format = shows
    made.save(folder / "bids.xlsx")
    return load_bids(folder / "bids.xlsx")


def told(bids: Bids) -> list[tuple[str, str]]:
    return [(d.code, d.where.cell or str(d.where.line)) for d in bids.notices if d.where]


def test_fail_footnote_mark(tmp_path: Path) -> None:
    """The mark is named: digits alone would let a bid stand that a footnote turns away."""
    with pytest.raises(Refused) as e:
        csv(tmp_path, 'id,supplier.name,price\nb1,Alder,"$6,693*"\nb2,Birch,6735\nb3,Cedar,"$8,217^"\n')
    assert [(d.code, d.where.line if d.where else 0) for d in e.value.diagnostics] == [("TE014", 2), ("TE014", 4)]
    first = e.value.diagnostics[0]
    assert 'ends in the mark "*": a footnote may say that this bid or figure does not stand' in first.message
    assert first.hint == "read what it stands for; if the figure stands, write 6693, else take the bid out"


@pytest.mark.parametrize("text", ["6,693*", "£6693 †", "6693¹", "6693 (a)", "6693[1]", "4^", "4#"])
def test_a_mark_behind_a_figure_is_named_whatever_it_is(text: str) -> None:
    with pytest.raises(NotANumber, match="a footnote may say"):
        parse_number(text)


@pytest.mark.parametrize("text", ["(5)", "10^2", "5a", "*5", "5 apples"])
def test_other_text_beside_digits_is_no_footnote(text: str) -> None:
    with pytest.raises(NotANumber) as e:
        parse_number(text)
    assert "footnote" not in str(e.value)


def test_fail_not_a_bid_row(tmp_path: Path) -> None:
    """A sum below the bids moves the scores of all: it is told, and counts until it is taken out."""
    bids = csv(tmp_path, "id,price,values.quality\nAlder,100,50\nBirch,140,90\nTotal,240,0\n")
    assert told(bids) == [("TE067", "4")]
    stated = scheme(
        leaf("price", 50, "linear_between_bids"),
        leaf("quality", 50, {"name": "formula", "expression": "values.quality / 100"}),
    )
    found = compile_scheme(scheme_from_data(stated), CATALOGUE).evaluate(bids)
    assert [d.code for d in found.diagnostics] == ["TE067"]
    assert not told(csv(tmp_path, "id,supplier.name,price\na,Alder,100\nb,Total Care,140\n"))


@pytest.mark.parametrize("name", ["Total", "TOTALS:", "Average", "Grand  total", "Mean", "Max marks"])
def test_tot(tmp_path: Path, name: str) -> None:
    assert told(csv(tmp_path, f"id,supplier.name,price\na,Alder,100\nb,Birch,100\nc,{name},200\n")) == [("TE067", "4")]


def test_a_row_that_seems_to_be_no_bid_is_not_asked_for_what_bids_state(tmp_path: Path) -> None:
    """Obeyed, "give it in a column headed marks.q" would make a bid of a mean."""
    stated = Source("scheme.yaml", yaml.safe_dump(scheme(leaf("q", 100, {"name": "mark", "out_of": 5}))).encode())
    bids = Source("bids.csv", b"id,supplier.name,price,marks.q\na,A,100,4\nb,B,120,\nAverage,,110,\n")
    found = check(stated, bids, CATALOGUE)
    assert isinstance(found, Refused)
    assert [(d.code, d.where.line) for d in found.diagnostics if d.where] == [("TE052", 3), ("TE067", 4)]


def test_fail_xlsx_number_format(tmp_path: Path) -> None:
    """A mark of 3.6 that its cell shows as 4 counts 3.6, and that is told."""
    rows: list[list[object]] = [["id", "price", "values.q"], ["a", 100.49, 3.6], ["b", 100, 4]]
    shows = {"B2": "£#,##0", "B3": "£#,##0", "C2": "0", "C3": "0"}
    bids = book(tmp_path, *rows, formats=shows)
    assert told(bids) == [("TE068", "Bids!B2"), ("TE068", "Bids!C2")]
    assert "the cell holds 3.6 and shows 4: 3.6 counts" in [d.message for d in bids.notices]
    assert not told(book(tmp_path, *rows, formats={"B2": "0.00", "C2": "0.0"}))


def refused(e: pytest.ExceptionInfo[Refused]) -> Diagnostic:
    (one,) = e.value.diagnostics
    return one


def test_07_header_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [["WM-2026-014 evaluation"], ["Confidential"], [], ["id", "supplier.name", "price"]]
    with pytest.raises(Refused) as e:
        book(tmp_path, *rows, ["rowan", "Rowan Centre", 1000000])
    assert (refused(e).code, refused(e).where and refused(e).where.cell) == ("TE061", "Bids!A4")
    assert refused(e).message == "the headings seem to be in row 4, and are read from the first"


def test_rows_above_the_headings_of_a_csv_file(tmp_path: Path) -> None:
    with pytest.raises(Refused) as e:
        csv(tmp_path, "Evaluation\nConfidential, see note\n\nid,supplier.name,price\na,Alder,100\n")
    assert refused(e).message == "the headings seem to be in row 4, and are read from the first"
    with pytest.raises(Refused) as e:
        csv(tmp_path, "Evaluation\n\nVendor,Total cost,Score\nAlder,100,4\n")
    assert refused(e).message == "the headings seem to be in row 3, and are read from the first"


@pytest.mark.parametrize(
    "text",
    [
        "id,a,b\nsupplier.name,Alder,Birch\nprice,100,90\n",
        ",Alder,Birch\nPrice,100,90\nQuality,4,3\n",
    ],
)
def test_bids_in_columns_are_one_message(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused) as e:
        csv(tmp_path, text)
    assert (refused(e).code, "stand in columns" in refused(e).message, "Transpose" in refused(e).hint) == (
        "TE061",
        True,
        True,
    )


def test_headings_in_words_of_their_own_are_asked_about_in_one_message(tmp_path: Path) -> None:
    with pytest.raises(Refused) as e:
        csv(tmp_path, "Vendor,Total cost (£),Colour\nAlder,100,red\nBirch,90,blue\n")
    assert refused(e).message == 'the headings are in words of their own: "Vendor", "Total cost (£)", "Colour"'
    assert refused(e).hint.startswith('if they are that, write supplier.name in place of "Vendor", price in place of')


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Vendor", "head it supplier.name if that is what it holds"),
        ("Company", "head it supplier.name if that is what it holds"),
        ("Amount", "or remove it: price is a heading as well"),
        ("Total cost", "or remove it: price is a heading as well"),
        ("Score", "head it marks.<criterion> if that is what it holds"),
        ("Notes", "known here: "),
    ],
)
def test_a_heading_that_people_use_is_asked_about_and_no_far_one_is_offered(
    tmp_path: Path, heading: str, said: str
) -> None:
    with pytest.raises(Refused) as e:
        csv(tmp_path, f"id,price,{heading}\na,1,x\n")
    assert said in refused(e).hint
    assert "did you mean" not in refused(e).hint


def test_sums_and_notes_below_the_bids_whose_names_are_no_ids(tmp_path: Path) -> None:
    with pytest.raises(Refused) as e:
        csv(tmp_path, "id,price\na,1\nGrand total,1\nEngineer's estimate,3\n* without VAT,\n")
    assert [(d.code, d.where.line if d.where else 0) for d in e.value.diagnostics] == [("TE067", n) for n in (3, 4, 5)]


def test_headings_in_the_first_row_are_never_looked_for_below(tmp_path: Path) -> None:
    assert len(csv(tmp_path, "id,price\nid,5\nb,6\n").bids) == 2


@pytest.mark.parametrize("sep", SEPARATORS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_30e_sep(tmp_path: Path, sep: str, newline: str) -> None:
    """A first line sep=; is what Excel writes and reads; places count it."""
    lines = [f"sep={sep}", sep.join(("id", "supplier.name", "price")), sep.join(("rowan", "Rowan Centre", "1000000"))]
    (one,) = csv(tmp_path, newline.join(lines) + newline).bids
    assert (one.id, one.name, one.figures["price"].value) == ("rowan", "Rowan Centre", 1000000)
    assert (one.where.line, one.figures["price"].where.line) == (3, 3)


def test_a_stated_separator_that_is_not_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused) as e:
        csv(tmp_path, "sep=|\nid|price\na|5\n")
    assert (refused(e).code, '"|"' in refused(e).message) == ("TE003", True)
