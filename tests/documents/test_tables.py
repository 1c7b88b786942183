"""What stands in tables beside their cells: depth, groups, captions for the ear, small bars, how something came out."""

import io
from fractions import Fraction

import docx
import pytest

from tender_eval.documents.docx import document_docx
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import Cell, Document, Table, heading, paragraph, row, table
from tender_eval.documents.terminal import document_text
from tender_eval.languages.runs import runs


def of(found: Table) -> Document:
    return Document("t", blocks=(found,))


DEEP = table(
    "Points",
    ["n", "criterion"],
    [
        row(["1", "Quality"], "group"),
        row(["2", "Staff"], depth=1),
        row(["3", "a*b"], "group", 2),
        row(["4", "Price"]),
    ],
    [0],
    named=1,
)


def test_how_deep_a_row_lies_is_seen_in_every_format() -> None:
    lines = document_text(of(DEEP)).splitlines()[5:]
    assert [line.lstrip()[3:].rstrip() for line in lines] == ["Quality", "  Staff", "    a*b", "Price"]
    rows = [line for line in document_markdown(of(DEEP)).splitlines() if line.startswith("| ")][2:]
    assert rows == ["| 1 | **Quality** |", "| 2 | · Staff |", r"| 3 | · · a\*b |", "| 4 | Price |"]
    (grid,) = docx.Document(io.BytesIO(document_docx(of(DEEP)))).tables
    cells = [grid.cell(n, 1).paragraphs[0] for n in range(1, 5)]
    assert [round((cell.paragraph_format.left_indent or 0) / 36000) for cell in cells] == [0, 3, 6, 0]
    assert [cell.runs[0].bold for cell in cells] == [True, None, True, None]


@pytest.mark.parametrize("heard", [True, False])
def test_a_caption_that_is_only_heard_stands_in_no_text(heard: bool) -> None:
    found = of(table("Marks of the scale", ["a"], [["b"]], heard=heard))
    assert ("Marks of the scale" in document_text(found)) is not heard
    assert ("Marks of the scale" in document_markdown(found)) is not heard
    word = docx.Document(io.BytesIO(document_docx(found)))
    assert ("Marks of the scale" in [p.text for p in word.paragraphs]) is not heard
    assert "<caption" in document_html(found)


def test_small_bars_are_explained_where_they_are_drawn() -> None:
    says = "The bar under a figure is its share of what is available."
    found = of(table("Points", ["a", "b"], [["x", Cell(runs("1"), share=Fraction(1, 2))]]))
    assert says in document_html(found)
    assert says not in document_markdown(found) + document_text(found)
    assert says not in document_html(of(DEEP))


def test_how_something_came_out_stands_in_a_box_and_what_is_met_does_not() -> None:
    cells = [Cell(runs(tone), tone=tone) for tone in ("winner", "tied", "out", "none", "won", "bad")]  # type: ignore[arg-type]  # each is a tone
    page = document_html(of(table("t", list("abcdefg"), [["x", *cells]])))
    for tone in ("winner", "tied", "out", "none"):
        assert f'<span class="tag {tone}">{tone}</span>' in page
    assert '<span class="yes">won</span>' in page
    assert '<span class="no">bad</span>' in page


def test_a_table_has_air_below_a_heading_and_text_has_none() -> None:
    blocks = (heading("Lot"), table("", ["a"], [["b"]]), heading("Why"), paragraph("So."))
    lines = document_text(Document("t", blocks=blocks)).splitlines()
    assert lines[2:4] == ["Lot", ""]
    assert lines[lines.index("Why") + 1] == "So."
