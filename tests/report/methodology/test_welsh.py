"""The methodology in Welsh: all of it but what the scheme and plugins say in English alone, which is marked so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.report.methodology.document import publish

SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "title_cy": "Gwasanaethau lloches",
    "regime": {"law": "procurement-act-2023", "nation": "wales"},
    "currency": "GBP",
    "criteria": [
        {"id": "care", "title": "Care", "title_cy": "Gofal", "weight": 60, "scorer": {"name": "mark", "out_of": 5}},
        {"id": "cost", "title": "Cost", "weight": 40, "description": "Over its term.", "scorer": "ratio_to_lowest"},
    ],
    "price": {"components": {"running": "per_year"}, "years": 4},
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}
BIDS = {
    "format": "tender-eval/bids/1",
    "bids": [
        {"id": one, "prices": {"running": price}, "marks": {"care": 4}} for one, price in (("a", 1000), ("b", 2500))
    ],
}


def made(**asked: Any) -> Any:
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    return publish(compile_scheme(scheme_from_data(SCHEME), catalogue), bids_from_data(BIDS), language="cy", **asked)


@pytest.mark.slow
def test_it_is_in_welsh_and_says_what_is_not() -> None:
    document = made(published_on=date(2026, 12, 1))
    page, text = document_html(document), document_markdown(document)
    assert '<html lang="cy">' in page
    assert text.startswith("**DRAFFT: nid oes siaradwr Cymraeg wedi gwirio'r ddogfen hon")
    assert "# Gwasanaethau lloches" in text
    assert "Dydd Mawrth 1 Rhagfyr 2026" in text
    assert "dros 4 o flynyddoedd" in text
    assert "Marciau llawn i'r ffigur isaf; y lleill: isaf / ffigur." in text
    assert "| 1 | Gofal | 60% |" in text
    assert '<span lang="en-GB">Over its term.</span>' in page
    assert '<h3>2 <span lang="en-GB">Cost</span></h3>' in page
    assert "**2 Cost:** Over its term." in text
    for english in ("Refuge services", "Full marks", "Award criteria", "points"):
        assert english not in text


@pytest.mark.slow
def test_once_it_is_checked_it_says_by_whom_and_is_no_draft() -> None:
    document = made(checked_by="Mair Rees")
    assert document.draft == ""
    assert "| Gwiriwyd y Gymraeg gan | Mair Rees |" in document_markdown(document)
