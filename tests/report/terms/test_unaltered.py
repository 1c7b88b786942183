"""No text of a scheme or a bidder is altered in what is published and sent: the figures in a name are no numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cases import case_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.documents.model import Document
from tender_eval.documents.terminal import document_text
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bids
from tender_eval.report.letters.document import summaries
from tender_eval.report.methodology.document import publish

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
FIGURES = st.lists(st.integers(20_000_001, 99_999_999), min_size=14, max_size=14, unique=True)
"""What stands in the names: larger than any figure that is worked out."""


def scheme_of(n: list[int], rule: str = "highest_score") -> CompiledScheme:
    scale = [
        {"mark": 0, "score": "0%", "title": f"None {n[0]}", "descriptor": f"Nothing of ISO {n[1]}."},
        {"mark": 4, "score": "60%", "title": f"Level {n[2]} x 5", "descriptor": f"As BS {n[3]} asks."},
        {"mark": 5, "score": "100%", "title": f"Level_{n[4]}, whole", "descriptor": "All."},
    ]
    data: dict[str, Any] = {
        "format": "tender-eval/scheme/1",
        "id": "own",
        "title": f"Services {n[5]}",
        "source": {"document": f"Guidance {n[6]}", "section": f"{n[7]}"},
        "scales": {f"s{n[8]}": scale},
        "conditions": [
            {"id": "form", "title": f"Form {n[9]}", "reads": "supplier.legal_form",
             "one_of": [f"cic {n[10]}", "charity"]},
        ],
        "criteria": [
            {"id": f"care_{n[11]}", "title": f"TOMs {n[12]} x 2", "weight": 60, "minimum": 4,
             "scorer": {"name": "mark", "scale": f"s{n[8]}"}},
            {"id": "cost", "title": "Cost", "weight": 40,
             "scorer": {"name": "ratio_to_lowest", "field": f"values.hours_{n[13]}"}},
        ],
        "award": {"rule": rule, "on_rejection": "recompute"},
    }  # fmt: skip
    return compile_scheme(scheme_from_data(data), CATALOGUE)


def bids_of(n: list[int]) -> Bids:
    def bid(name: str, form: str, mark: int) -> dict[str, Any]:
        return {
            "id": name,
            "supplier": {"name": f"{name.title()} {n[0]}", "legal_form": form},
            "values": {f"hours_{n[13]}": 1200 + mark},
            "marks": {f"care_{n[11]}": {"agreed": mark, "reason": f"Page 3 shows how {n[1]} is met."}},
        }

    forms = (
        ("alder", f"cic {n[10]}", 5),
        ("birch", "charity", 4),
        ("cedar", f"ltd {n[2]}", 4),
        ("dogwood", "charity", 0),
    )
    return bids_from_data({"format": "tender-eval/bids/1", "bids": [bid(*form) for form in forms]})


def texts(document: Document) -> Iterator[str]:
    yield " ".join(document_text(document).split())
    yield document_markdown(document)


def unaltered(document: Document, n: list[int]) -> None:
    for text in texts(document):
        assert [f"{number:,}" for number in n if f"{number:,}" in text] == []


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(n=FIGURES)
def test_in_a_published_methodology(n: list[int]) -> None:
    document = publish(scheme_of(n))
    unaltered(document, n)
    markdown = document_markdown(document)
    for told in (f"TOMs {n[12]} x 2", f"Services {n[5]}", f"Guidance {n[6]}, {n[7]}", f"cic {n[10]}", f"hours {n[13]}"):
        assert told in markdown
    assert f"**Formula:** “TOMs {n[12]} x 2” + “Cost”" in markdown


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(n=FIGURES)
def test_in_what_suppliers_are_sent(n: list[int]) -> None:
    compiled, bids = scheme_of(n), bids_of(n)
    letters = summaries(case_of(compiled, bids, decided=True))
    for letter in letters.values():
        unaltered(letter, n)
    told = {name: document_markdown(letter) for name, letter in letters.items()}
    assert f"ltd {n[2]}" in told["cedar"]
    assert f"“TOMs {n[12]} x 2”: the mark 0 is below the minimum mark 4" in told["dogwood"]
    assert f"Mark 4 (Level {n[2]} x 5)" in told["birch"]


@pytest.mark.slow
def test_national_toms_2022() -> None:
    """As a published methodology named a source of 2022: its year had become 2,022."""
    n = [2022 + step for step in range(14)]
    text = document_markdown(publish(scheme_of(n)))
    assert "TOMs 2034 x 2" in text
    assert [year for year in n if f"{year:,}" in text] == []
