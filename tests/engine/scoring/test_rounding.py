"""Rounding at single criteria, which takes the place of the scheme's own there."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, evaluate, figures, leaf, points, refusal, scheme, scores

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.languages import steps
from tender_eval.report.methodology.document import publish

MARK: dict[str, object] = {"name": "mark", "out_of": 7}
BIDS: dict[str, dict[str, Any]] = {"a": {"price": 100, "marks": {"x": 5, "y": 3}}}


def rounded(places: int, mode: str, *at: str) -> dict[str, object]:
    return {"rounding": {"places": places, "mode": mode, **({"at": [*at]} if at else {})}}


def test_points_are_rounded_at_one_criterion_and_exact_at_the_other() -> None:
    result = evaluate(scheme({**leaf("x", 60, MARK), **rounded(2, "down")}, leaf("y", 40, MARK)), BIDS)
    assert points(result, "x") == {"a": Fraction("42.85")}
    assert points(result, "y") == {"a": Fraction(120, 7)}
    assert figures(result) == {"a": Fraction("42.85") + Fraction(120, 7)}


def test_a_score_is_rounded_before_it_is_weighed() -> None:
    result = evaluate(scheme({**leaf("x", 60, MARK), **rounded(2, "half_up", "score")}, leaf("y", 40, MARK)), BIDS)
    assert scores(result, "x") == {"a": Fraction("0.71")}
    assert points(result, "x") == {"a": Fraction("42.6")}


def test_its_own_rounding_takes_the_place_of_the_scheme_s() -> None:
    general = {"places": 0, "mode": "half_up", "at": ["score", "criterion", "total"]}
    found = scheme({**leaf("x", 60, MARK), **rounded(1, "down", "points")}, leaf("y", 40, MARK), rounding=general)
    result = evaluate(found, BIDS)
    assert points(result, "x") == {"a": Fraction("42.8")}, "the score, 5/7, is exact"
    assert points(result, "y") == {"a": 0}, "its score is rounded, to none"
    assert figures(result) == {"a": 43}


def test_results_are_printed_with_all_places_that_anything_is_rounded_to() -> None:
    assert evaluate(scheme({**leaf("x", 60, MARK), **rounded(4, "down")}, leaf("y", 40, MARK)), BIDS).places == 4


PER_PRICE = {
    "rule": "highest_quality_per_price",
    "award": {"ties": [{"lowest": "price"}], "on_rejection": "keep_order"},
    "rounding": {"digits": 3, "mode": "half_up", "at": ["total"]},
}
QUALITY = {**leaf("q", 100, {"name": "mark", "out_of": 100}), "minimum": "30%"}
OFFERED: dict[str, dict[str, Any]] = {
    "a": {"price": 21000, "marks": {"q": 87}},
    "b": {"price": 20900, "marks": {"q": "86.6"}},
    "c": {"price": 50000, "marks": {"q": 45}},
    "out": {"price": 10, "marks": {"q": 29}},
}


def test_the_total_is_rounded_to_digits_of_the_best_bid_that_is_ranked() -> None:
    """86.6 / 20,900 and 87 / 21,000 are 0.00414(3...) and 0.00414(2...); the bid that is out sets no digits."""
    stated = scheme(QUALITY, **PER_PRICE)  # type: ignore[arg-type]
    result = evaluate(stated, OFFERED)
    level = Fraction(414, 10**5)
    assert figures(result) == {"b": level, "a": level, "c": Fraction("0.0009"), "out": None}
    assert result.winner == ("b",)
    step = next(bid for bid in result.bids if bid.id == "a").step
    assert steps.formula(step.inputs[0]).endswith(", rounded half_up to where the best figure has 3 digits")


def test_a_batch_rounds_each_draw_to_its_own_best() -> None:
    compiled = compile_scheme(scheme_from_data(scheme(QUALITY, **PER_PRICE)), CATALOGUE)  # type: ignore[arg-type]
    price = np.array([[21000.0, 2.1], [20900.0, 2.09], [50000.0, 5.0]])
    marks = np.array([[87.0], [86.6], [45.0]])
    result = compiled.evaluate_batch({"price": price, "marks.q": marks})
    np.testing.assert_allclose(result.figures, [[0.00414, 41.4], [0.00414, 41.4], [0.0009, 9.0]], rtol=1e-12)
    assert result.ranks.tolist() == [[2, 2], [1, 1], [3, 3]]


@pytest.mark.parametrize(
    ("rounding", "said"),
    [
        ({"digits": 3, "at": ["price", "total"]}, "the best figure is known of the total alone"),
        ({"digits": 3, "places": 2, "at": ["total"]}, "the rounding is to places and to digits of the best figure"),
        ({"at": ["total"]}, "the rounding does not say to how many places"),
        ({"digits": 0, "at": ["total"]}, "0"),
    ],
)
def test_digits_are_of_the_total_alone(rounding: dict[str, object], said: str) -> None:
    (found,) = refusal(scheme_from_data, scheme(QUALITY, rounding={"mode": "half_up", **rounding}))
    assert said in found.message


def test_digits_are_published_shown_and_written_back() -> None:
    stated = scheme(QUALITY, **PER_PRICE)  # type: ignore[arg-type]
    found = scheme_from_data(stated)
    assert scheme_data(found)["rounding"] == stated["rounding"]
    told = document_markdown(publish(compile_scheme(found, CATALOGUE)))
    assert "to the place where the best one has 3 digits, counted from its first that is not 0" in told


def test_a_group_has_no_score_to_round() -> None:
    group = {"id": "g", "weight": 100, "criteria": [leaf("x", 60, MARK), leaf("y", 40, MARK)]}
    (found,) = refusal(evaluate, scheme({**group, **rounded(2, "down", "score")}), BIDS)
    assert found.message == 'the rounding of "g" is of its score, but a group has points alone'


@pytest.mark.parametrize(
    ("mode", "low", "high"),
    [("half_up", -3, 3), ("half_down", -2, 2), ("half_even", -2, 2), ("up", -3, 3), ("down", -2, 2),
     ("ceiling", -2, 3), ("floor", -3, 2)],
)  # fmt: skip
def test_modes_say_what_becomes_of_a_half_below_zero(mode: str, low: int, high: int) -> None:
    """-2.5 and 2.5: away from zero and towards it are mirrored, ceiling and floor are not."""
    score = {"name": "formula", "expression": "values.v / 100", "below_zero": "allow"}
    found = scheme({**leaf("x", 100, score), **rounded(0, mode)})
    bids = {"low": {"values": {"v": "-2.5"}}, "high": {"values": {"v": "2.5"}}}
    assert points(evaluate(found, bids), "x") == {"low": low, "high": high}
