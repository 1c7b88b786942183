"""Step 8b: ties settled, lots awarded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import CATALOGUE

from tender_eval.lots.catalogue import mechanisms_of
from tender_eval.simulation.tendering.awarding import award, settle_ties
from tender_eval.simulation.tendering.scoring import Scored, pack

MECHANISMS = mechanisms_of(CATALOGUE)


def awarded(figures: np.ndarray, name: str, most: int) -> np.ndarray:
    """Winners by the highest of figures (providers, lots, draws); NaN where there is no bid."""
    entered = ~np.isnan(figures)
    packed, cells = pack(entered)
    laid = packed.lay(figures.ravel()[cells], np.nan)
    better = laid[None] > laid[:, None]
    ranks = np.where(packed.present, 1 + better.sum(axis=1), 0).astype(np.int16)
    found = Scored(laid, ranks)
    mechanism = MECHANISMS[name]
    params = mechanism.item.Params()
    luck = (cells // packed.columns).astype(float)
    annual = np.ones(figures.shape[1])
    return award(mechanism, params, "highest", found, packed, cells, luck, figures.shape, annual, most)


@pytest.mark.slow
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.permutations(range(4)))
def test_ties_are_settled_by_luck_and_nothing_else_moves(ranked: list[int], luck: list[int]) -> None:
    keys = np.array(ranked)
    present = keys > 0
    ranks = np.where(present, 1 + (present & (keys[None] < keys[:, None])).sum(axis=1), 0).astype(np.int16)[:, None]
    settled = settle_ties(ranks, present[:, None], np.array(luck, dtype=float)[:, None])[:, 0]
    assert sorted(settled[present]) == list(range(1, present.sum() + 1))
    assert (settled[~present] == 0).all()
    for a in np.flatnonzero(present):
        for b in np.flatnonzero(present):
            if (keys[a], luck[a]) < (keys[b], luck[b]):
                assert settled[a] < settled[b]


def test_without_limits_each_lot_goes_to_the_best() -> None:
    figures = np.random.default_rng(1).random((4, 3, 900))
    figures[1:, 2, 5] = np.nan
    figures[:, 1, 7] = np.nan
    for name in ("independent", "lot_order", "largest_lead"):
        winner = awarded(figures, name, 0)
        assert winner[2, 5] == 0
        assert winner[1, 7] == -1
        there = ~np.isnan(figures).all(axis=0)
        assert (winner[there] == np.nanargmax(np.where(there, figures, 0.0), axis=0)[there]).all()


def test_a_limit_is_kept_and_each_provider_is_known_across_lots() -> None:
    figures = np.array([[9.0, 9.0, 9.0], [8.0, np.nan, 8.0], [np.nan, np.nan, 7.0]])[:, :, None]
    assert awarded(figures, "lot_order", 1)[:, 0].tolist() == [0, -1, 1]
    assert awarded(figures, "lot_order", 2)[:, 0].tolist() == [0, 0, 1]
    assert awarded(figures, "lot_order", 0)[:, 0].tolist() == [0, 0, 0]


def test_many_columns_do_not_confuse_the_winners() -> None:
    """Rows times columns go beyond what sixteen bits hold."""
    figures = np.random.default_rng(2).random((6, 8, 3000))
    assert (awarded(figures, "independent", 0) == figures.argmax(axis=0)).all()
