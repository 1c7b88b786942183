"""What a screen reader needs of a Word file: a title, languages, headings in order, heads of tables, words for a logo.

WCAG 2.2: 1.1.1, 1.3.1, 2.4.2, 2.4.6, 3.1.1 and 3.1.2, as far as python-docx can tell. It is no test with a reader.
"""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from itertools import pairwise
from typing import Any

import docx
import pytest

from tender_eval.documents.bilingual import side_by_side
from tender_eval.documents.docx import document_docx
from tender_eval.documents.model import Document, heading, items, paragraph, table
from tender_eval.files.authority import Letterhead

LOGO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BLOCKS = (
    heading("One"), paragraph("Text"), heading("Below", 2), items(["An item"]),
    table("Scores", ["Criterion", "Points"], [("Care", "32"), ("Price", "40")], numbers=(1,)), heading("Two"),
)  # fmt: skip
ENGLISH = Document("Summary", "for Alder", BLOCKS, letterhead=Letterhead("Demo County", logo=LOGO, media="png"))
BOTH = side_by_side(replace(ENGLISH, title="Crynodeb", language="cy"), ENGLISH)


def read(document: Document) -> Any:
    return docx.Document(io.BytesIO(document_docx(document)))


@pytest.mark.parametrize("document", [ENGLISH, BOTH, replace(ENGLISH, large_print=True)], ids=["one", "both", "large"])
class TestAWordFile:
    def test_states_its_title_and_its_language(self, document: Document) -> None:
        word = read(document)
        assert word.core_properties.title == document.title
        assert word.core_properties.language == document.language
        assert word.styles["Normal"].element.xpath("string(w:rPr/w:lang/@w:val)") == document.language

    def test_has_headings_by_their_styles_and_none_below_one_that_is_not_there(self, document: Document) -> None:
        named = [p.style.name for p in read(document).paragraphs if p.style.name.startswith("Heading") and p.text]
        levels = [int(name.removeprefix("Heading ")) for name in named]
        assert levels[0] == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))

    def test_marks_the_heads_of_its_tables_and_names_them(self, document: Document) -> None:
        tables = read(document).tables
        assert len(tables) == (2 if document is BOTH else 1)
        for found in tables:
            assert found.rows[0]._tr.xpath("boolean(w:trPr/w:tblHeader)")
            assert not any(row._tr.xpath("boolean(w:trPr/w:tblHeader)") for row in list(found.rows)[1:])
            assert found._tbl.xpath("string(w:tblPr/w:tblCaption/@w:val)") == "Scores"

    def test_says_in_words_what_its_logo_is(self, document: Document) -> None:
        word = read(document)
        assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == ["Demo County"]
