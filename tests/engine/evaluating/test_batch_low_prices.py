"""Abnormally low prices in batches: the same bids as one tender after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme
from low_price_tests import LOW_PRICE_TESTS

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.model.diagnostics import Refused


def stated(low: dict[str, Any], **rest: Any) -> Any:
    quality = leaf("quality", 50, {"name": "mark", "out_of": 5}, minimum="40%")
    award = {"on_rejection": "recompute"}
    data = scheme(quality, leaf("price", 50, "ratio_to_lowest"), award=award, abnormally_low=low, **rest)
    return compile_scheme(scheme_from_data(data), CATALOGUE)


SCHEMES = [stated(low) for low in LOW_PRICE_TESTS]
TENDERS = st.lists(
    st.lists(st.tuples(st.integers(5, 20), st.integers(0, 5)), min_size=5, max_size=5), min_size=1, max_size=6
)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(number=st.integers(0, len(SCHEMES) - 1), tenders=TENDERS)
def test_batches_flag_the_bids_that_exact_runs_flag(number: int, tenders: list[list[tuple[int, int]]]) -> None:
    columns = {
        "price": np.array([[price for price, _ in one] for one in tenders], dtype=float).T,
        "marks.quality": np.array([[mark for _, mark in one] for one in tenders], dtype=float).T,
        "tender.annual_value": np.full((5, 1), 8.0),
    }
    found = SCHEMES[number].evaluate_batch(columns, low_prices=True).low_prices
    for draw, one in enumerate(tenders):
        data = bids({f"b{n}": {"price": price, "marks": {"quality": mark}} for n, (price, mark) in enumerate(one)})
        exact = SCHEMES[number].evaluate(bids_from_data({**data, "tender": {"annual_value": 8}}))
        assert {b.id for b in exact.bids if b.flags} == {f"b{n}" for n in np.flatnonzero(found[:, draw])}


def test_prices_are_held_as_they_were_bid() -> None:
    adjust = {"adjust": [{"id": "small", "when": "supplier.size is small", "by": "-50%"}]}
    compiled = stated({"below_mean_by": "20%"}, price=adjust)
    columns = {"price.unadjusted": np.array([100.0, 100, 60]), "adjust.small": np.array([1.0, 0, 0]),
               "marks.quality": np.array([5.0, 5, 5])}  # fmt: skip
    assert compiled.evaluate_batch(columns, low_prices=True).low_prices.tolist() == [[False], [False], [True]]
    assert compiled.evaluate_batch(columns).low_prices is None
    columns["price"] = columns.pop("price.unadjusted")
    with pytest.raises(Refused, match=r"price\.unadjusted"):
        compiled.evaluate_batch(columns, low_prices=True)
