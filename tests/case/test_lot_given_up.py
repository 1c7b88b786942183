"""A lot that nobody is awarded counts for no other: the rest are awarded as if it were not there."""

from __future__ import annotations

import pytest
from acting import SCHEME, Acting, source

from tender_eval.case.phases import Phase
from tender_eval.languages.results import text
from tender_eval.lots.award import award_lots
from tender_eval.model.bids import Bids

LOTS = """\
format: tender-eval/bids/1
tender:
  lots: [{id: north, annual_value: 300}, {id: south, annual_value: 200}, {id: west, annual_value: 100}]
bids:
  - {id: a, supplier: {name: Alder, annual_income: 500}, declarations: {insured: true}, marks: {care: 5}, lots: {north: {price: 100}, south: {price: 100}, west: {price: 100}}}
  - {id: b, supplier: {name: Birch, annual_income: 400}, declarations: {insured: true}, marks: {care: 4}, lots: {north: {price: 100}, south: {price: 100}, west: {price: 100}}}
  - {id: c, supplier: {name: Cedar, annual_income: 900}, declarations: {insured: true}, marks: {care: 3}, lots: {north: {price: 100}, south: {price: 100}, west: {price: 100}}}
"""  # noqa: E501
LIMITS = {
    "one each, in order": "{mechanism: lot_order, most_awarded: 1}",
    "one each, by lead": "{mechanism: largest_lead, most_awarded: 1}",
    "capacity": "{mechanism: lot_order, capacity: 60% of supplier.annual_income}",
}


def scheme(lots: str) -> str:
    return SCHEME.replace("on_rejection: recompute}", f"on_rejection: recompute, lots: {lots}}}")


def awarded(case: Acting) -> dict[str, tuple[str, ...]]:
    return {lot: case.winner(lot) for lot in case.state.lots}


def without(bids: Bids, lot: str) -> Bids:
    """The tender as if the lot were not there."""
    from dataclasses import replace

    rest = tuple(one for one in bids.tender.lots if one.id != lot)
    own = [replace(b, lots={name: part for name, part in b.lots.items() if name != lot}) for b in bids.bids]
    return replace(bids, tender=replace(bids.tender, lots=rest), bids=tuple(own))


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
@pytest.mark.parametrize("lot", ["north", "south", "west"])
def test_the_others_are_awarded_as_without_it(limits: str, lot: str) -> None:
    case = Acting.evaluated(scheme=scheme(limits), bids=LOTS)
    before = awarded(case)
    told = case("decide", lot=lot, no_award="true", reason="The service was withdrawn")
    alone = award_lots(case.state.whole, without(case.state.bids, lot))
    assert awarded(case) == {**{one: alone.winners(one) for one in before if one != lot}, lot: ()}
    assert {name: tuple(one["winner"]) for name, one in told.after["lots"].items()} == awarded(case)
    assert {name: tuple(one["winner"]) for name, one in told.before["lots"].items()} == before
    across = case.state.across
    assert across
    assert {text(why).partition(", ")[2] for why in across.reasons[lot]} == {"but nobody is awarded the lot"}


def test_a_supplier_that_was_at_its_limit_for_that_lot_has_room_again() -> None:
    case = Acting.evaluated(scheme=scheme(LIMITS["one each, in order"]), bids=LOTS)
    assert awarded(case) == {"north": ("a",), "south": ("b",), "west": ("c",)}
    case("decide", lot="north", no_award="true", reason="Withdrawn")
    assert awarded(case) == {"north": (), "south": ("a",), "west": ("b",)}
    case("evaluate")  # recorded as it stands now, before the others are decided
    case("decide")
    assert awarded(case) == {"north": (), "south": ("a",), "west": ("b",)}
    assert case.case.phase() == Phase.DECIDED


def test_it_is_refused_where_it_would_change_an_award_that_is_decided() -> None:
    case = Acting.evaluated(scheme=scheme(LIMITS["one each, in order"]), bids=LOTS)
    number = len(case.told)
    case("decide", lot="south")
    (refused,) = case.refused("decide", "2026-05-02T09:30:00Z", lot="north", no_award="true", reason="Withdrawn")
    assert refused.message == f"it would change the award of lot south, which entry {number} decided"
    assert "case set-aside --lot south" in refused.hint


def test_set_aside_it_counts_again() -> None:
    case = Acting.evaluated(scheme=scheme(LIMITS["one each, in order"]), bids=LOTS)
    before = awarded(case)
    case("decide", lot="north", no_award="true", reason="Withdrawn")
    told = case("set_aside", lot="north", reason="It is wanted after all")
    assert told.after["lots"]["south"]["winner"] == ["b"]
    case("evaluate")
    assert awarded(case) == before


def test_given_up_before_anything_is_evaluated() -> None:
    case = Acting.opened(scheme(LIMITS["one each, in order"]))
    case("receive", file=source("bids.yaml", LOTS))
    case("lock")
    told = case("decide", lot="north", no_award="true", reason="Withdrawn")
    assert (told.before, told.after) == ({}, {})
    case("evaluate")
    assert awarded(case) == {"north": (), "south": ("a",), "west": ("b",)}
