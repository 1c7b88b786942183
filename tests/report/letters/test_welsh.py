"""Letters in Welsh: drafts until somebody has checked them, under the Welsh regulations, in Welsh throughout."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import cases
import docx
import pytest

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.case.case import Case
from tender_eval.documents.docx import document_docx
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.regime.standstill import standstill
from tender_eval.report.letters.document import letters_of
from tender_eval.report.terms.english import left_in_english

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "currency": "GBP",
    "regime": {"law": "procurement-act-2023", "nation": "wales"},
    "scales": {
        "s": [
            {"mark": 0, "score": "0%", "title": "None", "descriptor": "Nothing shown."},
            {"mark": 1, "score": "60%", "title": "Some", "descriptor": "A method."},
            {"mark": 2, "score": "100%", "title": "All", "descriptor": "A method that works."},
        ]
    },
    "criteria": [
        {"id": "care", "title": "Care", "weight": 60, "minimum": 1, "scorer": "mark", "scale": "s"},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "ties": [{"highest": "care"}], "on_rejection": "recompute"},
}


IN_WELSH: dict[str, Any] = {
    **SCHEME,
    "title_cy": "Gwasanaethau lloches",
    "scales": {
        "s": [
            {**step, "title_cy": title, "descriptor_cy": f"{title} a ddangosir."} if title else step
            for step, title in zip(SCHEME["scales"]["s"], ("Dim", "Rhywfaint", ""), strict=True)
        ]
    },
    "criteria": [SCHEME["criteria"][0] | {"title_cy": "Gofal"}, SCHEME["criteria"][1]],
}
"""The same scheme in Welsh, but for one step of its scale and the title of its price."""


def bid(name: str, price: int, care: int) -> dict[str, Any]:
    mark = {"agreed": care, "individual": {"secret": care}, "reason": "Staff are named."}
    return {"id": name, "supplier": {"name": f"{name.title()} Care"}, "price": price, "marks": {"care": mark}}


def found(scheme: dict[str, Any] = SCHEME) -> Case:
    bids = {"format": "tender-eval/bids/1", "bids": [bid("alder", 40, 2), bid("birch", 50, 1), bid("cedar", 60, 0)]}
    compiled = compile_scheme(scheme_from_data(scheme), CATALOGUE)
    return cases.case_of(compiled, bids_from_data(bids), decided=True)


def letter(name: str, **asked: Any) -> Any:
    case = found()
    period = standstill(date(2026, 6, 1), case.compiled.scheme.regime)
    return letters_of(case, name, period, language="cy", **asked)[name].document


@pytest.mark.slow
def test_without_somebody_who_has_checked_it_a_letter_is_a_draft() -> None:
    made = letter("birch")
    assert "nid oes siaradwr Cymraeg wedi gwirio" in made.draft
    assert "DRAFFT" in document_html(made)
    checked = letter("birch", checked_by="Mair Rees")
    assert checked.draft == ""
    assert "| Gwiriwyd y Gymraeg gan | Mair Rees |" in document_markdown(checked)


def test_before_the_decision_it_is_a_draft_for_that() -> None:
    assert letter("birch", draft=True, checked_by="Mair Rees").draft.startswith("DRAFFT: nid penderfyniad yw hwn")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "said"),
    [("alder", "Roedd eich tendr yn llwyddiannus."), ("birch", "Roedd eich tendr yn aflwyddiannus."),
     ("cedar", "fe'i gwrthodwyd, am y rhesymau a nodir yma")],
)  # fmt: skip
def test_what_was_decided(name: str, said: str) -> None:
    text = document_markdown(letter(name))
    assert said in text
    assert "adran 50 o Ddeddf Caffael 2023 a rheoliad 32 o Reoliadau Caffael (Cymru) 2024" in text
    assert "ar ddydd Llun 1 Mehefin 2026" in text, "after the preposition with its mutation"
    assert "ar ddiwedd dydd Mercher 10 Mehefin 2026" in text, "the last day of the standstill"
    assert "Lloegr, Cymru, yr Alban neu Ogledd Iwerddon" in text


@pytest.mark.slow
def test_the_document_says_its_language() -> None:
    made = letter("birch")
    assert '<html lang="cy">' in document_html(made)
    word = docx.Document(io.BytesIO(document_docx(made)))
    assert word.core_properties.language == "cy"
    assert 'w:lang w:val="cy"' in word.styles["Normal"].element.xml


@pytest.mark.slow
def test_english_letters_are_as_they_were() -> None:
    letter("birch")
    text = document_markdown(letters_of(found(), "birch")["birch"].document)
    assert text.startswith("# Assessment summary")
    assert "Welsh" not in text.replace("Procurement (Wales)", "")


@pytest.mark.slow
def test_what_the_scheme_says_in_welsh_stands_in_the_letter_and_the_rest_is_marked_as_english() -> None:
    case = found(IN_WELSH)
    made = letters_of(case, language="cy")
    page = document_html(made["birch"].document)
    text = document_markdown(made["birch"].document)
    assert "1 Gofal" in text
    assert "Rhywfaint a ddangosir." in text
    assert "Gwasanaethau lloches" in text
    assert '<h3>2 <span lang="en-GB">Price</span></h3>' in page
    assert '<span lang="en-GB">A method that works.</span>' in page
    assert "Gofal" in document_markdown(made["cedar"].document)
    for english in ("Refuge services", "1 Care", "Nothing shown"):
        assert english not in page
    assert document_markdown(letters_of(case, "birch")["birch"].document) == document_markdown(
        letters_of(found(), "birch")["birch"].document
    ), "English letters are the same with Welsh beside them"


def test_no_figure_differs_in_welsh() -> None:
    case = found(IN_WELSH)
    told, plain = case.told_in_welsh().evaluations[""], case.evaluations[""]
    assert [(b.id, b.rank, b.figure, b.status) for b in told.bids] == [
        (b.id, b.rank, b.figure, b.status) for b in plain.bids
    ]
    assert [c.points for b in told.bids for c in b.criteria] == [c.points for b in plain.bids for c in b.criteria]
    assert told != plain, "titles do"
    unsaid = found()
    assert unsaid.told_in_welsh().evaluations is unsaid.evaluations


def test_what_has_no_welsh_is_named_to_whoever_makes_the_letters() -> None:
    told = [*left_in_english(found(IN_WELSH).compiled.scheme)]
    assert [sentence.partition(": ")[2] for sentence in told] == [
        "“price” has no title_cy: its title stands in English",
        "“s” has no title_cy: its title stands in English",
        "“s” has no descriptor_cy: its descriptor stands in English",
    ]
