"""Two languages in one document: section beside section, each said to be in its own."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx

from tender_eval.documents.bilingual import side_by_side
from tender_eval.documents.charts import BarChart
from tender_eval.documents.docx import document_docx
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import Document, heading, paragraph, table
from tender_eval.documents.terminal import document_text
from tender_eval.languages.runs import Run, runs

WELSH = Document(
    "Crynodeb", "i Alder",
    (
        paragraph("Rhagair"), heading("Un"), table("Tabl", ["A", "B"], [("Pris", "1")]),
        heading("Dau"), paragraph("Diwedd"),
    ),
    "cy", draft="DRAFFT",
)  # fmt: skip
ENGLISH = Document(
    "Summary", "for Alder",
    (
        paragraph("Preface"), heading("One"), table("Table", ["A", "B"], [("Price", "1")]),
        heading("Two"), paragraph("End"),
    ),
    draft="DRAFT",
)  # fmt: skip


def test_sections_stand_beside_each_other_the_first_language_first() -> None:
    text = document_markdown(side_by_side(WELSH, ENGLISH))
    said = [
        "# Crynodeb",
        "**Summary**",
        "Rhagair",
        "Preface",
        "## Un",
        "| Pris |",
        "## One",
        "| Price |",
        "## Dau",
        "## Two",
    ]
    assert sorted(said, key=text.index) == said
    assert text.startswith("**DRAFFT / DRAFT**")
    plain = document_text(side_by_side(WELSH, ENGLISH))
    assert plain.index("Rhagair") < plain.index("Preface") < plain.index("Diwedd") < plain.index("End")


def test_documents_of_other_sections_stand_one_after_the_other() -> None:
    short = Document("Summary", "for Alder", ENGLISH.blocks[:3])
    text = document_markdown(side_by_side(WELSH, short))
    assert text.index("Diwedd") < text.index("Preface")


def test_a_page_says_which_is_in_which_language() -> None:
    page = document_html(side_by_side(WELSH, ENGLISH))
    assert '<html lang="cy">' in page
    assert page.count('<div lang="cy">') == 3
    assert page.count('<div lang="en-GB">') == 4, "with the title"
    assert page.count('<div class="pair">') == 3


def test_a_word_file_says_it_of_every_run() -> None:
    word = docx.Document(io.BytesIO(document_docx(side_by_side(WELSH, ENGLISH))))
    cells = [p for t in word.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    said = {run.text: run._r.xpath("string(w:rPr/w:lang/@w:val)") for p in (*word.paragraphs, *cells) for run in p.runs}
    assert {text: said[text] for text in ("Rhagair", "Un", "Pris", "Tabl")} == dict.fromkeys(
        ("Rhagair", "Un", "Pris", "Tabl"), "cy"
    )
    assert {said[text] for text in ("Summary", "Preface", "One", "Price", "Table", "End")} == {"en-GB"}


def test_where_tables_need_the_page_each_section_follows_in_the_second_language_and_links_lead_within_it() -> None:
    chart = BarChart("c", "Chart", "What it shows", ())
    english = replace(
        ENGLISH,
        kind="Report",
        facts=((runs("Scheme"), runs("Demo")),),
        foot=runs("The end"),
        blocks=(heading("One", anchor="one"), paragraph(Run("see two", to="two")), heading("Two", anchor="two"), chart),
    )
    welsh = replace(
        WELSH,
        contents="Cynnwys",
        blocks=(
            heading("Un", anchor="one"),
            paragraph(Run("gweler dau", to="two")),
            heading("Dau", anchor="two"),
            chart,
        ),
    )
    both = side_by_side(welsh, english, columns=False)
    page = document_html(both)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"one", "two", "one-en-GB", "two-en-GB"} <= set(ids)
    assert '<a href="#two">gweler dau</a>' in page
    assert '<a href="#two-en-GB">see two</a>' in page
    assert page.index("One</h2>") < page.index('id="contents"') < page.index("Dau</h2>") < page.index("Two</h2>")
    contents = page[page.index('id="contents"') :]
    assert "Un</a>" in contents
    assert "One</a>" not in contents, "the list is in the language of the page"
    assert 'class="pair"' not in page
    text = document_markdown(both)
    assert "**Report: Summary**" in text
    assert "Demo" in text
    assert "The end" in text
