"""A scheme with other weights is the scheme that states them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from generated import bids_for, compiled, schemes
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, figures, leaf, ranks, refusal, scheme

from tender_eval import Refused, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.languages.results import text

BIDS = bids_from_data(
    bids(
        {
            "a": {"price": 100, "marks": {"delivery": 4, "social": 1}},
            "b": {"price": 120, "marks": {"delivery": 3, "social": 5}},
        }
    )
)


def stated(delivery: int, social: int, price: int, **rest: Any) -> CompiledScheme:
    quality = {
        "id": "quality",
        "weight": delivery + social,
        "minimum": "40%",
        "criteria": [
            leaf(n, w, {"name": "mark", "out_of": 5}) for n, w in (("delivery", delivery), ("social", social))
        ],
    }
    data = scheme(quality, leaf("price", price, "ratio_to_lowest"), award={"on_rejection": "recompute"}, **rest)
    return compile_scheme(scheme_from_data(data), CATALOGUE)


def points(**given: object) -> dict[str, Fraction]:
    return {name: Fraction(str(value)) for name, value in given.items()}


def test_it_evaluates_as_the_scheme_that_states_these_weights() -> None:
    found = stated(40, 20, 40).reweighted(points(delivery=10, social=50)).evaluate(BIDS)
    wanted = stated(10, 50, 40).evaluate(BIDS)
    assert figures(found) == figures(wanted)
    assert [c.available for c in found.bids[0].criteria] == [c.available for c in wanted.bids[0].criteria]


def test_a_minimum_that_is_a_share_is_of_the_new_points() -> None:
    assert ranks(stated(40, 20, 40).evaluate(BIDS)) == {"b": 1, "a": 2}
    reweighted = stated(40, 20, 40).reweighted(points(delivery=5, social=55)).evaluate(BIDS)
    assert ranks(reweighted)["a"] is None, "a has 4 + 11 of 60 points, less than 40%"
    assert [*map(text, reweighted.bids[-1].reasons)] == ['"quality": 15 of 60 points is below the minimum 40% = 24']


def test_a_weight_of_zero_takes_a_criterion_out() -> None:
    found = stated(40, 20, 40).reweighted(points(price=0)).evaluate(BIDS)
    assert figures(found) == {"a": 36, "b": 44}


def test_what_is_no_weight_is_refused() -> None:
    said = refusal(stated(40, 20, 40).reweighted, {"delivry": Fraction(1), "price": Fraction(-1)})
    assert [d.code for d in said] == ["TE023", "TE071"]
    assert said[1].hint == 'did you mean "delivery"?'


def test_weights_of_parents_become_points() -> None:
    data = scheme(
        {
            "id": "quality",
            "weight": 60,
            "criteria": [leaf("x", 50, "ratio_to_lowest"), leaf("y", 50, "ratio_to_lowest")],
        },
        leaf("price", 40, "ratio_to_lowest"),
        weights="of_parent",
    )
    compiled_scheme = compile_scheme(scheme_from_data(data), CATALOGUE)
    found = compiled_scheme.reweighted(points(y=60))
    assert {n.id: n.points for n in found.plan.nodes} == {"quality": 90, "x": 30, "y": 60, "price": 40}
    assert found.scheme.weights == "points"
    assert compiled_scheme.scheme.weights == "of_parent", "the scheme that was given stays as it was"


@pytest.mark.slow
@settings(max_examples=12)
@given(st.data())
def test_its_own_weights_change_nothing(data: st.DataObject) -> None:
    scheme = compiled(data.draw(schemes(minimums=False)))
    found = data.draw(bids_for(scheme))
    try:
        before = scheme.evaluate(found)
    except Refused:
        assume(False)
        return
    same = scheme.reweighted({leaf.id: leaf.points for leaf in scheme.plan.leaves})
    assert figures(same.evaluate(found)) == figures(before)
    assert ranks(same.evaluate(found)) == ranks(before)


def test_batch_weights_and_new_points_agree() -> None:
    scheme = stated(40, 20, 40)
    columns = {"price": [100.0, 120.0], "marks.delivery": [4.0, 3.0], "marks.social": [1.0, 5.0]}
    arrays = {name: np.array(values) for name, values in columns.items()}
    weights = {"delivery": np.array([40.0, 10.0]), "social": np.array([20.0, 50.0]), "price": np.array([40.0, 40.0])}
    batch = scheme.evaluate_batch(arrays, weights=weights)
    for draw in range(2):
        given = {name: Fraction(int(w[draw])) for name, w in weights.items()}
        exact = figures(scheme.reweighted(given).evaluate(BIDS))
        for row, bid in enumerate(("a", "b")):
            figure = exact[bid]
            if figure is None:
                assert np.isnan(batch.figures[row, draw])
            else:
                assert batch.figures[row, draw] == pytest.approx(float(figure), abs=1e-9)
