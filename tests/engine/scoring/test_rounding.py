"""Rounding at single criteria, which takes the place of the scheme's own there."""

from fractions import Fraction
from typing import Any

import pytest
from inline import evaluate, figures, leaf, points, refusal, scheme, scores

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
