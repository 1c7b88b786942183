"""A bid that its file says is out stays out, whatever people do to others."""

from __future__ import annotations

from dataclasses import replace

from cases import case_of
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.case.state import Removal
from tender_eval.model.explanation.reasons import Removed


def test_what_the_file_says_is_out_stays_out_beside_what_people_take_out() -> None:
    compiled = compile_scheme(
        scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"), rule="lowest_price")), CATALOGUE
    )
    offered = {"a": {"price": 5}, "b": {"price": 4}, "c": {"removed": {"kind": "excluded", "reason": "late"}}}
    case = case_of(compiled, bids_from_data(bids(offered)))
    assert (case.bid_status("c", ""), case.awarded("")) == ("excluded", ("b",))
    out = {("b", ""): Removal(Removed("withdrawn", "", "asked"), 4)}
    state = replace(case.state, removed=out)
    assert {bid.id: bid.removed and bid.removed.kind for bid in state.bids.bids} == {
        "a": None, "b": "withdrawn", "c": "excluded",
    }  # fmt: skip
