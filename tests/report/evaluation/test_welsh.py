"""The report in Welsh: a draft until somebody has checked it, in Welsh throughout, and with no other figure."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from typing import Any

import cases
import docx
import pytest

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.case.case import Case
from tender_eval.documents.docx import document_docx
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import Document, Spoken
from tender_eval.report.evaluation.across import award_document
from tender_eval.report.evaluation.report import report_document
from tender_eval.report.explanation import Explained, explanation
from tender_eval.report.terms.bilingual import in_both, told_in_welsh

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SAFE = {"id": "safe", "title": "Safe", "title_cy": "Diogel", "reads": "declarations.safe_house", "must_be": True}
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "title_cy": "Gwasanaethau lloches",
    "currency": "GBP",
    "regime": {"law": "procurement-act-2023", "nation": "wales"},
    "rounding": {"places": 2, "mode": "half_up", "at": ["total"]},
    "scales": {
        "s": [
            {"mark": 0, "score": "0%", "title": "None", "title_cy": "Dim"},
            {"mark": 1, "score": "60%", "title": "Some", "title_cy": "Rhywfaint"},
            {"mark": 2, "score": "100%", "title": "All", "title_cy": "Y cyfan"},
        ]
    },
    "conditions": [SAFE],
    "criteria": [
        {
            "id": "care",
            "title": "Care",
            "title_cy": "Gofal",
            "weight": 60,
            "minimum": 1,
            "scorer": "mark",
            "scale": "s",
        },
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "ties": [{"highest": "care"}], "on_rejection": "recompute"},
}
LOTS = {"lots": {"mechanism": "largest_lead", "most_awarded": 1}}


def bid(name: str, price: int, care: int, safe: bool = True, **more: Any) -> dict[str, Any]:
    mark = {"agreed": care, "individual": {"Ann": care, "Bob": 2}, "reason": "Staff are named."}
    named = {"id": name, "supplier": {"name": f"{name.title()} Care"}}
    return {**named, "price": price, "marks": {"care": mark}, "declarations": {"safe_house": safe}, **more}


def at_lots(name: str, care: int, lots: tuple[str, ...]) -> dict[str, Any]:
    stated = bid(name, 0, care)
    price = stated.pop("price") + 40
    return {**stated, "lots": {lot: {"price": price} for lot in lots}}


@cache
def found() -> Case:
    bids = [bid("alder", 40, 2), bid("birch", 50, 1), bid("cedar", 60, 0), bid("dawn", 30, 1, safe=False)]
    compiled = compile_scheme(scheme_from_data(SCHEME), CATALOGUE)
    return cases.case_of(compiled, bids_from_data({"format": "tender-eval/bids/1", "bids": bids}), decided=True)


@cache
def report(checked_by: str = "") -> Document:
    return report_document(found(), language="cy", checked_by=checked_by)


@pytest.mark.slow
def test_it_is_a_draft_until_somebody_has_checked_it() -> None:
    assert report().draft.startswith("DRAFFT: nid oes siaradwr Cymraeg")
    assert report("Mair Rees").draft == ""
    assert "- **Gwiriwyd y Gymraeg gan**: Mair Rees" in document_markdown(report("Mair Rees"))


@pytest.mark.slow
def test_what_is_said_is_welsh() -> None:
    text = document_markdown(report())
    for said in (
        "# Adroddiad gwerthuso", "Enillydd: Alder Care", "Derbyniwyd 4 tendr: 2 â safle, 2 heb safle",
        "**Arian**: Punt Prydain", "| Gofal | 60 |", "Diogel: safe house: ie", "✗ Ni fodlonir", "hanner i fyny",
        "safe house yw nage, rhaid iddo fod yn: ie", "marc 2, Y cyfan", "Pa mor ddibynadwy y marciodd y panel",
    ):  # fmt: skip
        assert said in text or said in text.replace("**", ""), said
    for english in ("Refuge services", "Winner", " the ", " of ", "half up", "true", "false"):
        assert english not in text, english


@pytest.mark.slow
def test_the_page_and_the_word_file_say_their_language_and_what_is_english() -> None:
    page = document_html(report())
    assert '<html lang="cy">' in page
    assert '<span lang="en-GB">highest score</span>' in page
    assert '<span lang="en-GB">safe house</span>' in page
    assert '<th scope="col" lang="en-GB">Price' in page or 'lang="en-GB">Price</' in page
    word = docx.Document(io.BytesIO(document_docx(report())))
    assert word.core_properties.language == "cy"
    assert any("en-GB" in run._r.xml for paragraph in word.paragraphs for run in paragraph.runs)


@pytest.mark.slow
def test_no_figure_differs_and_english_is_as_it_was() -> None:
    english = report_document(found())
    figures = re.compile(r"\d(?:[\d,.]*\d)?%?")
    told = [sorted(figures.findall(document_markdown(document))) for document in (report(), english)]
    assert told[0] == told[1]
    assert english.draft == ""
    assert "lang=" not in document_html(english).partition("<body>")[2]


@pytest.mark.slow
def test_an_explanation_and_an_award_are_told_in_welsh() -> None:
    scheme = scheme_from_data({**SCHEME, "award": {**SCHEME["award"], **LOTS}})
    stated = {
        "format": "tender-eval/bids/1",
        "tender": {"lots": [{"id": "north", "title": "North", "title_cy": "Y Gogledd"}, {"id": "south"}]},
        "bids": [at_lots("alder", 2, ("north", "south")), at_lots("birch", 1, ("north",))],
    }
    compiled, bids = compile_scheme(scheme, CATALOGUE), bids_from_data(stated)

    def award(compiled: Any, bids: Any) -> Document:
        from tender_eval.lots.award import award_lots

        lots = compiled.evaluate_lots(bids)
        return award_document(award_lots(compiled, bids, lots), lots)

    text = document_markdown(told_in_welsh(award, compiled, bids))
    assert "nid oes siaradwr Cymraeg" in text
    assert "Gwasanaethau lloches" in text
    assert "Ar draws y lotiau, gan y mecanwaith largest" in text

    def tree(compiled: Any, bids: Any) -> Document:
        evaluation = compiled.evaluate(bids, "north")
        return explanation([Explained(evaluation, evaluation.bid("birch"), evaluation.bid("birch").step)])

    welsh = told_in_welsh(tree, compiled, bids, "Mair Rees")
    assert (welsh.language, welsh.draft, welsh.subtitle) == ("cy", "", "tendr birch, Birch Care: safle 2")
    assert "Gofal = 36" in document_markdown(welsh)
    both = in_both(replace(welsh, draft="DRAFFT"), tree(compiled, bids))
    assert both.draft.startswith("DRAFFT / DRAFT: no Welsh speaker has checked")


@pytest.mark.slow
def test_both_languages_in_one_report_section_by_section() -> None:
    both = in_both(report("Mair Rees"), report_document(found()), columns=False)
    page = document_html(both)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    text = document_markdown(both)
    said = ("Refuge services", "Enillydd: Alder Care", "Winner: Alder Care")
    assert sorted(said, key=text.index) == list(said)
    assert [one.language for one in both.blocks if isinstance(one, Spoken)][:3] == ["en-GB", "cy", "en-GB"]
