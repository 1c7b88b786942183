"""Equal bids are a declared tie. Only what the scheme publishes breaks it, never the order of a file or an id."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, evaluate, figures, leaf, ranks, scheme

from tender_eval import compile_scheme, scheme_from_data

QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})
PRICE = leaf("price", 40, "ratio_to_lowest")
# 60 x 50% + 40 x 100/100 = 70 = 60 x 83 1/3% + 40 x 100/200
LEVEL: dict[str, dict[str, Any]] = {
    "cheap": {"price": 100, "marks": {"quality": 50}},
    "good": {"price": 200, "marks": {"quality": Fraction(250, 3)}},
    "poor": {"price": 200, "marks": {"quality": 10}},
}


def with_ties(*ties: dict[str, str], **award: object) -> dict[str, Any]:
    return scheme(QUALITY, PRICE, award={"ties": list(ties), **award})


@pytest.mark.parametrize("order", list(permutations(LEVEL)))
def test_a_tie_is_declared_whatever_the_order_of_the_bids(order: tuple[str, ...]) -> None:
    result = evaluate(with_ties(), {name: LEVEL[name] for name in order})
    assert figures(result)["cheap"] == figures(result)["good"] == 70
    assert ranks(result) == {"cheap": 1, "good": 1, "poor": 3}
    assert result.winner == ("cheap", "good")
    assert result.tied
    assert {b.id: b.tied for b in result.bids} == {"cheap": True, "good": True, "poor": False}


@pytest.mark.parametrize(
    ("tie", "winner"),
    [
        ({"highest": "quality"}, "good"),
        ({"lowest": "price"}, "cheap"),
        ({"highest": "values.jobs"}, "cheap"),
        ({"lowest": "values.jobs"}, "good"),
        ({"lowest": "quality"}, "cheap"),
    ],
)
def test_a_published_tie_break_decides(tie: dict[str, str], winner: str) -> None:
    bids = {name: {**bid, "values": {"jobs": 9 - n}} for n, (name, bid) in enumerate(LEVEL.items())}
    result = evaluate(with_ties(tie), bids)
    assert result.winner == (winner,)
    assert not result.tied
    assert not any(b.tied for b in result.bids)


def test_tie_breaks_count_in_their_order_and_a_tie_after_them_all_is_declared() -> None:
    twins = {name: {"price": 100, "marks": {"quality": 50}, "values": {"x": 1}} for name in ("b", "a")}
    twins["c"] = {"price": 100, "marks": {"quality": 50}, "values": {"x": 2}}
    every = [{"highest": "quality"}, {"lowest": "price"}]
    result = evaluate(with_ties(*every), twins)
    assert result.winner == ("a", "b", "c")
    last = evaluate(with_ties(*every, {"lowest": "values.x"}), twins)
    assert ranks(last) == {"a": 1, "b": 1, "c": 3}
    assert last.tied


def test_a_tie_below_the_winner_leaves_the_award_decided() -> None:
    bids = {"best": {"price": 50, "marks": {"quality": 100}}, "x": LEVEL["poor"], "y": LEVEL["poor"]}
    result = evaluate(with_ties(), bids)
    assert result.winner == ("best",)
    assert not result.tied
    assert {b.id: (b.rank, b.tied) for b in result.bids} == {"best": (1, False), "x": (2, True), "y": (2, True)}


def test_a_framework_with_a_tie_for_its_last_place() -> None:
    bids = {"best": {"price": 50, "marks": {"quality": 100}}, "x": LEVEL["poor"], "y": LEVEL["poor"]}
    two = evaluate(with_ties(suppliers=2), bids)
    assert two.winner == ("best", "x", "y")
    assert two.tied, "two places, three who are equal to the second"
    three = evaluate(with_ties(suppliers=3), bids)
    assert three.winner == ("best", "x", "y")
    assert not three.tied


def test_tenths_tie_exactly_where_floats_would_not() -> None:
    parts = [leaf(name, 1, {"name": "mark", "out_of": 1}) for name in "xyz"]
    bids = {
        "a": {"marks": {"x": "0.1", "y": "0.2", "z": "0"}},
        "b": {"marks": {"x": "0.3", "y": "0", "z": "0"}},
    }
    assert 0.1 + 0.2 != 0.3
    result = evaluate(scheme(*parts, weights="points"), bids)
    assert result.winner == ("a", "b")
    assert result.tied


def test_a_difference_in_the_fiftieth_digit_is_a_difference() -> None:
    longer = "0.3" + "0" * 48 + "1"
    bids = {"a": {"marks": {"x": "0.3"}}, "b": {"marks": {"x": longer}}}
    result = evaluate(scheme(leaf("x", 1, {"name": "mark", "out_of": 1}), weights="points"), bids)
    assert result.winner == ("b",)


def test_a_tie_in_a_batch() -> None:
    compiled = compile_scheme(scheme_from_data(with_ties({"lowest": "price"})), CATALOGUE)
    columns = {
        "price": np.array([[100.0, 100.0], [200.0, 100.0], [200.0, 200.0]]),
        "marks.quality": np.array([[50.0, 50.0], [250 / 3, 50.0], [10.0, 10.0]]),
    }
    assert compiled.evaluate_batch(columns).ranks.T.tolist() == [[1, 2, 3], [1, 1, 3]]


def test_grants_that_tie_for_the_rest_of_the_pot_are_left_to_the_panel() -> None:
    rule = {"name": "grants_within_pot", "pot": 100, "cap": 60, "when_short": "stop"}
    stated = scheme(leaf("quality", 100, {"name": "mark", "out_of": 100}), rule=rule)
    bids = {n: {"price": 60, "marks": {"quality": q}} for n, q in (("first", 90), ("x", 80), ("y", 80))}
    result = evaluate(stated, bids)
    assert result.winner == ("first",)
    assert result.tied
    assert {b.id: b.award for b in result.bids} == {"first": 60, "x": 0, "y": 0}
