"""No award, minimum or rounding is decided by the last digits of a root, a logarithm or a broken power."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from inline import evaluate, figures, leaf, ranks, scheme

from tender_eval import Refused

LOG_32 = {"name": "log_ratio", "zero_at_multiple": 32, "below_zero": "clamp"}
OF_FIVE = {"name": "mark", "out_of": 5}

# 10 points of quality are one halving of the price: all four have 70 points.
FOUR: dict[str, dict[str, Any]] = {
    name: {"price": 100_000 * 2**n, "marks": {"quality": n + 2}} for n, name in enumerate("abcd")
}


def logs(**rest: object) -> dict[str, Any]:
    return scheme(leaf("quality", 50, OF_FIVE), leaf("price", 50, LOG_32), **rest)  # type: ignore[arg-type]


def test_a_tie_by_logarithm_is_settled_by_the_published_tie_break() -> None:
    result = evaluate(logs(award={"ties": [{"highest": "quality"}]}), FOUR)
    assert result.winner == ("d",)
    assert set(figures(result).values()) == {Fraction(70)}


def test_a_tie_by_logarithm_without_a_tie_break_is_declared() -> None:
    result = evaluate(logs(), FOUR)
    assert set(ranks(result).values()) == {1}
    assert result.tied


def test_a_minimum_that_is_just_met_by_logarithm_is_met() -> None:
    price = leaf("price", 100, LOG_32, minimum="40%")  # 8 times the lowest has exactly two fifths
    bids = {name: {"price": bid["price"]} for name, bid in FOUR.items()}
    result = evaluate(scheme(price, award={"on_rejection": "recompute"}), bids)
    assert ranks(result)["d"] == 4


def test_a_rounding_at_a_half_by_roots_is_that_of_the_half() -> None:
    # 2 ** 0.5 x 8 ** 0.5 = 4: a score of 4 / 800 of 100 points is exactly half a point.
    expression = "values.a ** (1 / 2) * values.b ** (1 / 2) / 800"
    stated = scheme(
        leaf("p", 100, {"name": "formula", "expression": expression}),
        rounding={"places": 0, "mode": "half_up", "at": ["criterion"]},
    )
    result = evaluate(stated, {"a": {"values": {"a": 2, "b": 8}}})
    assert figures(result)["a"] == 1


def test_large_powers_that_cancel_are_exact() -> None:
    stated = scheme(leaf("p", 100, {"name": "formula", "expression": "2 ** 500 / 2 ** 501 * price / price"}))
    (bid,) = evaluate(stated, {"a": {"price": 3}}).bids
    assert bid.figure == 50
    assert type(bid.figure) is Fraction


def test_exact_roots_are_exact() -> None:
    stated = scheme(leaf("p", 100, {"name": "formula", "expression": "(price / 27) ** (2 / 3)"}))
    (bid,) = evaluate(stated, {"a": {"price": 8}}).bids
    assert bid.figure == Fraction(400, 9)
    assert type(bid.figure) is Fraction


def test_standard_deviations_that_mirror_each_other_are_level() -> None:
    deviation = {"name": "standard_deviation", "k": "20%", "below_zero": "clamp", "field": "values.x"}
    stated = scheme(leaf("x", 50, deviation), leaf("y", 50, {**deviation, "field": "values.y"}))
    result = evaluate(
        stated,
        {
            "a": {"values": {"x": 1, "y": 5}},
            "b": {"values": {"x": 5, "y": 1}},
            "c": {"values": {"x": 2, "y": 2}},
        },
    )
    assert ranks(result)["a"] == ranks(result)["b"]


def test_a_power_that_is_level_with_a_whole_one_is_it() -> None:
    expression = "(0 - price) ** (2 ** 0.5 * 2 ** 0.5) / 100000"
    (bid,) = evaluate(scheme(leaf("p", 100, {"name": "formula", "expression": expression})), {"a": {"price": 100}}).bids
    assert bid.figure == 10


@pytest.mark.slow
def test_numbers_beyond_all_bounds_are_the_formulas_fault_and_no_plugins() -> None:
    for power in ("price ** 200.5", "price ** -200.5"):
        expression = f"if_({' * '.join([power] * 24)} > 0, 1, 0)"
        stated = scheme(leaf("p", 100, {"name": "formula", "expression": expression}))
        with pytest.raises(Refused) as e:
            evaluate(stated, {"a": {"price": 150}})
        assert [d.code for d in e.value.diagnostics] == ["TE054"]
