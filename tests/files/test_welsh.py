"""Texts of a scheme and a tender in Welsh: put in the place of the English ones, and missed where they are not."""

from __future__ import annotations

from typing import Any

import pytest

from tender_eval import bids_from_data, dump_scheme, scheme_from_data
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.files.welsh import in_welsh, speaks_welsh, without_welsh
from tender_eval.model.diagnostics import Problems, Refused

SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "title_cy": "Gwasanaethau lloches",
    "notes": "Ours.",
    "notes_cy": "Ein rhai ni.",
    "illustrative": ["the weights", "the scale"],
    "illustrative_cy": ["y pwysau", "y raddfa"],
    "scales": {
        "s": [
            {"mark": 0, "score": 0, "title": "None", "title_cy": "Dim", "descriptor": "Nothing."},
            {"mark": 1, "score": 1, "title": "All", "descriptor": "All of it.", "descriptor_cy": "Y cyfan."},
        ]
    },
    "conditions": [{"id": "safe", "title": "Safe", "title_cy": "Diogel", "reads": "values.safe", "at_least": 1}],
    "criteria": [
        {
            "id": "quality", "title": "Quality", "title_cy": "Ansawdd", "weight": 60, "description": "How.",
            "criteria": [
                {"id": "care", "title": "Care", "title_cy": "Gofal", "weight": 60, "scorer": "mark", "scale": "s"}
            ],
        },
        {"id": "price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "price": {
        "schedule": [
            {"id": "stay", "title": "Nights", "title_cy": "Nosweithiau", "quantity": 9, "unit": "a", "unit_cy": "un"}
        ],
        "prevails": "unit",
        "adjust": [{"id": "local", "title": "Local", "title_cy": "Lleol", "by": "-5%"}],
    },
    "benefits": [{"id": "saved", "title": "Saved", "title_cy": "Arbedwyd"}],
    "funders": [{"id": "council", "title": "Council", "title_cy": "Cyngor", "share": "100%"}],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
}  # fmt: skip


def test_every_text_has_its_welsh_put_in_its_place() -> None:
    told = in_welsh(scheme_from_data(SCHEME))
    assert (told.title, told.notes, told.illustrative) == (
        "Gwasanaethau lloches",
        "Ein rhai ni.",
        ("y pwysau", "y raddfa"),
    )
    assert [c.title for c in told.walk()] == ["Ansawdd", "Gofal", "price"]
    assert [(s.title, s.descriptor) for s in told.scales[0].steps] == [("Dim", "Nothing."), ("All", "Y cyfan.")]
    assert told.conditions[0].title == "Diogel"
    assert told.price is not None
    assert [(c.title, c.unit) for c in told.price.lines] == [("Nosweithiau", "un")]
    assert [a.title for a in told.price.adjustments] == ["Lleol"]
    assert (told.beside.benefits[0].title, told.beside.funders[0].title) == ("Arbedwyd", "Cyngor")


def test_what_has_no_welsh_is_missed_but_no_id_that_stands_for_a_title() -> None:
    missed = without_welsh(scheme_from_data(SCHEME))
    assert {(told.of, told.name, told.text) for told in missed} == {
        ("quality", "description", "How."), ("s", "title", "All"), ("s", "descriptor", "Nothing."),
    }  # fmt: skip


def test_tender_and_lots() -> None:
    tender = {
        "title": "Two",
        "title_cy": "Dau",
        "lots": [{"id": "n", "title": "North", "title_cy": "Gogledd"}, {"id": "s"}],
    }
    bids = {
        "format": "tender-eval/bids/1",
        "tender": tender,
        "bids": [{"id": "a", "lots": {"n": {"price": 1}}}],
    }
    told = in_welsh(bids_from_data(bids).tender)
    assert (told.title, [lot.title for lot in told.lots]) == ("Dau", ["Gogledd", ""])
    assert speaks_welsh(told)
    plain = {"title": "Two", "lots": [{"id": "n"}]}
    assert not speaks_welsh(None, bids_from_data({**bids, "tender": plain}).tender)


def test_a_scheme_keeps_its_welsh_when_it_is_written_out() -> None:
    scheme = scheme_from_data(SCHEME)
    assert read_scheme(Source("again.yaml", dump_scheme(scheme).encode()), Problems()) == scheme


def test_each_illustration_is_said_in_welsh_or_none() -> None:
    with pytest.raises(Refused) as refused:
        scheme_from_data({**SCHEME, "illustrative_cy": ["y pwysau"]})
    assert [(d.code, d.message) for d in refused.value.diagnostics] == [
        ("TE027", "illustrative names 2, and illustrative_cy 1")
    ]
