"""Printed parts add up to the printed total, and no part is further from what it is than one of its last place."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.report.letters.places import shared_points

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
WEIGHTS = st.lists(st.integers(1, 30), min_size=1, max_size=4)


@pytest.mark.slow
@given(st.lists(WEIGHTS, min_size=1, max_size=4), st.integers(0, 2), st.data())
def test_parts_add_up(groups: list[list[int]], places: int, data: st.DataObject) -> None:
    criteria: list[dict[str, Any]] = [
        {
            "id": f"g{n}", "title": "G", "weight": sum(weights),
            "criteria": [
                {"id": f"q{n}_{k}", "title": "Q", "weight": w, "scorer": {"name": "mark", "out_of": 7}}
                for k, w in enumerate(weights)
            ],
        }
        for n, weights in enumerate(groups)
    ]  # fmt: skip
    scheme = {
        "format": "tender-eval/scheme/1", "id": "demo", "title": "Demo", "weights": "points", "criteria": criteria,
        "award": {"rule": "highest_score"}, "rounding": {"places": places, "mode": "half_up", "at": ["total"]},
    }  # fmt: skip
    marks = {part["id"]: data.draw(st.integers(0, 7)) for c in criteria for part in c["criteria"]}
    bids = {"format": "tender-eval/bids/1", "bids": [{"id": "a", "supplier": {"name": "A"}, "marks": marks}]}
    evaluation = compile_scheme(scheme_from_data(scheme), CATALOGUE).evaluate(bids_from_data(bids))
    (result,) = evaluation.bids
    printed, exact = shared_points(evaluation, result), {c.id: c.points for c in result.criteria}
    assert set(printed) == set(exact)
    last = Fraction(1, 10**places)
    for name, value in printed.items():
        assert (value / last).denominator == 1
        assert abs(value - exact[name]) < last
        assert value == exact[name] or (exact[name] / last).denominator > 1
    roots = [c.id for c in result.criteria if c.depth == 0]
    assert abs(sum(printed[name] for name in roots) - sum(exact[name] for name in roots)) <= last / 2
    for c in criteria:
        assert sum(printed[part["id"]] for part in c["criteria"]) == printed[c["id"]]
