"""Texts in another language than the document: marked where they stand, in HTML and in Word, and nowhere else."""

from __future__ import annotations

import io
from typing import Any

import docx

from tender_eval.documents.docx import document_docx
from tender_eval.documents.foreign import mark_foreign
from tender_eval.documents.html import document_html
from tender_eval.documents.model import Document, heading, items, paragraph, table
from tender_eval.languages.runs import Run, name, strong

BLOCKS = (
    heading("Esbonio Care"),
    paragraph("Mae Care a Careful yn wahanol.", strong("Care")),
    items([name("Alder Care"), name("Care")]),
    table("Tabl", ["Un", "Dau"], [("Care", "1"), ("Gofal", "2")]),
)


def marked() -> Any:
    blocks = mark_foreign(BLOCKS, {"Care", "Care home"}, "en-GB")
    return Document("Care", "", blocks, "cy", title_language="en-GB")


def test_a_text_is_marked_wherever_it_stands_by_itself() -> None:
    first = marked().blocks[1].text
    assert [(run.text, run.language) for run in first] == [
        ("Mae ", ""), ("Care", "en-GB"), (" a Careful yn wahanol.", ""), (" ", ""), ("Care", "en-GB"),
    ]  # fmt: skip
    assert first[-1].kind == "strong"


def test_no_part_of_what_others_are_called_is_marked() -> None:
    assert [item.text[0].language for item in marked().blocks[2].items] == ["", "en-GB"]


def test_nothing_is_marked_where_no_text_is_asked_for() -> None:
    assert mark_foreign(BLOCKS, {"", " "}, "en-GB") is BLOCKS


def test_a_page_says_it() -> None:
    page = document_html(marked())
    assert '<h1 dir="auto" lang="en-GB">Care</h1>' in page
    assert '<h2>Esbonio <span lang="en-GB">Care</span></h2>' in page
    assert '<span lang="en-GB"><strong>Care</strong></span>' in page
    assert page.count('lang="en-GB"') == 6


def test_a_word_file_says_it() -> None:
    word = docx.Document(io.BytesIO(document_docx(marked())))
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs]
    english = [run.text for run in runs if 'w:lang w:val="en-GB"' in run._r.xml]
    assert english == ["Care"] * 5
    assert Run("Care", language="en-GB") == marked().blocks[3].rows[0].cells[0].text[0]
