"""Who stands behind a bid: identifiers, names as they are compared, groups and consortia."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval import bids_from_data
from tender_eval.model.company_endings import ENDINGS
from tender_eval.model.suppliers import Named, Suppliers, compared, suppliers_of


def found(*suppliers: Any) -> Suppliers:
    """The suppliers of bids "1", "2" ...; each a table, or a pair of one and a consortium."""
    bids = []
    for n, one in enumerate(suppliers, 1):
        supplier, members = one if isinstance(one, tuple) else (one, None)
        bids.append({"id": str(n), "supplier": supplier, "consortium": members and {"members": members}, "price": 1})
    return suppliers_of(bids_from_data({"format": "tender-eval/bids/1", "bids": bids}).bids)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alder Ltd", "ALDER LIMITED"),
        ("Alder & Birch LLP", "Alder and Birch"),
        ("Alder C.I.C.", "alder"),
        ("Älder GmbH & Co. KG", "älder"),
        ("Ａｌｄｅｒ plc", "Alder"),
        ("Al\u200bder", "Alder"),
        ("The Alder Trust", "Alder  Trust"),
        ("Straße e.V.", "STRASSE"),
        ("Alder Sp. z o.o.", "Alder"),
        ("St. Mary's", "St Mary\u2019s"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert compared(one) == compared(other)
    assert found({"name": one}, {"name": other}).same("1", "2")


@pytest.mark.parametrize(("one", "other"), [("Alder", "Elder"), ("Limited", "Ltd"), ("Alder 1", "Alder 2"), ("A", "B")])
def test_names_that_are_two(one: str, other: str) -> None:
    assert not found({"name": one}, {"name": other}).share("1", "2")


@pytest.mark.slow
@given(st.text(max_size=30))
def test_what_is_compared_is_compared_the_same_again(name: str) -> None:
    assert compared(compared(name)) == compared(name)
    assert bool(compared(name)) == bool(compared(f"{name} ") and compared(name))


@pytest.mark.parametrize("ending", sorted({e for endings in ENDINGS.values() for e in endings}))
def test_every_ending_is_written_as_it_is_compared_and_trimmed(ending: str) -> None:
    assert compared(f"Alder {ending.upper()}") == "alder"
    assert compared(ending), "a name of nothing else stays"


def test_an_identifier_goes_before_names() -> None:
    here = {"name": "Alder", "identifier": "GB-COH-1"}
    assert found(here, {"name": "Birch", "identifier": " gb-coh-1"}).same("1", "2")
    assert not found(here, {"name": "Alder", "identifier": "GB-COH-2"}).share("1", "2")
    assert found(here, {"name": "Alder Ltd"}).same("1", "2")


def test_a_name_that_two_have_counts_as_both() -> None:
    both = found({"name": "Alder", "identifier": "1"}, {"name": "Alder", "identifier": "2"}, {"name": "ALDER"})
    assert both.same("1", "3")
    assert both.same("2", "3")
    assert not both.share("1", "2")


def test_a_group_links_and_does_not_make_one_bidder() -> None:
    linked = found({"name": "Alder", "group": "Wood"}, {"name": "Birch", "group": "WOOD ltd"}, {"name": "Birch"})
    assert linked.share("1", "2")
    assert not linked.same("1", "2")
    assert linked.share("1", "3"), "what one bid says of Birch holds for its other"


def test_members_count_where_they_are_confirmed_and_no_subcontractors() -> None:
    alone = {"name": "Birch"}

    def beside(**member: Any) -> bool:
        lead = {"name": "Alder"}
        return found(alone, (lead, [{"name": "Birch Ltd", "share": "10%", **member}])).share("1", "2")

    assert beside(confirmed=True)
    assert not beside(confirmed=False)
    assert not beside(confirmed=True, role="Sub-contractor")


def test_bids_that_name_nobody_are_of_different_suppliers() -> None:
    bids = [{"id": "a", "price": 1}, {"id": "A", "price": 2}, {"id": "alder", "price": 3}]
    data: dict[str, Any] = {"format": "tender-eval/bids/1", "bids": bids}
    assert not suppliers_of(bids_from_data(data).bids).shared
    data["bids"].append({"id": "x", "supplier": {"name": "a"}, "price": 2})
    assert not suppliers_of(bids_from_data(data).bids).shared


def test_whoever_a_bid_names_is_found_by_name_identifier_or_group() -> None:
    member = {"name": "Fern Trust", "role": "sub-contractor"}
    bids = bids_from_data(
        {
            "format": "tender-eval/bids/1",
            "bids": [
                {"id": "a", "supplier": {"name": "Alder Ltd", "group": "Oak"}, "price": 1},
                {"id": "b", "supplier": {"name": "Birch", "identifier": "GB-CHC-7"}, "price": 1},
                {"id": "c", "supplier": {"name": "Cedar", "group": "Oak plc"}, "price": 1},
                {"id": "d", "supplier": {"name": "Dogwood"}, "consortium": {"members": [member]}, "price": 1},
                {"id": "e", "supplier": {"name": "The BIRCH"}, "price": 1},
            ],
        }
    ).bids
    named = Named(bids)
    found = {
        called: sorted(named.bids(named.keys(called))) for called in ("alder", "Oak", "gb-chc-7", "fern trust", "f")
    }
    assert found == {"alder": ["a", "c"], "Oak": ["a", "c"], "gb-chc-7": ["b", "e"], "fern trust": ["d"], "f": []}
    assert named.keys("Birch Limited") == named.keys("GB-CHC-7")
    assert named.names == ("Alder Ltd", "Birch", "Cedar", "Dogwood", "Fern Trust")
