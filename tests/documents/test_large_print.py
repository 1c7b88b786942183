"""Large print: no text below 16 point, tables told row by row where columns are too narrow for its words.

UKAAF, Creating clear print and large print documents (G003, 2019): 16 point at least, ideally 18.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx

from tender_eval.documents.docx import document_docx
from tender_eval.documents.docx_page import LARGE_PRINT
from tender_eval.documents.html import document_html, style_of
from tender_eval.documents.model import Document, heading, items, paragraph, table

LEAST = 16  # points
POINTS = 72 / 96  # of a pixel
DOCUMENT = Document(
    "Summary", "for Alder",
    (
        heading("One"), paragraph("Text"), items(["An item"]), table("Facts", ["A", "B"], [("Name", "Alder")]),
        table("Scores", ["Criterion", "Mark", "Points"], [("Care", "4", "32"), ("Price", "", "40")]),
    ),
    draft="DRAFT", large_print=True,
)  # fmt: skip


def test_every_style_of_a_word_file_is_large_enough() -> None:
    word = docx.Document(io.BytesIO(document_docx(DOCUMENT)))
    used = {p.style.name for p in (*word.paragraphs, *word.sections[0].header.paragraphs) if p.style}
    assert used == {"Title", "Subtitle", "Heading 1", "Normal", "List Bullet", "Caption", "Header"}
    sizes = [word.styles[name].font.size for name in used]  # type: ignore[attr-defined]  # all of paragraphs
    assert all(size is None or size.pt >= LEAST for size in sizes)
    cells = [p for t in word.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    runs = [run for p in (*word.paragraphs, *cells, *word.sections[0].header.paragraphs) for run in p.runs]
    assert all(run.font.size is None or run.font.size.pt >= LEAST for run in runs)
    assert word.styles["Normal"].font.size.pt == LARGE_PRINT.text == 18  # type: ignore[attr-defined]


def test_a_table_of_several_columns_is_told_row_by_row() -> None:
    word = docx.Document(io.BytesIO(document_docx(DOCUMENT)))
    assert [[cell.text for cell in t.rows[0].cells] for t in word.tables] == [["A", "B"]]
    texts = [p.text for p in word.paragraphs]
    assert texts[texts.index("Scores") :] == ["Scores", "Care", "Mark: 4", "Points: 32", "Price", "Points: 40"]
    small = docx.Document(io.BytesIO(document_docx(replace(DOCUMENT, large_print=False))))
    assert len(small.tables) == 2


def test_no_rule_of_the_page_sets_smaller_type() -> None:
    sheet = style_of(DOCUMENT)
    root = float(re.findall(r"html \{ font-size: ([\d.]+)px; \}", sheet)[-1])
    on_paper = float(re.findall(r"html, html:has\(main.columns\) \{ font-size: ([\d.]+)pt; \}", sheet)[-1])
    # the smallest that no later rule makes larger again: heads of the page, ticks of charts
    smallest = min(float(size) for size in re.findall(r"font-size: (\d*\.\d+)rem", sheet))
    assert smallest * root * POINTS >= LEAST
    assert smallest * on_paper >= LEAST
    assert document_html(DOCUMENT).count("<style>") == 1
    assert style_of(replace(DOCUMENT, large_print=False)) != sheet
    assert "24.4px" not in style_of(replace(DOCUMENT, large_print=False))


def test_scripts_that_word_sizes_by_themselves_are_as_large_as_the_text_around_them() -> None:
    word = docx.Document(io.BytesIO(document_docx(replace(DOCUMENT, subtitle="\u0645\u0624\u0633\u0633\u0629"))))
    sized = word.styles.element.xpath(".//w:rPr/w:sz") + word.element.xpath(".//w:rPr/w:sz")
    assert len(sized) > 5
    for size in sized:
        assert [one.values() for one in size.getparent().xpath("w:szCs")] == [size.values()]
