"""A figure on the boundary of two bands belongs to the one that the scheme says, in both arithmetics."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, bids, evaluate, leaf, refusal, scheme, scores, told

from tender_eval import bids_from_data, compile_scheme, scheme_from_data

# 0 to 50: nothing; 50 to 80: half; 80 to 100: all
POINTS = [
    {"value": 0, "score": "0%"},
    {"value": 50, "score": "50%"},
    {"value": 80, "score": "100%"},
]


def stepped(includes: str | None, points: list[dict[str, object]] | None = None) -> dict[str, Any]:
    scorer: dict[str, object] = {
        "name": "piecewise",
        "field": "values.x",
        "shape": "step",
        "points": points or POINTS,
    }
    if includes is not None:
        scorer["includes"] = includes
    return scheme(leaf("c", 100, scorer))


def exact(stated: dict[str, Any], *figures: object) -> list[Fraction | None]:
    found = scores(evaluate(stated, {f"b{n}": {"values": {"x": f}} for n, f in enumerate(figures)}), "c")
    return [found[f"b{n}"] for n in range(len(figures))]


def batch(stated: dict[str, Any], *figures: float) -> list[float]:
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    row: list[float] = (compiled.evaluate_batch({"values.x": np.array([figures])}).points[0] / 100).tolist()
    return row


HALF = Fraction(1, 2)


@pytest.mark.parametrize(("includes", "at_50", "at_80"), [("lower", HALF, Fraction(1)), ("upper", Fraction(0), HALF)])
def test_a_band_includes_the_end_that_the_scheme_says(includes: str, at_50: Fraction, at_80: Fraction) -> None:
    stated = stepped(includes)
    assert exact(stated, 50, 80) == [at_50, at_80]
    assert exact(stated, "49.999999", "50.000001") == [0, HALF], "off the boundary both agree"
    assert exact(stated, "79.999999", "80.000001") == [HALF, 1]
    assert batch(stated, 50, 80) == [at_50, at_80]


def test_a_scheme_that_does_not_say_which_is_refused() -> None:
    (said,) = refusal(compile_scheme, scheme_from_data(stepped(None)), CATALOGUE)
    assert said.code == "TE027"
    assert said.hint == "state includes: lower, or includes: upper"


@pytest.mark.parametrize("includes", ["lower", "upper"])
def test_100_scores_in_the_top_band(includes: str) -> None:
    stated = stepped(includes)
    assert exact(stated, "99.999", 100, 1000) == [1, 1, 1]
    assert batch(stated, 99.999, 100, 1000) == [1, 1, 1]


def test_100_as_the_last_point_is_a_band_of_its_own_only_where_bands_include_their_lower_end() -> None:
    points = [*POINTS[:2], {"value": 80, "score": "90%"}, {"value": 100, "score": "100%"}]
    assert exact(stepped("lower", points), "99.999", 100) == [Fraction(9, 10), 1]
    assert exact(stepped("upper", points), "99.999", 100, "100.001") == [Fraction(9, 10), Fraction(9, 10), 1]


@pytest.mark.parametrize("includes", ["lower", "upper"])
def test_the_first_value_is_in_the_first_band(includes: str) -> None:
    points = [{"value": 10, "score": "30%"}, {"value": 20, "score": "60%"}]
    assert exact(stepped(includes, points), 0, 10, "10.01") == [Fraction(3, 10)] * 3


def test_a_boundary_that_no_float_can_hold() -> None:
    points = [{"value": 0, "score": "0%"}, {"value": "0.3", "score": "100%"}]
    for includes, score in (("lower", 1), ("upper", 0)):
        stated = stepped(includes, points)
        assert exact(stated, "0.3") == [score]
        assert batch(stated, 0.3, 0.1 + 0.2, 0.6 / 2, 1 - 0.7) == [score] * 4


def test_bands_of_stated_facts_begin_at_their_figure() -> None:
    bands = [{"from": 2, "share": "40%"}, {"from": 5, "share": "100%"}]
    scorer = {"name": "local_specialist", "years_in_area": {"share": "100%", "bands": bands}}
    years = ["1.999", "2", "4.999", "5", "100"]
    given = {f"b{n}": {"supplier": {"name": f"S{n}", "years_in_area": y}} for n, y in enumerate(years)}
    found = scores(evaluate(scheme(leaf("c", 100, scorer)), given), "c")
    assert [found[f"b{n}"] for n in range(len(years))] == [0, Fraction(2, 5), Fraction(2, 5), 1, 1]


def test_both_ends_of_a_fixed_band_and_beyond() -> None:
    stated = scheme(leaf("c", 100, {"name": "fixed_band", "field": "values.x", "full_at": 100, "zero_at": 50}))
    assert exact(stated, 0, 50, 75, 100, 101) == [0, 0, HALF, 1, 1]
    downwards = scheme(leaf("c", 100, {"name": "fixed_band", "field": "values.x", "full_at": 50, "zero_at": 100}))
    assert exact(downwards, 1, 50, 75, 100, 1000) == [1, 1, HALF, 0, 0]


def test_a_minimum_and_a_condition_include_their_own_figure() -> None:
    question = leaf("c", 100, {"name": "mark", "out_of": 100}, minimum="50%")
    limits = [
        {"id": "least", "reads": "values.x", "at_least": 10},
        {"id": "most", "reads": "values.x", "at_most": 20},
    ]
    stated = scheme(question, conditions=limits)
    cases = {"a": (50, 10), "b": (50, 20), "c": ("49.999", 10), "d": (50, "9.999"), "e": (50, "20.001")}
    given = {n: {"marks": {"c": mark}, "values": {"x": x}} for n, (mark, x) in cases.items()}
    result = evaluate(stated, given)
    assert {b.id: b.status for b in result.bids} == {
        "a": "ranked",
        "b": "ranked",
        "c": "rejected",
        "d": "rejected",
        "e": "rejected",
    }


def test_points_out_of_order_are_refused() -> None:
    points = [{"value": 50, "score": "50%"}, {"value": 50, "score": "100%"}]
    stated = scheme_from_data(stepped("upper", points))
    assert told(refusal(compile_scheme, stated, CATALOGUE)) == ["scheme TE028"]
    assert bids_from_data(bids({"a": {"values": {"x": 1}}})).bids
