"""What a JSON file lacks is said in JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tender_eval.files.load import read_sound_bids
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems


def hints(data: dict[str, Any], name: str = "bids.json") -> list[str]:
    problems = Problems()
    read_sound_bids(Source(name, json.dumps({"format": "tender-eval/bids/1", **data}).encode()), {}, problems)
    return [d.hint for d in problems.sorted()]


@pytest.mark.parametrize(
    ("bid", "hint"),
    [
        ({}, 'add "id": ...'),
        ({"id": "a", "prices": 12}, 'write "prices": {"key": "value"}'),
        ({"id": "a", "supplier": "Alder"}, 'write "supplier": {"key": "value"}'),
        ({"id": "a", "marks": {"q": {"reason": "Sound."}}}, 'add "agreed": ..., or the individual marks'),
        ({"id": "a", "lots": ["north"]}, 'write "lots": {"north": {}}, with what is said for each lot in its braces'),
    ],
)
def test_keys_and_names_stand_in_quotation_marks(bid: dict[str, Any], hint: str) -> None:
    assert hint in hints({"bids": [bid]})


def test_the_format_is_told_in_json_too() -> None:
    assert hints({"format": "tender-eval/bid/1"}) == ['write "format": "tender-eval/bids/1"']


def test_yaml_keeps_its_own_mends() -> None:
    assert "add id: ..." in hints({"bids": [{}]}, "bids.yaml")
