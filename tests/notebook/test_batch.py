"""A batch as a frame: the arrays of the result, a row a draw."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval import BatchResult, bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme

SCHEME = {
    "format": "tender-eval/scheme/1", "id": "s", "title": "S",
    "criteria": [
        {"id": "quality", "weight": 60, "scorer": {"name": "mark", "out_of": 5}, "minimum": "40%"},
        {"id": "price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "on_rejection": "recompute"},
    "abnormally_low": {"below_mean_by": "25%"},
}  # fmt: skip


@pytest.fixture(scope="module")
def scheme() -> CompiledScheme:
    return compile_scheme(scheme_from_data(SCHEME), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))


@pytest.fixture(scope="module")
def result(scheme: CompiledScheme) -> BatchResult:
    given = [{"id": f"b{n}", "price": 60 + 10 * n, "marks": {"quality": n}} for n in range(1, 4)]
    columns = bids_from_data({"format": "tender-eval/bids/1", "bids": given}).columns(scheme, draws=50)
    prices = columns["price"] * np.random.default_rng(1).lognormal(0, 0.5, columns["price"].shape)
    return scheme.evaluate_batch(columns | {"price": prices}, keep=["price"], low_prices=True)


def test_every_figure_of_every_draw_is_there_under_the_id_of_its_bid(result: BatchResult) -> None:
    frame = result.to_frame()
    assert frame.shape == (50, 18)
    assert (frame.index.name, frame.columns.names) == ("draw", ["figure", "bid"])
    arrays = {
        "points": result.points, "figures": result.figures, "ranks": result.ranks, "rejected": result.rejected,
        "points.price": result.criteria["price"], "low_prices": result.low_prices,
    }  # fmt: skip
    for name, array in arrays.items():
        assert array is not None
        assert frame[name].columns.tolist() == ["b1", "b2", "b3"]
        np.testing.assert_array_equal(frame[name].to_numpy(), array.T)
        assert set(frame[name].dtypes) == {array.dtype}
    assert 0 < (frame["ranks"]["b2"] == 1).mean() < 1


def test_what_is_changed_in_a_frame_changes_no_result(result: BatchResult) -> None:
    before = result.points.copy()
    frame = result.to_frame()
    frame.iloc[0, 0] = -1.0
    np.testing.assert_array_equal(result.points, before)


def test_a_batch_of_bare_columns_goes_by_rows(scheme: CompiledScheme) -> None:
    columns = {"price": np.array([[60.0, 50.0], [70.0, 40.0]]), "marks.quality": np.array([3.0, 4.0])}
    result = scheme.evaluate_batch(columns)
    assert result.ids == ()
    frame = result.to_frame()
    assert frame["ranks"].columns.tolist() == [0, 1]
    assert "awards" not in frame
