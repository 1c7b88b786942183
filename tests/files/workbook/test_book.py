"""Workbooks that lie, hang or fill the memory: each row of the table of attacks, and what stands beside it."""

from __future__ import annotations

import os
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from altered import in_format, repacked, shared_texts, sheet_altered, workbook

from tender_eval import Refused
from tender_eval.base.limits import LIMITS
from tender_eval.files.load import load_bids
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic

ROWS: list[list[object]] = [
    ["id", "supplier.name", "price", "marks.q"],
    ["a", "Alder", 4711, 4],
    ["b", "Birch", 900, 3],
]
MANY_BYTES = 150 * 1024 * 1024

Load = Callable[[bytes], Bids]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    monkeypatch.chdir(tmp_path)

    def write_and_load(data: bytes) -> Bids:
        Path("bids.xlsx").write_bytes(data)
        return load_bids("bids.xlsx")

    return write_and_load


def refused(load: Load, data: bytes) -> Diagnostic:
    """The one thing that is said of a workbook that must be refused."""
    with pytest.raises(Refused) as e:
        load(data)
    (one,) = e.value.diagnostics
    return one


def told(bids: Bids) -> list[str]:
    return [f"{d.code} {d.where.cell if d.where else ''}" for d in bids.notices]


def altered(old: str, new: str) -> bytes:
    data = workbook(ROWS)
    changed = sheet_altered(data, lambda xml: xml.replace(old, new, 1))
    assert changed != data
    return changed


# A bid that people see vanishes, or one that nobody sees wins

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
HOLDERS = (
    "<extLst><ext uri='{1}'>%s</ext></extLst>",
    "<x:wrap xmlns:x='urn:x'>%s</x:wrap>",
    f"<mc:AlternateContent xmlns:mc='{COMPATIBILITY}'><mc:Fallback>%s</mc:Fallback></mc:AlternateContent>",
)
HIDDEN_ROW = '<row r="9"><c r="A9" t="inlineStr"><is><t>c</t></is></c><c r="C9"><v>1</v></c></row>'


@pytest.mark.slow
@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("place", ["</row>", "</sheetData>", "</worksheet>", "</c>"])
@pytest.mark.parametrize(
    "held", [HIDDEN_ROW, '<row r="9"/>', "<c r='A9'><v>1</v></c>", f"<sheetData>{HIDDEN_ROW}</sheetData>"]
)
def test_what_holds_a_value_counts_in_its_place_alone(load: Load, holder: str, place: str, held: str) -> None:
    found = refused(load, altered(place, holder.replace("%s", held) + place))
    assert (found.code, found.where and found.where.cell) == ("TE003", "Bids")
    assert "inside <" in found.message


def test_an_element_is_named_with_what_it_stands_in(load: Load) -> None:
    found = refused(load, altered("</row>", HOLDERS[0].replace("%s", HIDDEN_ROW) + "</row>"))
    assert "it has a <row> inside <ext>, and programs disagree on whether that counts" in found.message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("</sheetData>", "</sheetData><sheetData/>", "stands twice"),
        ("<v>4711</v>", "<v>4711</v><v>1</v>", "two values"),
        ("<v>4711</v>", "<is><t>1</t></is>", "not of its kind"),
        ("<v>4711</v>", "<v>4711<x/></v>", "inside <v>"),
        ("<v>4711</v>", "<v>0x1F</v>", "as a number"),
        ('<c r="C2" t="n">', '<c r="C2" t="b">', "as true or false"),
        ("<is><t>Alder</t></is>", "<f>1+1</f><is><t>Alder</t></is>", "a formula and a text"),
        ("<v>4711</v>", f"<v>{'9' * 70}</v>", "as a number"),
        ('<c r="C2" t="n">', '<c r="C2" t="s">', "a text that the workbook does not have"),
        ('<c r="C2" t="n">', '<c r="C2" t="x">', 'of the kind "x"'),
        ('<c r="C2" t="n">', '<c r="C2" t="n" s="77">', "a style that the workbook does not"),
        ('<row r="2">', '<row r="2000000000">', 'a row has the number "2000000000"'),
        ('<row r="2">', '<row r="1048577">', 'a row has the number "1048577"'),
        ("<t>Alder</t>", "<t>Ald_x0065_r</t>", "_x0065_"),
    ],
)
def test_what_readers_disagree_on_is_refused(load: Load, old: str, new: str, said: str) -> None:
    found = refused(load, altered(old, new))
    assert (found.code, said in found.message) == ("TE003", True), found.message


def test_what_all_readers_take_alike_is_read(load: Load) -> None:
    for old, new in (
        ("<v>4711</v>", "<v><![CDATA[4711]]></v>"),
        ("<v>4711</v>", "<v>47<!-- -->11</v>"),
        ("<v>4711</v>", "<v>&#52;711</v>"),
        ("<v>4711</v>", "<v> 4711\n</v>"),
        ("<v>4711</v>", "<v>4.711E3</v>"),
        ("<t>Alder</t>", "<r><t>Al</t></r><r><rPr><b/></rPr><t>der</t></r>"),
        ("<t>Alder</t>", "<t>Alder</t><rPh sb='0' eb='1'><t>no</t></rPh>"),
        ('<c r="C2" t="n">', '<c t="n">'),
        ("</worksheet>", "<extLst><ext uri='{1}'><x14:id xmlns:x14='urn:x'/></ext></extLst></worksheet>"),
    ):
        (first, _) = load(altered(old, new)).bids
        assert (first.name, first.figures["price"].value) == ("Alder", 4711)


def test_a_form_control_is_no_row(load: Load) -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    control = f"<controls><anchor><d:row xmlns:d='{drawing}'>3</d:row></anchor></controls>"
    assert len(load(altered("</worksheet>", f"{control}</worksheet>")).bids) == 2


def test_a_row_far_down_is_read_where_it_stands(load: Load) -> None:
    data = sheet_altered(
        workbook(ROWS), lambda xml: xml.replace('<row r="3">', '<row r="1048576">').replace('3"', '1048576"')
    )
    assert str(load(data).bids[1].where) == "bids.xlsx!Bids!A1048576"


# What is shown and what is held


@pytest.mark.parametrize(
    ("code", "said"),
    [(";;;", "shows nothing"), ('"as agreed"', 'shows "as agreed"'), ('0;0;0;"x"', 'shows "x"')],
)
def test_a_format_that_shows_nothing_or_other_text(load: Load, code: str, said: str) -> None:
    with pytest.raises(Refused) as e:
        load(in_format(workbook(ROWS), code))
    assert {d.code for d in e.value.diagnostics} == {"TE069"}
    assert all(said in d.message for d in e.value.diagnostics)


def test_a_column_too_narrow_and_a_row_too_low_to_be_seen(load: Load) -> None:
    narrow = '<cols><col min="3" max="3" width="0.1" customWidth="1"/></cols><sheetData>'
    found = refused(load, altered("<sheetData>", narrow))
    assert (found.code, found.where and found.where.cell) == ("TE061", "Bids!C1")
    found = refused(load, altered('<row r="3">', '<row r="3" ht="0.5" customHeight="1">'))
    assert (found.code, found.where and found.where.cell) == ("TE061", "Bids!A3")
    every = '<sheetFormatPr defaultColWidth="0.1" defaultRowHeight="15"/><sheetData>'
    data = sheet_altered(
        altered("<sheetData>", every),
        lambda xml: xml.replace('<sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>', "", 1),
    )
    with pytest.raises(Refused) as e:
        load(data)
    assert [d.code for d in e.value.diagnostics] == ["TE061"] * 4


@pytest.mark.slow
def test_many_hidden_rows_are_one_message(load: Load) -> None:
    rows = [ROWS[0], *([f"b{n}", "B", 1, 1] for n in range(300))]
    found = refused(load, sheet_altered(workbook(rows), lambda xml: xml.replace("<row ", '<row hidden="1" ')))
    assert found.message == "rows 1, 2, 3, 4 and 297 more are hidden and hold values"


def test_what_a_filter_hides_and_what_it_may_hide(load: Load) -> None:
    criteria = '</sheetData><autoFilter ref="A1:D3"><filterColumn colId="0"/></autoFilter>'
    data = altered("</sheetData>", criteria)
    assert told(load(data)) == ["TE069 Bids"]
    found = refused(load, sheet_altered(data, lambda xml: xml.replace('<row r="3">', '<row r="3" hidden="1">')))
    assert (found.code, found.hint) == ("TE061", "clear the filter of the sheet, or delete what it hides")
    assert not told(load(altered("</sheetData>", '</sheetData><autoFilter ref="A1:D3"/>')))


def test_a_zero_that_its_sheet_does_not_show(load: Load) -> None:
    data = sheet_altered(workbook(ROWS), lambda xml: xml.replace("<sheetView ", '<sheetView showZeros="0" '))
    assert not told(load(data))
    found = refused(load, sheet_altered(data, lambda xml: xml.replace("<v>900</v>", "<v>0</v>")))
    assert (found.code, found.where and found.where.cell) == ("TE069", "Bids!C3")


def test_results_that_programs_work_out_anew(load: Load) -> None:
    """openpyxl asks programs for it in every workbook; it matters where a cell has a formula."""
    assert not told(load(workbook(ROWS)))
    assert told(load(altered("<v>4711</v>", "<f>1+1</f><v>4711</v>"))) == ["TE069 Bids!C2"]
    calm = repacked(
        altered("<v>4711</v>", "<f>1+1</f><v>4711</v>"), lambda _, part: part.replace(b' fullCalcOnLoad="1"', b"")
    )
    assert not told(load(calm))


# Document types and encodings

DOCTYPE = "<!DOCTYPE worksheet [<!ENTITY e '1'>]>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037"]
)
@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize(
    "part", ["sheet1.xml", "workbook.xml", "styles.xml", "workbook.xml.rels", "[Content_Types].xml"]
)
def test_document_types_are_refused_in_every_encoding(load: Load, encoding: str, declared: bool, part: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>' if declared else ""

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith(part):
            return data
        text = data.decode()
        text = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
        return f"{declaration}{DOCTYPE}{text}".encode(encoding)

    assert refused(load, repacked(workbook(ROWS), change)).code in ("TE002", "TE003")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_encodings_that_the_format_has_are_read(load: Load, encoding: str) -> None:
    assert len(load(sheet_altered(workbook(ROWS), lambda xml: xml, encoding)).bids) == 2


# Time and memory

BOMBS: dict[str, Callable[[str], str]] = {
    "deep elements": lambda xml: xml.replace("</worksheet>", "<e>" * 400_000),
    "a long attribute": lambda xml: xml.replace("<sheetData>", f'<sheetData x="{os.urandom(2_000_000).hex()}">'),
    "a long comment": lambda xml: xml.replace("<sheetData>", f"<!--{os.urandom(2_000_000).hex()}--><sheetData>"),
    "a long text": lambda xml: xml.replace("<v>4711</v>", f"<v>{os.urandom(2_000_000).hex()}</v>"),
    "many attributes": lambda xml: xml.replace(
        "<sheetData>", "<sheetData" + "".join(f" a{n}='1'" for n in range(300_000)) + ">"
    ),
    "a value in two hundred thousand pieces": lambda xml: xml.replace("<v>4711</v>", f"<v>{'1<!---->' * 200_000}</v>"),
}


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_part_takes_no_more_than_its_share(load: Load, bomb: str) -> None:
    data = sheet_altered(workbook(ROWS), BOMBS[bomb])
    tracemalloc.start()
    began = time.process_time()
    found = refused(load, data)
    assert time.process_time() - began < 20
    assert tracemalloc.get_traced_memory()[1] < MANY_BYTES
    tracemalloc.stop()
    assert found.code in ("TE003", "TE004")


def test_the_parts_of_a_package_are_counted_before_they_are_kept(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tender_eval.files.workbook.package.MOST_PARTS", 5)
    assert refused(load, workbook(ROWS)).message == "the workbook has more than 5 parts"


@pytest.mark.parametrize(
    ("module", "limit"),
    [("package", "MOST_PARTS"), ("styles", "MOST_STYLES"), ("sheet", "MOST_CELLS"), ("strings", "LONGEST_TEXTS")],
)
def test_what_a_part_lists_is_counted(load: Load, monkeypatch: pytest.MonkeyPatch, module: str, limit: str) -> None:
    monkeypatch.setattr(f"tender_eval.files.workbook.{module}.{limit}", 2 if module != "styles" else 0)
    data = shared_texts(ROWS)
    assert refused(load, data).code == "TE004"


# The package


def test_a_package_that_programs_may_read_in_two_ways(load: Load) -> None:
    data = workbook(ROWS)
    assert "before its first part" in refused(load, b"#!/bin/sh\n" + data).message
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = b"x"
    assert "before its first part" in refused(load, buffer.getvalue()).message
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("XL/workbook.xml", b"<x/>")
    assert "holds a part twice" in refused(load, buffer.getvalue()).message
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/other.xml", b"<x/>")
    assert "packed in a way" in refused(load, buffer.getvalue()).message


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("_rels/.rels", b"officeDocument", b"other", "which of its parts is the workbook"),
        ("workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/sheet7.xml", "sheet7.xml is missing"),
        ("workbook.xml.rels", b"<Relationship ", b"<Other ", "which is not"),
        ("[Content_Types].xml", b"sheet.main+xml", b"sheet.macroEnabled.main+xml", "with macros"),
        ("workbook.xml", b"<sheets>", b"<sheets><x:wrap xmlns:x='urn:x'/>", "inside <sheets>"),
    ],
)
def test_what_the_parts_of_a_package_may_not_say(load: Load, part: str, old: bytes, new: bytes, said: str) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(old, new) if name.endswith(part) else data

    found = refused(load, repacked(workbook(ROWS), change))
    assert found.code == "TE003"
    assert said in found.message or "inside <Relationships>" in found.message


def test_every_limit_is_documented_once() -> None:
    assert len({(one.of, one.what) for one in LIMITS}) == len(LIMITS)
