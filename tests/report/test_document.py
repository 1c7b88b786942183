"""The document model and its three renderers: structure, inert text, the same bytes every time."""

import io
import re
import zipfile
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tender_eval.report.document import Document, Heading, Paragraph, Table, bold, items, paragraph, plain, table
from tender_eval.report.document_docx import document_docx
from tender_eval.report.document_html import document_html
from tender_eval.report.document_markdown import document_markdown

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "[link](javascript:alert(1)) ![i](http://evil/x.png) `code` **b** | cell |",
    "# heading",
    "- item",
    "1. item",
    "---",
    "+++",
    "\u202eevil\u202c \u200b \ufeff",
    "\x00\x08\x1b[2J\ud800\ufffe\uffff",
    "{{ 7*7 }} {% raise %}",
    "👩‍👧 emoji",
    "a\n\n# b\r\n| x |\u2028y",
    "x" * 100_000,
)


def document(text: str) -> Document:
    return Document(
        text,
        text,
        (
            Heading(text),
            paragraph(text, bold(text)),
            paragraph(text, aside=True),
            items([text, bold(text)]),
            items([text, "two"], numbered=True),
            Heading("below", 2),
            table(text, [text, "n"], [[text, "1.00"], [bold(text), "2"]], numbers=[1], widths=[3, 1]),
        ),
    )


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


KNOWN_TAGS = set(Page(document_html(document("sound"))).tags)
KNOWN_ATTRIBUTES = Page(document_html(document("sound"))).attributes


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    made = document(text)
    page = Page(document_html(made))
    assert set(page.tags) == KNOWN_TAGS
    assert page.attributes == KNOWN_ATTRIBUTES
    assert not any(name.startswith("on") for name in page.attributes)
    tokens = MarkdownIt("commonmark").enable("table").parse(document_markdown(made))
    kinds = {t.type for top in tokens for t in (top, *(top.children or ()))}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "code_block", "hr"}
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", "h2", "h3"]
    assert sum(t.type == "tr_open" for t in tokens) == 3
    word = docx.Document(io.BytesIO(document_docx(made)))
    assert word.paragraphs[0].text == plain(text)
    assert [cell.text for cell in word.tables[0].columns[0].cells] == [plain(text)] * 3


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    made = document(text)
    assert set(Page(document_html(made)).tags) <= KNOWN_TAGS
    document_markdown(made).encode()
    document_docx(made)


@pytest.mark.parametrize("render", [document_markdown, document_html, document_docx])
def test_the_same_document_gives_the_same_bytes(render: object) -> None:
    assert render(document("text")) == render(document("text"))  # type: ignore[operator]


def test_a_word_file_holds_no_time_and_no_system() -> None:
    with zipfile.ZipFile(io.BytesIO(document_docx(document("text")))) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {i.create_system for i in package.infolist()} == {3}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not [n for n in package.namelist() if "vba" in n.lower()]
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2000-01-01T00:00:00Z"}


def test_a_word_file_has_real_headings_and_table_heads_that_repeat() -> None:
    word = docx.Document(io.BytesIO(document_docx(document("text"))))
    assert [p.style.name for p in word.paragraphs if p.style.name.startswith(("Title", "Heading"))] == [
        "Title",
        "Heading 1",
        "Heading 2",
    ]
    first = word.tables[0].rows[0]._tr
    assert first.xpath("./w:trPr/w:tblHeader")
    assert word.sections[0].page_width.mm == pytest.approx(210, abs=0.1)
    assert word.tables[0]._tbl.tblPr.xpath("./w:tblCaption/@w:val") == ["text"]


def test_a_page_can_be_read_by_machine_and_without_a_mouse() -> None:
    page = document_html(document("text"))
    assert '<html lang="en-GB">' in page
    assert '<a class="skip" href="#content">' in page
    assert '<main id="content">' in page
    assert page.count("<h1>") == 1
    assert '<th scope="col"' in page
    assert '<th scope="row"' in page
    assert "<caption>text</caption>" in page
    assert 'tabindex="0" role="region" aria-label="Table: text"' in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page), "nothing is fetched"
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_what_makes_no_document_is_refused() -> None:
    with pytest.raises(ValueError, match="rows of another length"):
        table("t", ["a", "b"], [["1"]])
    with pytest.raises(ValueError, match="width for some columns"):
        Table("t", ("a", "b"), (), widths=(1,))
    with pytest.raises(ValueError, match="no heading has level 6"):
        Heading("x", 6)


def test_runs_are_parted_by_one_space() -> None:
    made = Document("t", "", (Paragraph(paragraph("a", bold("b"), "", "c").spans),))
    assert "a **b** c\n" in document_markdown(made)
    assert "<p>a <strong>b</strong> c</p>" in document_html(made)
    assert docx.Document(io.BytesIO(document_docx(made))).paragraphs[-1].text == "a b c"
