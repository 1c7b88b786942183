"""Word files of an authority's own: what is printed is text, nothing else is reached, and no duty is left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from tender_eval import Refused
from tender_eval.documents.model import Document, heading, items, paragraph, table
from tender_eval.documents.templated_docx import fill_word
from tender_eval.files.authority import Letterhead
from tender_eval.files.source import Source
from tender_eval.languages.runs import name

EVIL = "{{ facts }} <w:p/> {{ authority }} & Sons"
PARTS = {
    "facts": (table("Facts", ["Subject", "Details"], [("Supplier", name(EVIL))]),),
    "assessment": (heading("What was decided", 1), paragraph("Said by", name(EVIL)), items(["one", "two"])),
    "signature": (),
}
DUTIES = ("facts", "assessment", "signature")
LINES = ("Dear {{ subtitle }}", "{{ facts }}", "{{ assessment }}", "Yours, {{ authority }}")


def word(lines: tuple[str, ...] = LINES, change: Callable[[Any], object] = lambda made: None) -> bytes:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    change(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def filled(data: bytes, draft: str = "", duties: tuple[str, ...] = DUTIES) -> Any:
    document = Document("Letter", EVIL, draft=draft, letterhead=Letterhead("Vale Council", ("Town Hall",)))
    source = Source("letter.docx", data)
    out = fill_word(source, document, PARTS, duties)
    assert out == fill_word(source, document, PARTS, duties), "the bytes repeat"
    return docx.Document(io.BytesIO(out))


def text(made: Any) -> str:
    return "\n".join(paragraph.text for paragraph in made.paragraphs)


@pytest.mark.slow
def test_parts_and_texts_stand_where_their_names_stood() -> None:
    made = filled(word())
    assert text(made).split("\n") == [
        f"Dear {EVIL}", "Facts", "", "What was decided", f"Said by {EVIL}", "one", "two", "Yours, Vale Council",
        "Town Hall",
    ]  # fmt: skip
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["Supplier", EVIL], "a bidder's words as they are"
    assert made.core_properties.title == "Letter"


@pytest.mark.slow
def test_a_name_that_word_cut_into_runs_is_one_name() -> None:
    def cut(made: Any) -> None:
        paragraph = made.add_paragraph("To ")
        for piece in ("{", "{ subt", "itle }", "} of old, {{title}}"):
            paragraph.add_run(piece).bold = piece == "{"

    assert text(filled(word(change=cut))).endswith(f"To {EVIL} of old, Letter")


@pytest.mark.slow
def test_heads_and_feet_of_pages_and_cells_are_filled_too() -> None:
    def add(made: Any) -> None:
        made.sections[0].footer.paragraphs[0].text = "{{ title }} of {{ authority }}"
        grid = made.add_table(1, 1)
        grid.rows[0].cells[0].text = "{{ facts }}"

    made = filled(word(("{{ assessment }}",), add))
    assert made.sections[0].footer.paragraphs[0].text == "Letter of Vale Council\nTown Hall"
    assert "Supplier" in made.tables[0].rows[0].cells[0].tables[0].rows[1].cells[0].text


@pytest.mark.slow
def test_tables_are_as_wide_as_the_text_of_the_template_and_keep_their_caption() -> None:
    def narrow(made: Any) -> None:
        made.sections[0].left_margin = made.sections[0].right_margin = Mm(50)

    made = filled(word(change=narrow))
    widths = sum(column.width for column in made.tables[0].columns)
    assert abs(widths - (made.sections[0].page_width - Mm(100))) < Mm(1)
    assert next(p for p in made.paragraphs if p.text == "Facts").paragraph_format.keep_with_next


def hide(made: Any) -> None:
    made.styles["Normal"].font.hidden = True


def in_deleted_text(made: Any) -> None:
    gone = OxmlElement("w:del")
    made.element.body.insert(0, gone)
    gone.append(made.paragraphs[1]._p)


def in_a_row_of_fixed_height(made: Any) -> None:
    row = made.add_table(1, 1).rows[0]
    row.height, row.height_rule = Pt(10), 2
    row.cells[0].text = "{{ facts }}"


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        (word(("{{ assessment }}",)), "facts"),
        (word(("nothing",)), "facts, assessment"),
        (word(change=hide), "facts, assessment"),
        (word(change=in_deleted_text), "facts"),
        (word(("{{ assessment }}",), in_a_row_of_fixed_height), "facts"),
    ],
)  # fmt: skip
def test_a_template_that_leaves_a_duty_out_is_refused_with_which(data: bytes, missing: str) -> None:
    with pytest.raises(Refused, match=rf"TE089.*it leaves out what must be told: {missing}\n"):
        filled(data)


@pytest.mark.slow
def test_what_is_no_duty_may_be_left_out() -> None:
    assert "Supplier" not in text(filled(word(("{{ assessment }}",)), duties=("assessment",)))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{{ fact }}", "it holds fact, which is no name"),
        ("{{ facts.x }}", "it holds {{ facts.x }}, which is no name"),
        ("{% for x in y %}", "it holds {% for x in y %}, which is no name"),
        ("See {{ facts }}", "facts stands beside other text"),
    ],
)
def test_a_name_that_cannot_be_filled_is_told(line: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        filled(word((*LINES, line)))
    (told,) = refused.value.diagnostics
    assert (told.code, told.where and told.where.source) == ("TE089", "letter.docx")
    assert message in told.message


@pytest.mark.slow
def test_a_draft_is_marked_on_every_page_whatever_the_template_says() -> None:
    def first_page(made: Any) -> None:
        made.sections[0].different_first_page_header_footer = True
        made.add_section()

    made = filled(word(change=first_page), draft="DRAFT: not to be sent.")
    for section in made.sections:
        assert section.header.paragraphs[0].text == "DRAFT: not to be sent."
    assert made.sections[0].first_page_header.paragraphs[0].text == "DRAFT: not to be sent."


@pytest.mark.slow
def test_styles_that_the_template_has_not_are_added() -> None:
    def bare(made: Any) -> None:
        for style in [s for s in made.styles if s.name in ("Heading 1", "List Bullet", "Caption", "Table Grid")]:
            style.element.getparent().remove(style.element)

    made = filled(word(change=bare))
    assert "\N{BULLET}\tone" in text(made)
    assert next(p for p in made.paragraphs if p.text == "What was decided").style.name == "Heading 1"


def external(made: Any) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    made.part.relate_to("http://evil.example/x.dotm", kind, is_external=True)


def with_link(made: Any) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    made.part.relate_to("http://vale.example/", kind, is_external=True)


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 20_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (word(change=external), "TE089.*it takes its attachedTemplate from outside of it"),
        (b"<html>", "TE003.*this is not a document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "TE003.*this is the old .doc format"),
        (bomb(), "TE004.*the document unpacks to .* times its size"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_sound_document_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(Refused, match=message):
        filled(data)


@pytest.mark.slow
def test_links_may_stand_in_it_and_macros_may_not() -> None:
    assert filled(word(change=with_link))
    held = io.BytesIO(word())
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refused, match="holds macros"):
        filled(held.getvalue())


def test_a_workbook_is_no_document() -> None:
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    with pytest.raises(Refused, match=r"TE089.*it is no Word document"):
        filled(held.getvalue())
