"""Variants that the scheme allows are allowed while prices are closed too."""

from __future__ import annotations

from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.case.envelopes import quality_part


def test_two_bids_of_one_supplier_are_marked_where_variants_are_allowed() -> None:
    stated = scheme(
        leaf("care", 60, {"name": "mark", "out_of": 5}), leaf("price", 40, "ratio_to_lowest"), award={"variants": True}
    )
    quality = quality_part(compile_scheme(scheme_from_data(stated), CATALOGUE))
    offered = {n: {"supplier": {"name": "Alder"}, "marks": {"care": n}} for n in (3, 4)}
    found = quality.evaluate(bids_from_data(bids({f"a{n}": bid for n, bid in offered.items()})))
    assert {bid.id for bid in found.bids} == {"a3", "a4"}
