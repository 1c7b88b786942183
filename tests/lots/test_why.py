"""Why a bid lost a lot: a capacity that a lot would meet exactly leaves room for it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from contests import CATALOGUE
from inline import leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.lots.contest import capacities_of
from tender_eval.lots.why import reasons_why
from tender_eval.model.scheme import Bound, Call, LotLimits
from tender_eval.model.suppliers import suppliers_of

OFFERED = {
    "format": "tender-eval/bids/1",
    "tender": {"lots": [{"id": "north", "annual_value": 10}, {"id": "south", "annual_value": 20}]},
    "bids": [
        {"id": name, "lots": {lot: {"price": price} for lot in ("north", "south")}}
        for name, price in (("a", 100), ("b", 200))
    ],
}


@pytest.mark.parametrize(("capacity", "kind"), [(30, "mechanism"), ("29.99", "capacity")])
def test_a_lot_that_meets_the_capacity_exactly_is_within_it(capacity: object, kind: str) -> None:
    """Bid a has north, worth 10, and would have south, worth 20, which the mechanism gives to b."""
    bids = bids_from_data(OFFERED)
    compiled = compile_scheme(scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"))), CATALOGUE)
    lots = {lot: compiled.evaluate(bids, lot) for lot in ("north", "south")}
    stated = Bound(Fraction(str(capacity)))
    found = reasons_why(
        LotLimits(Call("lot_order"), capacity=stated), lots, {"north": ("a",), "south": ("b",)}, (), ("north", "south"),
        {"north": Fraction(10), "south": Fraction(20)}, capacities_of(stated, bids, lots), suppliers_of(bids.bids),
        lambda lot, bid: "by lot",
    )  # fmt: skip
    assert [(why.bid, why.kind) for why in found["south"]] == [("a", kind)]
