"""Step 8a: bids laid together and scored by the scheme."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from simulated import design, figures, made

from tender_eval.simulation.tendering import scoring
from tender_eval.simulation.tendering.scoring import pack

entries = arrays(np.bool_, st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(1, 4)))


@pytest.mark.slow
@given(entries)
def test_every_bid_has_a_place_of_its_own_in_the_column_of_its_lot(entered: np.ndarray) -> None:
    packed, cells = pack(entered)
    assert (cells == np.flatnonzero(entered)).all()
    assert len(set(packed.place.tolist())) == len(cells)
    assert packed.present.sum() == entered.sum()
    assert packed.rows == max(int(entered.sum(axis=0).max()), 1)
    laid = packed.lay(cells.astype(float), -1.0)
    assert (laid[~packed.present] == -1).all()
    for column in range(packed.columns):
        there = laid[packed.present[:, column], column]
        assert (there % packed.columns == column).all()
        assert (np.diff(there) > 0).all()  # in the order of the providers


@pytest.mark.slow
def test_lots_with_few_and_with_many_bids_scored_apart_score_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = made(design(8))
    (apart,) = figures(prepared, draws=1024)
    assert scoring.SAVES > 0
    monkeypatch.setattr(scoring, "SAVES", 0.0)
    (whole,) = figures(prepared, draws=1024)
    assert all(np.array_equal(apart[name], whole[name], equal_nan=True) for name in whole)
