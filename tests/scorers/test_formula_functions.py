"""Roots, logarithms and sums in published formulas, and how their powers are read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from inline import evaluate, leaf, refusal, scheme, scores

from tender_eval.scorers.formula_tokens import LONGEST, MOST_PARTS
from tender_eval.scorers.grammar import parse


def scored(expression: str, **values: object) -> Fraction | None:
    stated = scheme(leaf("x", 100, {"name": "formula", "expression": expression, "below_zero": "allow"}))
    return scores(evaluate(stated, {"a": {"price": 1, "values": values}}), "x")["a"]


def test_roots_logarithms_and_sums() -> None:
    assert scored("sqrt(values.x) / 10", x=49) == Fraction(7, 10), "the root of a square is exact"
    assert scored("log(values.x) / log(values.y)", x=9, y=81) == Fraction(1, 2)
    assert scored("sum(values.x, values.y, 0.25)", x="0.5", y="0.125") == Fraction(7, 8)
    assert scored("max(values.x, sqrt(values.y), 0.1)", x="0.3", y="0.25") == Fraction(1, 2)


def test_a_power_binds_before_a_sign_and_from_the_right() -> None:
    """Where spreadsheets have 4 and 64."""
    assert scored("-2 ** 2") == -4
    assert scored("2 ** 3 ** 2 / 1024") == Fraction(1, 2)


def test_what_has_no_root_or_logarithm_is_told() -> None:
    for expression, x in (("sqrt(values.x)", -1), ("log(values.x)", 0)):
        stated = scheme(leaf("x", 100, {"name": "formula", "expression": expression, "below_zero": "allow"}))
        assert [d.code for d in refusal(evaluate, stated, {"a": {"price": 1, "values": {"x": x}}})] == ["TE054"]


def test_a_formula_may_be_long_and_not_laborious() -> None:
    names = [f"values.a_name_of_many_letters_that_says_what_it_is_{n}" for n in range(30)]
    text = f"sum({', '.join(names)}) / 1000"
    assert 500 < len(text) <= LONGEST
    assert parse(text)[1] == ()
    (fault,) = parse("+".join(["1"] * MOST_PARTS))[1]
    assert f"more than {MOST_PARTS}" in fault.message
    (fault,) = parse("sum(1)")[1]
    assert "at least two parts" in fault.message


@pytest.mark.parametrize("word", ["sqrt", "log", "sum"])
def test_a_function_without_brackets_is_told(word: str) -> None:
    (fault,) = parse(f"{word} + 1")[1]
    assert "lacks its brackets" in fault.message
