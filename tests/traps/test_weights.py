"""Weights add up exactly by their convention, or the scheme is refused; nothing is scaled in silence."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from inline import evaluate, leaf, points, refusal, scheme, told

from tender_eval import Diagnostic, load_scheme, scheme_from_data

Write = Callable[[str, str | bytes], str]
PRICES = {"a": {"price": 100}}


def weighted(*weights: object, **rest: object) -> dict[str, Any]:
    criteria = [leaf(f"c{n}", weight, "ratio_to_lowest") for n, weight in enumerate(weights)]
    return scheme(*criteria, **rest)


def refused(*weights: object, **rest: object) -> tuple[Diagnostic, ...]:
    return refusal(scheme_from_data, weighted(*weights, **rest))


def earned(*weights: object, **rest: object) -> list[Fraction]:
    result = evaluate(weighted(*weights, **rest), PRICES)
    return [points(result, f"c{n}")["a"] for n in range(len(weights))]


@pytest.mark.parametrize(
    ("weights", "total"),
    [
        (("60", "39.999"), "99.999"),
        (("60", "40.001"), "100.001"),
        (("100", "100"), "200"),
        (("0.6", "0.4"), "1"),
        (("33.33", "33.33", "33.33"), "99.99"),
        (("33.33333", "33.33333", "33.33333"), "99.99999"),
        (("60", "4e1", "0.001"), "100.001"),
    ],
)
def test_weights_that_do_not_add_up_to_100(weights: tuple[str, ...], total: str) -> None:
    (said,) = refused(*weights)
    assert said.code == "TE022"
    assert said.message.endswith(f"= {total}, not 100")


@pytest.mark.parametrize("weights", [("1/3", "1/3", "1/3"), ("60", "40%"), ("62.5", "37.50"), ("1e2",), ("2/7", "5/7")])
def test_weights_that_add_up_exactly_however_they_are_written(weights: tuple[str, ...]) -> None:
    assert sum(earned(*weights)) == 100


def test_a_third_is_a_third() -> None:
    assert earned("1/3", "1/3", "1/3") == [Fraction(100, 3)] * 3


@pytest.mark.parametrize(("weight", "shown"), [("-20", "-20"), ("0", "0"), ("0%", "0"), ("-0", "0")])
def test_a_weight_that_is_negative_or_zero(weight: str, shown: str) -> None:
    said = refused("60", "60", weight)
    assert "TE023" in [d.code for d in said]
    assert f'the weight of "c2" is {shown}' in [d.message for d in said]


def test_negative_weights_that_make_the_sum_right_are_refused_all_the_same() -> None:
    assert [d.code for d in refused("60", "60", "-20")] == ["TE023"]


def test_a_missing_weight() -> None:
    bare = {"id": "c", "scorer": "ratio_to_lowest"}
    assert told(refusal(scheme_from_data, scheme(leaf("p", 100, "ratio_to_lowest"), bare))) == ["scheme TE011"]


@pytest.mark.parametrize("weight", ["60 points", "sixty", "6O", "60,0", "£60", ".6", "", "060", "nan", "1/0"])
def test_a_weight_that_is_no_plain_number(weight: str) -> None:
    assert {d.code for d in refused(weight, "40")} <= {"TE013", "TE014", "TE018", "TE011"}
    assert {d.code for d in refused(weight, "40")} & {"TE013", "TE014", "TE018"}


def group(*weights: object, weight: object = 60) -> dict[str, Any]:
    parts = [leaf(f"g{n}", w, "ratio_to_lowest") for n, w in enumerate(weights)]
    return {"id": "group", "weight": weight, "criteria": parts}


def test_the_parts_of_a_group_add_up_to_its_weight() -> None:
    rest = leaf("price", 40, "ratio_to_lowest")
    assert points(evaluate(scheme(group(35, 25), rest), PRICES), "group") == {"a": 60}
    (said,) = refusal(scheme_from_data, scheme(group(35, "24.999"), rest))
    assert said.code == "TE022"
    assert said.message == 'the weights of the parts of "group" are 35 + 24.999 = 59.999, not 60'


def test_the_parts_of_a_group_add_up_to_100_where_weights_are_of_the_parent() -> None:
    rest = leaf("price", 40, "ratio_to_lowest")
    result = evaluate(scheme(group(50, "50%"), rest, weights="of_parent"), PRICES)
    assert points(result, "g0") == {"a": 30}
    (said,) = refusal(scheme_from_data, scheme(group(30, 30), rest, weights="of_parent"))
    assert said.message == 'the weights of the parts of "group" are 30 + 30 = 60, not 100'


def test_points_may_come_to_any_total() -> None:
    assert earned("70", "130", "0.5", weights="points") == [70, 130, Fraction(1, 2)]
    bare = {"id": "group", "criteria": [leaf("g0", 35, "ratio_to_lowest"), leaf("g1", 10, "ratio_to_lowest")]}
    assert points(evaluate(scheme(bare, weights="points"), PRICES), "group") == {"a": 45}
    (said,) = refusal(scheme_from_data, scheme(group(35, 10), weights="points"))
    assert said.code == "TE022", "a group that states its points has parts that come to them"


def test_every_wrong_sum_is_told_at_its_place_in_one_run(write: Write) -> None:
    path = write(
        "scheme.yaml",
        """\
format: tender-eval/scheme/1
id: s
title: t
criteria:
  - id: quality
    weight: 50
    criteria:
      - {id: q1, weight: 30, scorer: ratio_to_lowest}
      - {id: q2, weight: -30, scorer: ratio_to_lowest}
  - {id: price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score}
""",
    )
    said = refusal(load_scheme, path)
    assert told(said) == ["scheme.yaml:5:5 TE022", "scheme.yaml:5:5 TE022", "scheme.yaml:9:9 TE023"]
    assert {d.message for d in said} == {
        "the weights of the root criteria are 50 + 40 = 90, not 100",
        'the weights of the parts of "quality" are 30 + -30 = 0, not 50',
        'the weight of "q2" is -30',
    }
