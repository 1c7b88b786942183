"""Bids in XLSX: what is read, where it stands, and the traps of spreadsheets, each named at its cell."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tender_eval.files.load import load_bids
from tender_eval.files.tables.xlsx_cells import plain
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic, Refused

AT_HALF_PAST_TEN = datetime.datetime(2026, 5, 2, 10, 30)  # noqa: DTZ001 - spreadsheets know no zones

Row = list[object]
Load = Callable[[Workbook | bytes], Bids]
Refuse = Callable[[Workbook | bytes], tuple[Diagnostic, ...]]


def workbook(*rows: Row, title: str = "Bids") -> Workbook:
    """A workbook with one sheet of these rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


def bids_sheet(book: Workbook) -> Worksheet:
    return book["Bids"]


def packed(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_parts(data: bytes, **changes: Callable[[str], str]) -> bytes:
    """The workbook with the text of parts changed; parts are named by the end of their path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            for part, change in changes.items():
                if name.endswith(f"/{part}.xml"):
                    changed = change(content.decode()).encode()
                    assert changed != content, f"nothing changed in {name}"
                    content = changed
            new.writestr(name, content)
    return buffer.getvalue()


def with_sheet(book: Workbook, old: str, new: str) -> bytes:
    return with_parts(packed(book), sheet1=lambda xml: xml.replace(old, new))


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Writes a workbook as bids.xlsx and loads it."""
    monkeypatch.chdir(tmp_path)

    def write_and_load(content: Workbook | bytes) -> Bids:
        Path("bids.xlsx").write_bytes(content if isinstance(content, bytes) else packed(content))
        return load_bids("bids.xlsx")

    return write_and_load


@pytest.fixture
def refused(load: Load) -> Refuse:
    """Loads a workbook that must be refused, and gives what is said of it."""

    def load_and_refuse(content: Workbook | bytes) -> tuple[Diagnostic, ...]:
        with pytest.raises(Refused) as e:
            load(content)
        return e.value.diagnostics

    return load_and_refuse


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.where} {d.code}" for d in diagnostics]


def prices(bids: Bids) -> list[object]:
    return [bid.figures["price"].value for bid in bids.bids]


def test_every_kind_of_value_stands_at_its_cell(load: Load) -> None:
    bids = load(
        workbook(
            ["id", "supplier.name", "supplier.by_and_for", "price", "marks.delivery", "declarations.policy"],
            ["a", "Alpha", True, 10350.5, 4, True],
            [7, "Beta", False, 9000, "3.5", "in force"],
        )
    )
    first, second = bids.bids
    assert (first.id, second.id, first.name) == ("a", "7", "Alpha")
    assert first.figures["price"].value == Fraction(20701, 2)
    assert first.figures["supplier.by_and_for"].value is True
    assert first.figures["declarations.policy"].value is True
    assert second.figures["declarations.policy"].value == "in force"
    assert second.marks["delivery"].agreed.value == Fraction(7, 2)
    assert str(first.figures["price"].where) == "bids.xlsx!Bids!D2"
    assert str(second.marks["delivery"].agreed.where) == "bids.xlsx!Bids!E3"
    assert str(second.where) == "bids.xlsx!Bids!A3"


def test_floats_are_read_as_they_were_written(load: Load) -> None:
    written: list[object] = [0.1, 10350.0, 1e15, 33.33, 0.000001, -2.5, 123456789.012345]
    bids = load(workbook(["id", "price"], *([f"b{n}", x] for n, x in enumerate(written))))
    exact = ["0.1", "10350", "1000000000000000", "33.33", "0.000001", "-2.5", "123456789.012345"]
    assert prices(bids) == [Fraction(x) for x in exact]


def test_seventeen_digits_as_excel_stores_them(load: Load) -> None:
    book = workbook(["id", "price"], ["a", 4711])
    assert prices(load(with_sheet(book, "<v>4711</v>", "<v>0.10000000000000001</v>"))) == [Fraction(1, 10)]


def test_empty_cells_rows_and_columns(load: Load) -> None:
    book = workbook(["id", "price", None, "values.x"], ["a", 1, None, None], [], [None, "  "], ["b", None, None, 2])
    bids = load(book)
    assert [dict(b.figures).keys() for b in bids.bids] == [{"price"}, {"values.x"}]
    assert str(bids.bids[1].where) == "bids.xlsx!Bids!A5"


def test_a_table_need_not_begin_in_the_corner(load: Load) -> None:
    bids = load(workbook([], [], [None, "id", "price"], [None, "a", 3]))
    assert str(bids.bids[0].figures["price"].where) == "bids.xlsx!Bids!C4"


def test_empty_formatted_cells_do_not_count(load: Load) -> None:
    book = workbook(["id", "price"], ["a", 1])
    for row in range(1, 60):
        bids_sheet(book).cell(row, 300).number_format = "0.00%"
    assert prices(load(book)) == [1]


# Which sheet


@pytest.mark.parametrize("title", ["Bids", "bids", "BIDS", "Offers"])
def test_the_sheet_named_bids_or_else_the_only_one(load: Load, title: str) -> None:
    bids = load(workbook(["id", "price"], ["a", 1], title=title))
    assert str(bids.bids[0].figures["price"].where) == f"bids.xlsx!{title}!B2"


def test_other_sheets_are_passed_over_beside_bids(load: Load) -> None:
    book = workbook(["id", "price"], ["a", 1])
    book.create_sheet("Notes", 0).append(["anything", "at all"])
    book.create_sheet("Lists").sheet_state = "hidden"
    assert prices(load(book)) == [1]


def test_several_sheets_without_bids(refused: Refuse) -> None:
    book = workbook(["id", "price"], ["a", 1], title="North")
    book.create_sheet("South")
    (problem,) = refused(book)
    assert (str(problem.where), problem.code) == ("bids.xlsx", "TE063")
    assert '"North", "South"' in problem.message


def test_an_empty_sheet_and_headings_alone(refused: Refuse) -> None:
    assert [d.code for d in refused(workbook())] == ["TE063"]
    assert [d.code for d in refused(workbook(["id", "price"]))] == ["TE063"]


# The sheet "Tender"


def with_tender(*rows: Row, headings: Row | None = None) -> Workbook:
    book = workbook(headings or ["id", "price"], ["a", 1])
    sheet = book.create_sheet("Tender")
    for row in rows:
        sheet.append(row)
    return book


def test_the_tender_s_own_sheet(load: Load) -> None:
    bids = load(
        with_tender(
            ["Key", "Value"],
            ["id", "T-2026-014"],
            ["title", "Refuge"],
            ["annual_value", 340000],
            ["areas", "north; south"],
            ["currency", "GBP"],
            [],
            ["notes", "Illustrative."],
            ["roles.jo", "legal"],
        )
    )
    assert (bids.tender.id, bids.tender.title, bids.currency) == ("T-2026-014", "Refuge", "GBP")
    assert (bids.notes, dict(bids.roles)) == ("Illustrative.", {"jo": "legal"})
    assert bids.tender.figures["annual_value"].value == 340000
    assert str(bids.tender.figures["annual_value"].where) == "bids.xlsx!Tender!B4"
    assert bids.tender.figures["areas"].value == ("north", "south")


def test_the_tender_s_sheet_and_lots_in_headings_go_together(load: Load) -> None:
    bids = load(with_tender(["id", "T"], headings=["id", "lots.north.price"]))
    assert bids.tender.id == "T"
    assert [lot.id for lot in bids.tender.lots] == ["north"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["anual_value", 1], "bids.xlsx!Tender!A1 TE010"),
        (["annual_value", "£340,000"], "bids.xlsx!Tender!B1 TE014"),
        (["annual_value", datetime.date(2026, 1, 2)], "bids.xlsx!Tender!B1 TE059"),
        (["lots", "north"], "bids.xlsx!Tender!A1 TE061"),
        ([None, "T"], "bids.xlsx!Tender!B1 TE061"),
        (["id", "T", "a note"], "bids.xlsx!Tender!C1 TE061"),
    ],
)
def test_what_the_tender_s_sheet_may_not_hold(refused: Refuse, row: Row, problem: str) -> None:
    assert told(refused(with_tender(row))) == [problem]


def test_a_key_of_the_tender_that_stands_twice(refused: Refuse) -> None:
    assert told(refused(with_tender(["id", "T"], ["id", "U"]))) == ["bids.xlsx!Tender!A2 TE007"]


def test_the_tender_in_columns_of_the_bids(load: Load, refused: Refuse) -> None:
    headings: Row = ["id", "tender.annual_value", "lots.north.price", "tender.lots.north.annual_value"]
    bids = load(workbook(headings, ["a", 340000, 1, 90000], ["b", None, 2, 90000]))
    assert bids.tender.figures["annual_value"].value == 340000
    assert bids.tender.lots[0].figures["annual_value"].value == 90000
    book = with_tender(["annual_value", 1], headings=["id", "tender.annual_value"])
    bids_sheet(book)["B2"] = 2
    assert told(refused(book)) == ["bids.xlsx!Tender!A1 TE007"]


def test_a_key_of_the_tender_in_other_words_is_told_as_that_key(refused: Refuse) -> None:
    (problem,) = refused(with_tender(["Annual value", 340000]))
    assert (str(problem.where), problem.code) == ("bids.xlsx!Tender!A1", "TE010")
    assert problem.hint == 'did you mean "annual_value"?'
    (problem,) = refused(with_tender(["What it is about", "Refuge"]))
    assert problem.hint.startswith("known here: ")


def test_a_figure_that_was_typed_as_text_with_a_point_before_three_digits(refused: Refuse, load: Load) -> None:
    book = with_tender(["annual_value", "170.000"], ["id", "12.345"], headings=["id", "price", "supplier.name"])
    bids_sheet(book)["B2"] = "310.000"
    bids_sheet(book)["C2"] = "310.000"
    assert told(refused(book)) == ["bids.xlsx!Bids!B2 TE014", "bids.xlsx!Tender!B1 TE014"]
    assert prices(load(workbook(["id", "price"], ["a", 310.125], ["b", "310.5"]))) == [
        Fraction(2481, 8),
        Fraction(621, 2),
    ]


# Headings: the same rules as for CSV, at cells


def test_headings_are_checked_at_their_cells(refused: Refuse) -> None:
    book = workbook(["id", "price", "price", None, "Total cost", "pirce", 2026], ["a", 1, 2, 3, 4, 5, 6])
    assert sorted(told(refused(book))) == [
        "bids.xlsx!Bids!C1 TE007",
        "bids.xlsx!Bids!D2 TE061",
        "bids.xlsx!Bids!E1 TE061",
        "bids.xlsx!Bids!F1 TE010",
        "bids.xlsx!Bids!G1 TE010",
    ]


def test_a_title_above_the_headings_is_not_guessed_away(refused: Refuse) -> None:
    problems = refused(workbook(["Bids received"], ["id", "price"], ["a", 1]))
    assert told(problems) == ["bids.xlsx!Bids!A2 TE061"]


# Formulas


def formula(value: str, kind: str = "") -> bytes:
    """A workbook whose B2 holds a formula with this stored result."""
    book = workbook(["id", "price", "values.x"], ["a", "=1+1", 1])
    old, new = '<c r="B2"><f>1+1</f>', f'<c r="B2"{kind}><f>1+1</f>'
    return with_parts(without_result(book), sheet1=lambda xml: xml.replace(old, new + value))


def without_result(book: Workbook) -> bytes:
    """The workbook with nothing at all behind its formulas."""
    return with_parts(packed(book), sheet1=lambda xml: re.sub(r"</f><v ?/>|</f><v></v>", "</f>", xml))


def test_a_formula_counts_by_its_calculated_value(load: Load) -> None:
    bids = load(formula("<v>10350.5</v>"))
    assert prices(bids) == [Fraction(20701, 2)]
    assert str(bids.bids[0].figures["price"].where) == "bids.xlsx!Bids!B2"


def test_a_formula_that_was_never_calculated(refused: Refuse) -> None:
    book = workbook(["id", "price"], ["a", "=1+1"], ["b", 3])
    (problem,) = refused(book)
    assert (str(problem.where), problem.code) == ("bids.xlsx!Bids!B2", "TE057")
    assert "calculate" in problem.hint


def test_a_formula_that_results_in_empty_text_is_silence(load: Load) -> None:
    assert set(load(formula("<v></v>", ' t="str"')).bids[0].figures) == {"values.x"}


def test_shared_and_array_formulas(load: Load, refused: Refuse) -> None:
    book = workbook(["id", "price", "values.x"], ["a", "=1+1", 1])
    for attributes in ('t="shared" ref="B2:B9" si="0"', 't="array" ref="B2"'):
        for result in ("", "<v>2</v>"):
            given = f"<f {attributes}>1+1</f>{result}"
            data = with_parts(without_result(book), sheet1=lambda xml, new=given: xml.replace("<f>1+1</f>", new))
            if result:
                assert prices(load(data)) == [2]
            else:
                assert told(refused(data)) == ["bids.xlsx!Bids!B2 TE057"]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#NAME?"])
def test_error_cells(refused: Refuse, error: str) -> None:
    (problem,) = refused(formula(f"<v>{error}</v>", ' t="e"'))
    assert (str(problem.where), problem.code) == ("bids.xlsx!Bids!B2", "TE065")
    assert error in problem.message
    assert told(refused(workbook(["id", "price"], ["a", error]))) == ["bids.xlsx!Bids!B2 TE065"]


def test_remnants_of_binary_arithmetic_are_not_a_figure(refused: Refuse) -> None:
    (problem,) = refused(formula("<v>0.30000000000000004</v>"))
    assert (str(problem.where), problem.code) == ("bids.xlsx!Bids!B2", "TE014")
    assert "0.30000000000000004, which a spreadsheet shows as 0.3" in problem.message
    assert "ROUND" in problem.hint


# Formats


@pytest.mark.parametrize("shows", ["0%", "0.00%", '0"%"', "[Red]0.0%"])
@pytest.mark.parametrize("heading", ["price", "marks.delivery", "values.x", "supplier.annual_income"])
def test_percent_formatted_figures(refused: Refuse, shows: str, heading: str) -> None:
    book = workbook(["id", "supplier.name", heading], ["a", "Alpha", 0.35])
    bids_sheet(book)["C2"].number_format = shows
    (problem,) = refused(book)
    assert (str(problem.where), problem.code) == ("bids.xlsx!Bids!C2", "TE060")
    assert "0.35" in problem.message


def test_a_declared_percentage_and_percents_in_text(load: Load) -> None:
    book = workbook(
        ["id", "declarations.local_share", "values.x", "price"],
        ["a", 0.35, "35%", 1],
    )
    bids_sheet(book)["B2"].number_format = "0%"
    bids_sheet(book)["D2"].number_format = '"£"#,##0.00'
    figures = load(book).bids[0].figures
    assert figures["declarations.local_share"].value == Fraction(35, 100)
    assert figures["values.x"].value == Fraction(35, 100)


@pytest.mark.parametrize(
    "value",
    [
        datetime.date(2026, 5, 2),
        AT_HALF_PAST_TEN,
        datetime.time(10, 30),
        datetime.timedelta(hours=30),
    ],
)
@pytest.mark.parametrize("heading", ["id", "price", "marks.x", "values.x"])
def test_a_date_where_a_figure_or_an_id_is_expected(refused: Refuse, value: object, heading: str) -> None:
    rows: list[Row] = [["id", heading], ["a", value]] if heading != "id" else [["price", "id"], [1, value]]
    if heading == "values.x" and type(value) is datetime.date:  # some schemes count days
        return
    problems = refused(workbook(*rows))
    assert "bids.xlsx!Bids!B2 TE059" in told(problems)


def test_a_date_in_text_is_written_as_iso_text(load: Load) -> None:
    book = workbook(
        ["id", "marks.x.agreed", "marks.x.on", "declarations.policy_dated", "declarations.at", "price"],
        [
            "a",
            4,
            datetime.date(2026, 5, 2),
            datetime.date(2025, 12, 1),
            AT_HALF_PAST_TEN,
            1,
        ],
    )
    bid = load(book).bids[0]
    assert bid.marks["x"].on == "2026-05-02"
    assert bid.figures["declarations.policy_dated"].value == "2025-12-01"
    assert bid.figures["declarations.at"].value == "2026-05-02T10:30:00"


def test_a_date_outside_the_calendar(refused: Refuse) -> None:
    book = workbook(["id", "price"], ["a", 4711])
    bids_sheet(book)["B2"].number_format = "yyyy-mm-dd"
    assert told(refused(with_sheet(book, "<v>4711</v>", "<v>99999999</v>"))) == ["bids.xlsx!Bids!B2 TE065"]


@pytest.mark.parametrize(
    ("written", "code"), [("10,350", "TE014"), ("£10350", "TE014"), ("10350 GBP", "TE014"), ("n/a", "TE013")]
)
def test_numbers_as_text_are_read_as_in_every_other_file(refused: Refuse, written: str, code: str) -> None:
    assert told(refused(workbook(["id", "price"], ["a", written]))) == [f"bids.xlsx!Bids!B2 {code}"]


def test_a_truth_is_no_price(refused: Refuse) -> None:
    assert told(refused(workbook(["id", "price"], ["a", True]))) == ["bids.xlsx!Bids!B2 TE013"]


@pytest.mark.parametrize(("stored", "code"), [("1E400", "TE013"), ("1E300", "TE013")])
def test_numbers_out_of_all_proportion(refused: Refuse, stored: str, code: str) -> None:
    data = with_sheet(workbook(["id", "price"], ["a", 4711]), "<v>4711</v>", f"<v>{stored}</v>")
    assert told(refused(data)) == [f"bids.xlsx!Bids!B2 {code}"]


# What hides a value


def test_merged_cells(refused: Refuse) -> None:
    book = workbook(["id", "price"], ["a", 1], ["b", None])
    bids_sheet(book).merge_cells("B2:B3")
    (problem,) = refused(book)
    assert (str(problem.where), problem.code) == ("bids.xlsx!Bids!B2", "TE058")
    assert "B2:B3" in problem.message


def test_a_hidden_row_a_hidden_column_and_a_hidden_sheet(refused: Refuse) -> None:
    book = workbook(["id", "price", "values.x"], ["a", 1, 1], ["b", 2, 1])
    bids_sheet(book).row_dimensions[3].hidden = True
    bids_sheet(book).column_dimensions["C"].hidden = True
    assert told(refused(book)) == ["bids.xlsx!Bids!A3 TE061", "bids.xlsx!Bids!C1 TE061"]
    book = workbook(["id", "price"], ["a", 1])
    bids_sheet(book).sheet_state = "hidden"
    book.create_sheet("Shown")
    assert told(refused(book)) == ["bids.xlsx!Bids TE061"]


def test_rows_and_columns_of_no_size_and_filtered_ones_are_hidden_too(refused: Refuse) -> None:
    book = workbook(["id", "price"], ["a", 1])
    bids_sheet(book).column_dimensions["B"].width = 12
    data = with_parts(
        packed(book),
        sheet1=lambda xml: xml.replace('width="12"', 'width="0"').replace('<row r="2"', '<row ht="0" r="2"'),
    )
    assert told(refused(data)) == ["bids.xlsx!Bids!A2 TE061", "bids.xlsx!Bids!B1 TE061"]


def test_hidden_but_empty_is_no_matter(load: Load) -> None:
    book = workbook(["id", "price"], ["a", 1])
    bids_sheet(book).row_dimensions[7].hidden = True
    bids_sheet(book).column_dimensions["F"].hidden = True
    assert prices(load(book)) == [1]


def test_all_traps_of_a_sheet_are_told_at_once(refused: Refuse) -> None:
    book = workbook(["id", "price", "marks.x"], ["a", "=1", 0.5], ["b", "#REF!", datetime.date(2026, 1, 1)])
    sheet = bids_sheet(book)
    sheet["C2"].number_format = "0%"
    sheet.merge_cells("E5:F6")
    assert sorted(d.code for d in refused(book)) == ["TE057", "TE058", "TE059", "TE060", "TE065"]


# Files that are not what they seem, or worse


def test_comments_styles_and_extensions_give_no_warnings(load: Load) -> None:
    book = workbook(["id", "price"], ["a", 1])
    bids_sheet(book)["B2"].comment = Comment("as on page 3", "clerk")
    extension = '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/></extLst></worksheet>'
    data = with_sheet(book, "</worksheet>", extension)
    assert prices(load(data)) == [1]


def test_the_old_format_macros_and_passwords_are_named(
    refused: Refuse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (problem,) = refused(ole)
    assert problem.code == "TE003"
    assert ".xls format" in problem.message
    (problem,) = refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in problem.message
    data = packed(workbook(["id", "price"], ["a", 1]))
    macros = io.BytesIO(data)
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    (problem,) = refused(macros.getvalue())
    assert "macros" in problem.message
    for name, content in (("bids.xlsm", data), ("bids.xls", ole)):
        Path(name).write_bytes(content)
        with pytest.raises(Refused) as e:
            load_bids(name)
        assert [d.code for d in e.value.diagnostics] == ["TE003"]


@pytest.mark.parametrize("content", [b"", b"id,price\na,1\n", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook(refused: Refuse, content: bytes) -> None:
    assert told(refused(content)) == ["bids.xlsx TE003"]


def test_a_zip_that_is_no_workbook(refused: Refuse) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("bids.csv", "id,price\n")
    (problem,) = refused(buffer.getvalue())
    assert (problem.code, problem.message) == ("TE003", "this is a zip file, not a workbook")


def test_a_workbook_cut_short_at_any_byte(refused: Refuse) -> None:
    data = packed(workbook(["id", "price"], ["a", 1]))
    for length in range(0, len(data), 401):
        assert [d.code for d in refused(data[:length])] == ["TE003"]


@pytest.mark.slow
def test_damaged_bytes_are_never_read_as_something_else(load: Load) -> None:
    data = packed(workbook(["id", "price"], ["a", 1234567]))
    for at in range(30, len(data), 97):
        damaged = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        assert outcome(load, damaged) <= {"TE003", "TE004"} or prices(load(damaged)) == [1234567]


def outcome(load: Load, data: bytes) -> set[str]:
    """The codes with which a workbook is refused, or "read"."""
    try:
        load(data)
    except Refused as e:
        return {d.code for d in e.diagnostics}
    return {"read"}


@pytest.mark.slow
def test_a_bomb_is_not_unpacked(refused: Refuse) -> None:
    buffer = io.BytesIO(packed(workbook(["id", "price"], ["a", 1])))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(20 * 1024 * 1024))
    (problem,) = refused(buffer.getvalue())
    assert problem.code == "TE004"
    assert "times its size" in problem.message


def test_a_workbook_that_unpacks_to_too_much(refused: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tender_eval.files.workbook.package.LARGEST_UNPACKED", 1000)
    (problem,) = refused(workbook(["id", "price"], ["a", 1]))
    assert (problem.code, "unpacks to" in problem.message) == ("TE004", True)


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles"])
def test_entities_are_not_expanded(refused: Refuse, part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;">]>'

    def insert(xml: str) -> str:
        start = xml.index("?>") + 2 if xml.startswith("<?xml") else 0
        return xml[:start] + bomb + xml[start:]

    (problem,) = refused(with_parts(packed(workbook(["id", "price"], ["a", 1])), **{part: insert}))
    assert (problem.code, "document type" in problem.message) == ("TE003", True)


def test_an_endless_merge_or_row_number_takes_no_time(refused: Refuse) -> None:
    book = workbook(["id", "price"], ["a", 4711])
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert told(refused(with_sheet(book, "</sheetData>", merge))) == ["bids.xlsx!Bids!A1 TE058"]


def test_rows_or_cells_out_of_order_are_not_passed_over(refused: Refuse) -> None:
    book = workbook(["id", "price"], ["a", 1], ["b", 2])
    for old, new in (
        ('<row r="3">', '<row r="1">'),
        ('r="B3"', 'r="A3"'),
        ('r="B3"', 'r="B2"'),
        ('r="B3"', 'r="banana"'),
    ):
        assert told(refused(with_sheet(book, old, new))) == ["bids.xlsx!Bids TE003"]


def test_limits_of_columns_rows_and_cells(refused: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    book = workbook(["id", "price"], ["a", 1], ["b", 2], ["c", 3])
    bids_sheet(book).cell(2, 201).value = "x"
    assert "bids.xlsx!Bids!GS2 TE004" in told(refused(book))
    monkeypatch.setattr("tender_eval.files.tables.xlsx_sheet.MOST_ROWS", 2)
    book = workbook(["id", "price"], ["a", 1], ["b", 2], ["c", 3])
    assert told(refused(book)) == ["bids.xlsx!Bids!B4 TE004"]
    monkeypatch.setattr("tender_eval.files.workbook.sheet.MOST_CELLS", 5)
    assert told(refused(book)) == ["bids.xlsx!Bids TE004"]


def test_the_strict_dialect_is_named(refused: Refuse) -> None:
    book = workbook(["id", "price"], ["a", 1])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    (problem,) = refused(with_sheet(book, main, "http://purl.oclc.org/ooxml/spreadsheetml/main"))
    assert (problem.code, "Strict" in problem.message) == ("TE003", True)


def test_plain_digits() -> None:
    assert [plain(x) for x in (10350.0, 0.1, 1e21, 1e-7, -0.0, 7)] == [
        "10350",
        "0.1",
        "1000000000000000000000",
        "0.0000001",
        "0",
        "7",
    ]
