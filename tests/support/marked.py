"""Bids for lots at one price, which differ by their marks out of ten for quality: 60 points of a hundred."""

from __future__ import annotations

from collections.abc import Mapping

from inline import Data, leaf

from tender_eval import bids_from_data
from tender_eval.lots.award import AcrossLots
from tender_eval.model.bids import Bids

LEAVES = (leaf("quality", 60, {"name": "mark", "out_of": 10}), leaf("price", 40, "ratio_to_lowest"))


def marked(
    marks: Mapping[str, Mapping[str, object]],
    values: Mapping[str, int] | None = None,
    prices: Mapping[str, Mapping[str, int]] | None = None,
    supplier: Mapping[str, Data] | None = None,
    **facts: Mapping[str, Data],
) -> Bids:
    """A tender of the lots that there are marks for, by bid and lot.

    Args:
        values: the annual value of each lot; 100 where none is given.
        prices: by bid and lot; 100 where none is given.
        supplier: what is stated of the supplier beside its name, by bid.
        facts: what else is stated, such as ``declarations``, by bid.
    """
    lots = sorted({lot for by_lot in marks.values() for lot in by_lot})
    return bids_from_data(
        {
            "format": "tender-eval/bids/1",
            "tender": {"lots": [{"id": lot, "annual_value": (values or {}).get(lot, 100)} for lot in lots]},
            "bids": [
                {
                    "id": bid,
                    "supplier": {"name": bid.upper(), **(supplier or {}).get(bid, {})},
                    **{what: by_bid[bid] for what, by_bid in facts.items() if bid in by_bid},
                    "lots": {
                        lot: {"price": (prices or {}).get(bid, {}).get(lot, 100), "marks": {"quality": mark}}
                        for lot, mark in by_lot.items()
                    },
                }
                for bid, by_lot in marks.items()
            ],
        }
    )


def winners(found: AcrossLots) -> dict[str, str]:
    """The bid that is awarded each lot; lots that nobody is awarded are left out."""
    return {award.lot: award.bid.id for award in found.awards}
