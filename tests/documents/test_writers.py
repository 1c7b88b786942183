"""The document model and its three renderers: structure, inert text, the same bytes every time."""

import io
import json
import re
import struct
import zipfile
import zlib
from fractions import Fraction
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tender_eval.documents import charts
from tender_eval.documents.data import document_json
from tender_eval.documents.docx import document_docx
from tender_eval.documents.html import document_html, inline
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import (
    Beside,
    Cell,
    Details,
    Document,
    Heading,
    Item,
    Listing,
    Notice,
    Table,
    Tree,
    TreeNode,
    heading,
    items,
    pairs,
    paragraph,
    row,
    table,
    walk,
)
from tender_eval.documents.terminal import document_text
from tender_eval.documents.writers import FORMATS, Format
from tender_eval.files.authority import Letterhead
from tender_eval.languages.runs import Run, code, name, plain, runs, soft, strong

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
            heading(text, anchor="first"),
            paragraph(text, strong(text), Run(text, "title")),
            paragraph(text, tone="aside"),
            items([text, strong(text)]),
            items([text, "two"], numbered=True),
            heading("below", 2),
            table(text, [text, "n"], [[text, "1.00"], [strong(text), "2"]], numbers=[1], widths=[3, 1]),
        ),
    )


def whole(text: str) -> Document:
    """A document with a block of every kind."""
    chart = charts.BarChart(
        "bars", text, text,
        (
            charts.BarRow(text, (charts.Lane((charts.Bar(0, 0.5, 0, text, text), charts.Whisker(0, 1)), text),), text),
            charts.BarRow(text, (charts.Lane((charts.Dot(0.5), charts.Tick(0.9), charts.Bar(0.1, 0.4))),), strong=True),
        ),
        key=((0, text), ("now", text), ("flips", text), ("track", text), ("bar", text)), numbered=True,
        ends=(text, text), zero=0.5, note=text,
    )  # fmt: skip
    plot = charts.Plot(
        "plot", text, text, (charts.Point(0, 1, "1", charts.Whisker(0, 0.1), charts.Whisker(0.9, 1), hollow=True),),
        (((0, 1), (1, 0)), ((0, 0), (1, 1))), ((0, text), (1, text)), ((0, text),), text, (text,), text,
    )  # fmt: skip
    leaf = TreeNode(runs(text))
    inside = (*document(text).blocks, pairs([(text, code(text))]))
    return Document(
        text, text,
        (
            *inside,
            heading(soft(text), 1, "second"),
            Notice(runs(text), (paragraph(name(text, to="first")),), "won", large=True),
            Notice(runs(text), (items([text]),), "bad"),
            items([Item(runs(text), (paragraph(text),))], tone="out"),
            items([text], tone="lead"),
            Details(text, (table(text, ["a", "b"], [row([text, Cell(runs(text), runs(text), tone="bad")], depth=2)]),)),
            table("", ["a", "b"], [["x", Cell(runs("1"), share=Fraction(1, 2))]], [1], notes=[text], heard=True),
            Beside((chart, plot)),
            Tree(TreeNode(runs(text), (runs(text),), (leaf, TreeNode(runs("last"), below=(leaf,))))),
            Listing((text, "  ^")),
        ),
        kind=text, facts=((runs(text), runs(text)),), contents=text, foot=runs(text),
    )  # fmt: skip


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


SOUND = Page(document_html(whole("sound")))
KNOWN_TAGS, KNOWN_ATTRIBUTES = set(SOUND.tags), SOUND.attributes


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    made = document(text)
    page = Page(document_html(whole(text)))
    assert set(page.tags) == KNOWN_TAGS
    assert page.attributes == KNOWN_ATTRIBUTES
    assert not any(attribute.startswith("on") for attribute in page.attributes)
    assert all(line.isprintable() for line in document_text(whole(text)).split("\n"))
    json.loads(document_json(whole(text)))
    tokens = MarkdownIt("commonmark").enable("table").parse(document_markdown(made))
    kinds = {t.type for top in tokens for t in (top, *(top.children or ()))}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "code_block", "hr"}
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", "h2", "h3"]
    assert sum(t.type == "tr_open" for t in tokens) == 3
    word = docx.Document(io.BytesIO(document_docx(made)))
    assert word.paragraphs[0].text == plain(text)
    assert [cell.text for cell in word.tables[0].columns[0].cells] == [plain(text)] * 3


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    for kind in FORMATS.values():
        assert kind.write(whole(text))
    assert set(Page(document_html(whole(text))).tags) <= KNOWN_TAGS


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS.values(), ids=lambda kind: kind.ending)
def test_the_same_document_gives_the_same_bytes(kind: Format) -> None:
    assert kind.write(whole("text")) == kind.write(whole("text"))


def test_a_word_file_holds_no_time_and_no_system() -> None:
    with zipfile.ZipFile(io.BytesIO(document_docx(document("text")))) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {i.create_system for i in package.infolist()} == {3}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not [n for n in package.namelist() if "vba" in n.lower()]
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2000-01-01T00:00:00Z"}


@pytest.mark.slow
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
    page = document_html(whole("text"))
    assert '<html lang="en-GB">' in page
    assert '<a class="skip" href="#content">' in page
    assert '<main id="content"' in page
    assert page.count("<h1") == 1
    assert '<th scope="col"' in page
    assert '<th scope="row"' in page
    assert "<caption>text</caption>" in page
    assert 'role="group" aria-label="text" tabindex="0"' in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page), "nothing is fetched"
    assert not re.search(r"\sstyle=", page), "the policy allows no style but the sheet"
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    anchors = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors
    assert set(" ".join(re.findall(r'aria-labelledby="([^"]+)"', page)).split()) <= anchors


def test_what_makes_no_document_is_refused() -> None:
    with pytest.raises(ValueError, match="rows of another length"):
        table("t", ["a", "b"], [["1"]])
    with pytest.raises(ValueError, match="width for some columns"):
        Table("t", ("a", "b"), (), widths=(1,))
    with pytest.raises(ValueError, match="no heading has level 6"):
        Heading(runs("x"), 6)


def test_runs_are_parted_by_one_space() -> None:
    made = Document("t", "", (paragraph("a", strong("b"), "", "c"),))
    assert "a **b** c\n" in document_markdown(made)
    assert "<p>a <strong>b</strong> c</p>" in document_html(made)
    assert docx.Document(io.BytesIO(document_docx(made))).paragraphs[-1].text == "a b c"


def test_a_terminal_has_room_for_ids_and_a_page_for_names() -> None:
    made = Document("t", "", (paragraph(name("Alder House", short="a"), "wins"),))
    assert document_text(made) == "t\n\na wins\n"
    assert "<bdi>Alder House</bdi> wins" in document_html(made)


@pytest.mark.parametrize("line", [40, 60, 100])
def test_tables_of_the_terminal_fit_and_lose_no_figure(line: int) -> None:
    heads = ["rank", "bid", *(f"criterion {n}" for n in range(9)), "status"]
    rows = [[str(r), f"bid-{r}", *(f"{r}.{n}" for n in range(9)), "ranked"] for r in range(3)]
    made = Document("t", "", (table("c", heads, rows, range(2, 11), named=1, spill=range(2, 11)),))
    told = document_text(made, line)
    assert max(map(len, told.split("\n"))) <= line
    assert all(cell in told for cells in rows for cell in cells)


@pytest.mark.parametrize(("line", "tables"), [(60, 3), (80, 2), (180, 1)])
def test_columns_that_are_alike_stand_beside_the_names_as_many_as_fit(line: int, tables: int) -> None:
    heads = ["what it is that the figures of this row are about", *(f"design {n}" for n in range(7))]
    rows = [
        [f"figure {r} with a name that may go over two lines", *(f"{r}.{n} ± 0.010" for n in range(7))]
        for r in range(3)
    ]
    made = Document("t", "", (table("c", heads, rows, range(1, 8), spill=range(1, 8)),))
    told = document_text(made, line)
    assert max(map(len, told.split("\n"))) <= line
    assert told.count("figure 1") == tables
    assert all(cell in told for cells in rows for cell in cells[1:])


def test_rows_that_are_left_out_are_counted() -> None:
    made = Document("t", "", (table("c", ["a", "b"], [[str(n), "x"] for n in range(5)], brief=3),))
    assert "and 2 more: --format json has them all" in document_text(made)
    assert "and 2 more" not in document_html(made)


def test_plain_data_has_every_text() -> None:
    data = json.loads(document_json(whole("sound")))
    assert data["format"] == "tender-eval/document/1"
    assert {block["block"] for block in data["blocks"]} >= {"heading", "table", "notice", "tree", "listing", "beside"}
    assert len(list(walk(whole("sound").blocks))) > len(data["blocks"])


def test_every_writer_says_what_sort_of_document_it_is() -> None:
    made = Document("Refuge", kind="Fairness report")
    assert document_text(made).startswith("Fairness report: Refuge\n")
    assert document_markdown(made).startswith("# Fairness report: Refuge\n")
    assert "<title>Fairness report: Refuge</title>" in document_html(made)
    assert docx.Document(io.BytesIO(document_docx(made))).paragraphs[0].text == "Fairness report: Refuge"


def test_rows_are_set_in_on_the_terminal_where_they_wrap_too() -> None:
    rows = [row(["all", "x"]), row(["a part of " + "all " * 10, "y" * 80], depth=2)]
    lines = document_text(Document("T", blocks=(table("c", ["name", "value"], rows, heard=True),)), 60).splitlines()
    assert lines[4].startswith("all  ")
    assert all(line.startswith("    ") and line[4] != " " for line in lines[5:] if "all" in line)


def test_a_list_belongs_to_the_line_below_the_title() -> None:
    assert document_text(Document("T", "who", (items(["why"], tone="out"),))) == "T\nwho\n  why\n"
    assert document_text(Document("T", "", (items(["why"], tone="out"),))) == "T\n\n  why\n"


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS.values(), ids=FORMATS)
def test_a_draft_is_marked_in_every_format_and_nothing_else_is(kind: Format) -> None:
    mark = "DRAFT: not to be sent."
    plain, marked = (kind.write(Document("T", blocks=(paragraph("x"),), draft=text)) for text in ("", mark))
    if kind.ending == "docx":
        heads = [docx.Document(io.BytesIO(data)).sections[0].header for data in (plain, marked)]
        assert [head.paragraphs[0].text for head in heads] == ["", mark]
        assert heads[1].is_linked_to_previous is False
        return
    assert b"DRAFT" not in plain
    assert mark.encode() in (marked if kind.ending == "html" else b"".join(marked.splitlines()[:5]))


def test_a_page_that_is_a_draft_is_marked_on_the_screen_and_on_every_printed_page() -> None:
    page = document_html(Document("T", blocks=(paragraph("x"),), draft="Not <b>sent</b>."))
    assert '<p class="draft" role="note">Not &lt;b&gt;sent&lt;/b&gt;.</p>' in page
    assert re.search(r"p\.draft \{ position: sticky", page)
    assert re.search(r"\.across-page \{ position: fixed", page), "what is fixed is printed on every page"
    assert '@top-center { content: "DRAFT"' in page
    assert "<title>DRAFT: T</title>" in page


def test_a_draft_in_markdown_says_so_in_its_first_line() -> None:
    assert document_markdown(Document("T", draft="Not sent.")).splitlines()[0] == "**Not sent.**"


def _picture() -> bytes:
    """One red pixel, as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0\xff\0\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


@pytest.mark.parametrize("kind", FORMATS.values(), ids=FORMATS)
def test_who_writes_stands_above_the_title_in_every_format(kind: Format) -> None:
    head = Letterhead("Vale <b>Council</b>", ("1 High Street",), ("buyer@vale.example",), logo=_picture(), media="png")
    written = kind.write(Document("Letter", letterhead=head))
    if kind.ending == "docx":
        made = docx.Document(io.BytesIO(written))
        assert [p.text for p in made.paragraphs][1:4] == ["Vale <b>Council</b>", "1 High Street", "buyer@vale.example"]
        assert len(made.inline_shapes) == 1
        return
    text = written.decode()
    assert "<b>Council" not in text or kind.ending in ("txt", "json")
    assert "1 High Street" in text
    assert text.index("1 High Street") < text.rindex("Letter") or kind.ending == "json"
    assert ("data:image/png;base64," in text) == (kind.ending == "html")
    assert ("img-src data:" in text) == (kind.ending == "html")


def test_a_page_without_a_logo_loads_nothing() -> None:
    assert "img-src" not in document_html(Document("Letter", letterhead=Letterhead("Vale")))


def test_no_line_breaks_between_the_sign_of_an_amount_and_its_currency() -> None:
    found = str(inline(runs("from -£1,200 to +€3.50, not a-b <+£2>")))
    one, two, three = (f'<span class="whole">{amount}</span>' for amount in ("-£1,200", "+€3.50", "+£2"))
    assert found == f"from {one} to {two}, not a-b &lt;{three}&gt;"
