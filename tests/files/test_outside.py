"""What the format does not have is told as such where people try to write it, in YAML and in tables."""

from pathlib import Path

import pytest
from inline import bids, leaf, refusal, scheme

from tender_eval import bids_from_data, load_bids, scheme_from_data

SAID = [
    ("quantity_offered", "a bid is for all of a lot"),
    ("partialQuantity", "a bid is for all of a lot"),
    ("split_award", "a bid is for all of a lot"),
    ("all_or_none", "is a package, and is written as one"),
    ("All or nothing", "is a package, and is written as one"),
    ("right_to_match", "a right to match"),
    ("last_look", "a right to match"),
]


@pytest.mark.parametrize(("key", "what"), SAID)
def test_it_is_told_in_bids_in_schemes_and_in_headings(key: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "bids.csv").write_text(f"id,price,{key}\na,1,3\n", encoding="utf-8")
    price = leaf("price", 100, "ratio_to_lowest")
    for found in (
        refusal(bids_from_data, bids({"a": {"price": 1, key: 3}})),
        refusal(scheme_from_data, scheme(price, **{key: True})),
        refusal(scheme_from_data, scheme(price, award={key: True})),
        refusal(load_bids, tmp_path / "bids.csv"),
    ):
        (said,) = found
        assert (said.code, what in said.message, "take it out" in said.hint) == ("TE010", True, True)


def test_what_the_format_has_is_not_mistaken_for_it() -> None:
    lots = {"tender": {"lots": [{"id": "north"}]}}
    stated = bids({"a": {"lots": {"north": {"price": 1}}, "values": {"quantity_offered": 3}}}) | lots
    assert bids_from_data(stated).bids[0].figures["values.quantity_offered"].value == 3
